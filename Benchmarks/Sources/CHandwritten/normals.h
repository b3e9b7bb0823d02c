// Philox and Box-Muller as one would write them by hand, in two passes; the including file defines LK_BACKEND(name).
//
// It shares no code with the kernels and does less: 52 bits of the radius word (so none beyond 8.49), 256 lanes at
// once, no others. This is the limit that the kernels are measured against.

#include "words.h"

void LK_BACKEND(handwritten_words)(uint64_t key, uint64_t trajectory, uint32_t pair, uint32_t stream,
                                   uint64_t *target) {
  words_by_hand(key, trajectory, pair, stream, target, 256);
}

// log(u) for u in (0, 1], as in fdlibm.
BY_HAND doubles log_by_hand(doubles u) {
  integers bits = (integers)u, shifted = bits - (integers)all(0x3fe6a09e667f3bcd);
  words exponent = (words)(shifted + (integers)all(0x4000000000000000)) >> 52;
  doubles k = as_doubles(exponent | all(0x4330000000000000)) - (0x1p52 + 1024.0);
  doubles f = (doubles)(bits - (integers)((words)shifted & all(0xfff0000000000000))) - 1.0;
  doubles s = f / (f + 2.0), z = s * s, w = z * z;
  doubles even = FMA(w, FMA(w, each(1.531383769920937332e-01), each(2.222219843214978396e-01)),
                     each(3.999999999940941908e-01));
  doubles odd = FMA(w, FMA(w, FMA(w, each(1.479819860511658591e-01), each(1.818357216161805012e-01)),
                           each(2.857142874366239149e-01)), each(6.666666666666735130e-01));
  doubles tail = w * even + z * odd, half = f * f * 0.5;
  return FMA(k, each(6.93147180369123816490e-01), f - (half - FMA(s, half + tail, k * 1.90821492927058770002e-10)));
}

BY_HAND doubles sine_by_hand(doubles x, doubles z) {
  doubles p = FMA(z, each(1.58969099521155010221e-10), each(-2.50507602534068634195e-08));
  p = FMA(z, FMA(z, p, each(2.75573137070700676789e-06)), each(-1.98412698298579493134e-04));
  p = FMA(z, FMA(z, p, each(8.33333333332248946124e-03)), each(-1.66666666666666324348e-01));
  return FMA(x * z, p, x);
}

BY_HAND doubles cosine_by_hand(doubles z) {
  doubles p = FMA(z, each(-1.13596475577881948265e-11), each(2.08757232129817482790e-09));
  p = FMA(z, FMA(z, p, each(-2.75573143513906633035e-07)), each(2.48015872894767294178e-05));
  p = FMA(z, FMA(z, p, each(-1.38888888888741095749e-03)), each(4.16666666666666019037e-02));
  return FMA(z * z, p, FMA(z, each(-0.5), each(1.0)));
}

void LK_BACKEND(handwritten_normals)(uint64_t key, uint64_t trajectory, uint32_t pair, uint32_t stream,
                                     uint64_t *buffer, double *even, double *odd) {
  LK_BACKEND(handwritten_words)(key, trajectory, pair, stream, buffer);
  for (size_t i = 0; i < 256; i += 4) {
    words a, b;
    memcpy(&a, buffer + 2 * i, sizeof a);
    memcpy(&b, buffer + 2 * i + 4, sizeof b);
    doubles u = 2.0 - as_doubles(a >> 12 | all(0x3ff0000000000000));
    doubles r = __builtin_elementwise_sqrt(log_by_hand(u) * -2.0);
    doubles x = (as_doubles(b >> 12 | all(0x3ff0000000000000)) - 1.5) * 1.57079632679489661923, z = x * x;
    doubles s = r * sine_by_hand(x, z), c = as_doubles((words)(r * cosine_by_hand(z)) ^ b << 63);
    integers exchange = (integers)(b << 62) < 0;
    doubles first = exchange ? s : c, second = exchange ? c : s;
    memcpy(even + i, &first, sizeof first);
    memcpy(odd + i, &second, sizeof second);
  }
}
