// Philox as one would write it by hand, eight trajectories at once.

#ifndef LK_HANDWRITTEN_WORDS_H
#define LK_HANDWRITTEN_WORDS_H

// Vectors of 32 bytes would be passed differently with and without AVX; inlined functions never pass them.
#pragma clang diagnostic ignored "-Wpsabi"

typedef uint64_t words __attribute__((ext_vector_type(4)));
typedef int64_t integers __attribute__((ext_vector_type(4)));
typedef double doubles __attribute__((ext_vector_type(4)));

#define BY_HAND static inline __attribute__((always_inline))
#define FMA(a, b, c) __builtin_elementwise_fma(a, b, c)

BY_HAND words all(uint64_t x) { return (words){x, x, x, x}; }
BY_HAND doubles each(double x) { return (doubles){x, x, x, x}; }
BY_HAND doubles as_doubles(words x) { return (doubles)x; }

// The bits of `count` counters, in groups of four trajectories: their first words, then their second.
BY_HAND void words_by_hand(uint64_t key, uint64_t trajectory, uint32_t pair, uint32_t stream, uint64_t *target,
                           size_t count) {
  const words low = all(0xffffffff), m0 = all(0xD2511F53), m1 = all(0xCD9E8D57);
  for (size_t i = 0; i < count; i += 8) {
    words a0 = all(trajectory + i) + (words){0, 1, 2, 3}, a1 = a0 >> 32, a2 = all(pair), a3 = all(stream);
    words b0 = a0 + 4, b1 = b0 >> 32, b2 = a2, b3 = a3;
    uint32_t k0 = (uint32_t)key, k1 = (uint32_t)(key >> 32);
#pragma clang loop unroll(full)
    for (int round = 0; round < 10; round++) {
      words p0 = (a0 & low) * m0, p1 = (a2 & low) * m1, q0 = (b0 & low) * m0, q1 = (b2 & low) * m1;
      a0 = (p1 >> 32) ^ a1 ^ all(k0);
      a2 = (p0 >> 32) ^ a3 ^ all(k1);
      a1 = p1;
      a3 = p0;
      b0 = (q1 >> 32) ^ b1 ^ all(k0);
      b2 = (q0 >> 32) ^ b3 ^ all(k1);
      b1 = q1;
      b3 = q0;
      k0 += 0x9E3779B9u;
      k1 += 0xBB67AE85u;
    }
    words block[4] = {a0 << 32 | (a1 & low), a2 << 32 | (a3 & low), b0 << 32 | (b1 & low), b2 << 32 | (b3 & low)};
    memcpy(target + 2 * i, block, sizeof block);
  }
}

#endif
