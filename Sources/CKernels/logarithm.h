// log and what is made of it: log1p, softplus.
//
// Method: x = 2^k m with m in [sqrt(1/2), sqrt(2)), f = m - 1, s = f / (2 + f), and log(m) = 2 artanh(s) =
// 2 s + s z L(z) with z = s^2 and a minimax polynomial L (Tests/References/minimax.py). It is put together as
// f - (f^2/2 - s (f^2/2 + z L)), as in Ng's logarithm of fdlibm, which loses less than 1 ulp.

#ifndef LK_LOGARITHM_H
#define LK_LOGARITHM_H

#include "exponential.h"
#include "vector.h"

// The smallest normal and the largest double.
#define LK_SMALLEST_NORMAL 0x1p-1022
#define LK_LARGEST 0x1.fffffffffffffp1023

// x = 2^k m for positive normal x: k as a double, m in [sqrt(1/2), sqrt(2)), and 2^-k (where that is normal).
typedef struct {
  v4d k, m, inverse_power;
} lk_logarithm_parts;

LK_INLINE lk_logarithm_parts lk_logarithm_split(v4d x) {
  // Seen as integers, x - sqrt(1/2) has k in its exponent field, in two's complement.
  v4u difference = v_as_bits(x) - v_bits(0x3fe6a09e667f3bcd);
  v4u shifted = (difference + v_bits(0x4000000000000000)) >> 52;  // k + 1024 > 0
  v4d k = v_from_bits(shifted | v_bits(0x4330000000000000)) - (0x1p52 + 1024.0);
  v4u power = difference & v_bits(0xfff0000000000000);
  v4d m = v_from_bits(v_as_bits(x) - power), inverse_power = v_from_bits(v_bits(0x3ff0000000000000) - power);
  return (lk_logarithm_parts){k, m, inverse_power};
}

// k ln 2 + log(1 + f) for an integer k and f in [sqrt(1/2) - 1, sqrt(2) - 1].
LK_INLINE v4d lk_logarithm_core(v4d k, v4d f) {
  static const double c[7] = {0.666666666666671,   0.3999999999954091,  0.28571428719110126, 0.22222200641286358,
                              0.18183468707431816, 0.15316267467894634, 0.14775579992166116};
  v4d s = f / (f + 2.0), z = s * s;
  v4d tail = z * v_polynomial(z, c, 7);
  v4d half_square = f * f * 0.5;
  v4d correction = v_fma(s, half_square + tail, k * 5.497923018708371e-14);
  return v_fma(k, v_set(0.6931471805598903), f - (half_square - correction));
}

// log(x), error below 1 ulp. Zeros give -infinity, negative numbers NaN.
LK_INLINE v4d vf_log(v4d x) {
  v4i usual = (x >= LK_SMALLEST_NORMAL) & (x <= LK_LARGEST);
  if (!v_any(~usual)) {
    lk_logarithm_parts parts = lk_logarithm_split(x);
    return lk_logarithm_core(parts.k, parts.m - 1.0);
  }
  v4i tiny = x < LK_SMALLEST_NORMAL;
  lk_logarithm_parts parts = lk_logarithm_split(v_select(tiny, x * 0x1p54, x));
  v4d result = lk_logarithm_core(v_select(tiny, parts.k - 54.0, parts.k), parts.m - 1.0);
  result = v_select(x > LK_LARGEST, x, result);
  result = v_select(x == 0.0, v_set(-__builtin_inf()), result);
  return v_select((x < 0.0) | v_is_nan(x), v_set(__builtin_nan("")), result);
}

// log(1 + x) for x > -1 that is finite, and for NaN. With 1 + x = 2^k m, f = m - 1 = 2^-k x + (2^-k - 1) is one
// multiply-add, so that no digit of a small x is lost.
LK_INLINE v4d lk_log1p_core(v4d x) {
  v4d sum = x + 1.0;
  lk_logarithm_parts parts = lk_logarithm_split(sum);
  v4d f = v_fma(x, parts.inverse_power, parts.inverse_power - 1.0);
  f = v_select(sum > 0x1p60, parts.m - 1.0, f);
  return lk_logarithm_core(parts.k, f);
}

// log(1 + x), error below 1.5 ulp.
LK_INLINE v4d vf_log1p(v4d x) {
  v4d result = v_with_sign(lk_log1p_core(x), v_sign(x));
  result = v_select(x > LK_LARGEST, x, result);
  result = v_select(x == -1.0, v_set(-__builtin_inf()), result);
  return v_select((x < -1.0) | v_is_nan(x), v_set(__builtin_nan("")), result);
}

// log(1 + exp(x)) = max(x, 0) + log1p(exp(-|x|)), error below 2 ulp.
LK_INLINE v4d vf_softplus(v4d x) {
  v4d positive_part = v_select(x < 0.0, v_set(0), x);
  return positive_part + lk_log1p_core(vf_exp(-v_abs(x)));
}

#endif
