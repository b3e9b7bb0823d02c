// exp and what is made of it: expm1, gauss, sigmoid and its derivative.
//
// Method: x = k ln 2 + r with an integer k and |r| <= ln(2) / 2, then exp(x) = 2^k (1 + expm1(r)) with a minimax
// polynomial (Tests/References/minimax.py). k is rounded by adding a large constant, which also leaves it in the low
// bits, since AVX2 has neither a conversion to 64-bit integers nor an arithmetic shift of them. 2^k is applied as two
// factors, so that overflow and gradual underflow come by themselves; the argument is clamped to where these factors
// exist. The coefficients are shared by all functions of this file.

#ifndef LK_EXPONENTIAL_H
#define LK_EXPONENTIAL_H

#include "vector.h"

// 1.5 * 2^52: adding it to |x| < 2^51 rounds to an integer, which then stands in the low bits.
#define LK_ROUNDING 6755399441055744.0

// x = k ln 2 + r with r = leading + trailing: the leading part is exact and the trailing one small. The low 12 bits of
// `bits` hold k + `offset` of the call.
typedef struct {
  v4d r, leading, trailing;
  v4u bits;
} lk_exponential_parts;

// ln 2 in two parts; the first has 42 bits, so that k times it is exact and the first subtraction, too.
LK_INLINE lk_exponential_parts lk_exponential_split(v4d x, double offset) {
  v4d shifted = v_fma(x, v_set(1.4426950408889634), v_set(LK_ROUNDING + offset));
  v4d k = shifted - (LK_ROUNDING + offset), low = v_set(-5.497923018708371e-14);
  v4d leading = v_fma(k, v_set(-0.6931471805598903), x);
  return (lk_exponential_parts){v_fma(k, low, leading), leading, k * low, v_as_bits(shifted)};
}

// 2^k in two factors that are normal numbers, for k of either sign up to about 2000: `bits` come from the offset
// 2046, and k + 2046 is split into halves that are two biased exponents.
LK_INLINE v4d lk_scale(v4d x, v4u bits) {
  v4u half = bits >> 1;
  v4d first = v_from_bits(half << 52), second = v_from_bits((bits - half) << 52);
  return x * first * second;
}

// exp(r) on |r| <= ln(2) / 2; the error of the polynomial is below 2^-57.
LK_INLINE v4d lk_exponential_core(lk_exponential_parts parts) {
  static const double c[10] = {0.500000000000001,      0.16666666666666674,    0.041666666666519775,
                               0.008333333333322037,   0.0013888888948496267,  0.00019841269887110348,
                               2.4801486563471478e-05, 2.7557241750305074e-06, 2.7632942641482864e-07,
                               2.511027050068687e-08};
  v4d r = parts.r;
  return (parts.leading + v_fma(r * r, v_polynomial(r, c, 10), parts.trailing)) + 1.0;
}

// expm1(r) on |r| <= ln(2) / 2; the relative error of the polynomial is below 2^-61.
LK_INLINE v4d lk_expm1_core(lk_exponential_parts parts) {
  static const double c[11] = {0.5,
                               0.16666666666666677,
                               0.0416666666666667,
                               0.008333333333321436,
                               0.0013888888888866425,
                               0.0001984126988667306,
                               2.480158736136438e-05,
                               2.7557243609529057e-06,
                               2.75572420769458e-07,
                               2.5109261688182748e-08,
                               2.0924652048865273e-09};
  v4d r = parts.r;
  return parts.leading + v_fma(r * r, v_polynomial(r, c, 11), parts.trailing);
}

// x, clamped to where the two factors of lk_scale exist and exp has become 0 or infinity; NaN stays.
LK_INLINE v4d lk_exponential_clamp(v4d x) {
  x = v_select(x < -760.0, v_set(-760.0), x);
  return v_select(x > 720.0, v_set(720.0), x);
}

// 2^power_of_two exp(x).
LK_INLINE v4d lk_scaled_exponential(v4d x, double power_of_two) {
  lk_exponential_parts parts = lk_exponential_split(lk_exponential_clamp(x), 2046.0 + power_of_two);
  return lk_scale(lk_exponential_core(parts), parts.bits);
}

// exp(x + low), where |low| is at most a rounding error of x.
LK_INLINE v4d lk_corrected_exponential(v4d x, v4d low) {
  lk_exponential_parts parts = lk_exponential_split(lk_exponential_clamp(x), 2046.0);
  parts.trailing = parts.trailing + low;
  parts.r = parts.leading + parts.trailing;
  return lk_scale(lk_exponential_core(parts), parts.bits);
}

