// Normal, uniform and integer numbers from words of 64 random bits.

#ifndef LK_NORMALS_H
#define LK_NORMALS_H

#include "logarithm.h"
#include "philox.h"
#include "vector.h"

// -2 log u for u = word 2^-64, or 2^-65 where the word is 0. The conversion to double is correctly rounded, hence
// small u, which make the tails, keep 53 digits; next to u = 1 the logarithm loses none.
LK_INLINE v4d lk_squared_radius(v4u word) {
  v4d scaled = __builtin_convertvector(word, v4d);
  lk_logarithm_parts parts = lk_logarithm_split(v_max(scaled, v_set(0.5)));
  return lk_logarithm_core(parts.k - 64.0, parts.m - 1.0) * -2.0;
}

// sin(x) for |x| <= pi/4, error of the formula 1 ulp; z = x x.
LK_INLINE v4d lk_small_sine(v4d x, v4d z) {
  static const double c[6] = {-0.16666666666666644,  0.008333333333324509,    -0.00019841269831151077,
                              2.7557314084799256e-06, -2.5050811709843302e-08, 1.5899564523333473e-10};
  return v_fma(z * x, v_polynomial(z, c, 6), x);
}

// cos(x) for |x| <= pi/4, error of the formula 1 ulp; z = x x.
LK_INLINE v4d lk_small_cosine(v4d z) {
  static const double c[6] = {0.04166666666666665,     -0.0013888888888881714, 2.480158729367641e-05,
                              -2.7557315446074916e-07, 2.0875859435811386e-09, -1.1366176020958622e-11};
  return v_fma(z * z, v_polynomial(z, c, 6), v_fma(z, v_set(-0.5), v_set(1)));
}

// Two independent normal numbers of two words.
//
// The upper 51 bits of the second word give an angle x within pi/4, an odd multiple of 2^-53 pi. Its bit 0 puts the
// cosine on the other side, its bit 1 exchanges sine and cosine: a quarter of the circle for each.
LK_INLINE void lk_normal_pair(v4u radius_word, v4u angle_word, v4d *first, v4d *second) {
  v4d radius = v_sqrt(lk_squared_radius(radius_word));
  v4d turn = v_from_bits((angle_word >> 12) | v_bits(0x3ff0000000000001)) - 1.5;
  v4d x = turn * 1.5707963267948966, z = x * x;
  v4d sine = radius * lk_small_sine(x, z);
  v4d cosine = v_from_bits(v_as_bits(radius * lk_small_cosine(z)) ^ (angle_word << 63));
  v4i exchange = (v4i)(angle_word << 62) < 0;
  *first = v_select(exchange, sine, cosine);
  *second = v_select(exchange, cosine, sine);
}

// (2 k + 1) 2^-53 with k the upper 52 bits; the difference is exact.
LK_INLINE v4d lk_open_uniform(v4u word) {
  return v_from_bits((word >> 12) | v_bits(0x3ff0000000000000)) - 0x1.fffffffffffffp-1;
}

// floor(word bound 2^-64) for bound < 2^32, and word bound modulo 2^64: none of the sums can overflow.
LK_INLINE v4u lk_word_below(v4u word, v4u bound, v4u *rest) {
  const v4u low = v_bits(0xffffffff);
  v4u lower = (word & low) * bound, upper = (word >> 32) * bound + (lower >> 32);
  *rest = (upper << 32) | (lower & low);
  return upper >> 32;
}

#endif