// exp(x), error below 1 ulp.
LK_INLINE v4d vf_exp(v4d x) { return lk_scaled_exponential(x, 0); }

// exp(x) - 1, error below 2 ulp: 2 (2^(k-1) expm1(r) + (2^(k-1) - 1/2)), where the half power does not overflow.
// Tiny x are their own result; this keeps the last bit of subnormal numbers and the sign of zero.
LK_INLINE v4d vf_expm1(v4d x) {
  v4d clamped = v_select(x < -40.0, v_set(-40.0), x);
  clamped = v_select(clamped > 710.0, v_set(710.0), clamped);
  lk_exponential_parts parts = lk_exponential_split(clamped, 1022.0);
  v4d half_power = v_from_bits(parts.bits << 52);
  v4d half_result = v_fma(half_power, lk_expm1_core(parts), half_power - 0.5);
  return v_select(v_abs(x) < 0x1p-54, x, half_result + half_result);
}

// exp(-x^2), error below 1 ulp; the rounding error of the square is carried along.
LK_INLINE v4d vf_gauss(v4d x) {
  v4d magnitude = v_abs(x);
  magnitude = v_select(magnitude > 40.0, v_set(40.0), magnitude);
  v4d square = magnitude * magnitude, low = v_fma(magnitude, magnitude, -square);
  return lk_corrected_exponential(-square, -low);
}

// A denominator with its rounding error and the rounded inverse.
typedef struct {
  v4d value, error, inverse;
} lk_divisor;

LK_INLINE lk_divisor lk_divisor_of(v4d value, v4d error) { return (lk_divisor){value, error, 1.0 / value}; }

// A quotient before its last rounding: value + rest times the inverse of the divisor.
typedef struct {
  v4d value, rest;
} lk_quotient;

// (numerator + error) / divisor, corrected for the rounding errors of all three.
LK_INLINE lk_quotient lk_divide(v4d numerator, v4d error, lk_divisor divisor) {
  v4d quotient = numerator * divisor.inverse;
  v4d rest = v_fma(-quotient, divisor.value, numerator) + v_fma(-quotient, divisor.error, error);
  return (lk_quotient){quotient, rest};
}

LK_INLINE v4d lk_rounded(lk_quotient quotient, lk_divisor divisor) {
  return v_fma(quotient.rest, divisor.inverse, quotient.value);
}

// 1 / (1 + exp(-x)) and its derivative sigmoid(x) sigmoid(-x), from q = exp(-|x|), which does not overflow: they are
// 1 / (1 + q) or q / (1 + q), and q / (1 + q)^2. The power of two in q is applied last, so that both keep all digits
// down to underflow.
LK_INLINE void vf_sigmoid_slope(v4d x, v4d *value, v4d *slope) {
  lk_exponential_parts parts = lk_exponential_split(lk_exponential_clamp(-v_abs(x)), 2046.0);
  v4d mantissa = lk_exponential_core(parts), q = lk_scale(mantissa, parts.bits), sum = q + 1.0;
  lk_divisor divisor = lk_divisor_of(sum, q - (sum - 1.0));
  lk_quotient of_one = lk_divide(v_set(1), v_set(0), divisor), of_q = lk_divide(mantissa, v_set(0), divisor);
  lk_quotient of_both = lk_divide(of_q.value, of_q.rest * divisor.inverse, divisor);
  v4d negative_side = lk_scale(lk_rounded(of_q, divisor), parts.bits);
  *value = v_select(x < 0.0, negative_side, lk_rounded(of_one, divisor));
  *slope = lk_scale(lk_rounded(of_both, divisor), parts.bits);
}

// 1 / (1 + exp(-x)), error below 1.5 ulp, with the bits of vf_sigmoid_slope.
LK_INLINE v4d vf_sigmoid(v4d x) {
  lk_exponential_parts parts = lk_exponential_split(lk_exponential_clamp(-v_abs(x)), 2046.0);
  v4d mantissa = lk_exponential_core(parts), q = lk_scale(mantissa, parts.bits), sum = q + 1.0;
  lk_divisor divisor = lk_divisor_of(sum, q - (sum - 1.0));
  v4i negative = x < 0.0;
  v4d result = lk_rounded(lk_divide(v_select(negative, mantissa, v_set(1)), v_set(0), divisor), divisor);
  return v_select(negative, lk_scale(result, parts.bits), result);
}

// sigmoid(x) sigmoid(-x), the derivative of the sigmoid, error below 1.5 ulp.
LK_INLINE v4d vf_dsigmoid(v4d x) {
  v4d value, slope;
  vf_sigmoid_slope(x, &value, &slope);
  return slope;
}

#endif
