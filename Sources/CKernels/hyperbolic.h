// tanh, sinh, cosh, log cosh.

#ifndef LK_HYPERBOLIC_H
#define LK_HYPERBOLIC_H

#include "exponential.h"
#include "logarithm.h"
#include "vector.h"

// With 2 |x| = k ln 2 + r, e = expm1(r) and p = 2^-k:
//   tanh|x| = n / (n + 2 p),   1 / cosh(x)^2 = 4 p (1 + e) / (1 + e + p)^2,   n = e + (1 - p),
// where nothing cancels: 1 - p is 0 or at least 1/2.

// tanh(x), error below 2.5 ulp. From 20 on the result is 1. The function that training steps call most: the rounding
// errors of the denominator and of the division are left as they are.
LK_INLINE v4d vf_tanh(v4d x) {
  v4d magnitude = v_abs(x);
  magnitude = v_select(magnitude > 20.0, v_set(20.0), magnitude);
  lk_exponential_parts parts = lk_exponential_split(magnitude + magnitude, 1023.0);
  v4d two_p = v_from_bits((v_bits(2047) - parts.bits) << 52);
  v4d n = lk_expm1_core(parts) + v_fma(two_p, v_set(-0.5), v_set(1));
  return v_with_sign(n / (n + two_p), v_sign(x));
}

// What tanh(x) and its derivative are made of: e, and the low 12 bits of `bits` hold k + 2046.
typedef struct {
  v4d e;
  v4u bits;
} lk_tanh_parts;

LK_INLINE lk_tanh_parts lk_tanh_split(v4d x) {
  v4d magnitude = v_abs(x);
  magnitude = v_select(magnitude > 380.0, v_set(380.0), magnitude);
  lk_exponential_parts parts = lk_exponential_split(magnitude + magnitude, 2046.0);
  return (lk_tanh_parts){lk_expm1_core(parts), parts.bits};
}

// tanh(x), with the bits of vf_tanh, and its derivative 1 / cosh(x)^2, error below 4.5 ulp, from the parts of x and its
// sign. The power of two in the derivative is applied last, in two factors, so that it keeps all digits down to underflow.
//
// The bound, with u = 2^-53 and relative errors: m = 1 + e is in [0.70, 1.42]; rounding it costs u, the error of e at
// most 0.6 u, and both count |1 - 2 m / (m + p)| <= 1 times, since m is in both parts of the quotient. The rounding of
// m + p counts twice, that of the square once, that of the quotient is half an ulp. The sum, over all p and e, is
// largest for m and m + p just above 1, where u is an ulp of the result: 1 + 2 + 1 + 1/2.
LK_INLINE void lk_tanh_join(lk_tanh_parts parts, v4u sign, v4d *value, v4d *slope) {
  v4u bits = v_bits(2 * 2046 + 2) - parts.bits, half = bits >> 1;
  v4d first = v_from_bits(half << 52), second = v_from_bits((bits - half) << 52), four_p = first * second;
  v4d e = parts.e, n = e + v_fma(four_p, v_set(-0.25), v_set(1));
  *value = v_with_sign(n / v_fma(four_p, v_set(0.5), n), sign);
  v4d m = e + 1.0, sum = v_fma(four_p, v_set(0.25), m);
  *slope = m / (sum * sum) * first * second;
}

// tanh(x) and 1 / cosh(x)^2.
LK_INLINE void vf_tanh_sech2(v4d x, v4d *value, v4d *slope) {
  lk_tanh_join(lk_tanh_split(x), v_sign(x), value, slope);
}

// 1 / cosh(x)^2, error below 4.5 ulp, with the bits of vf_tanh_sech2.
LK_INLINE v4d vf_sech2(v4d x) {
  v4d value, slope;
  vf_tanh_sech2(x, &value, &slope);
  return slope;
}

// sinh(x), error below 2 ulp: a polynomial up to 1, (exp(x) - exp(-x)) / 2 beyond, where little cancels.
LK_INLINE v4d vf_sinh(v4d x) {
  static const double c[7] = {0.16666666666666669,   0.008333333333332867,   0.00019841269841638432,
                              2.755731909038091e-06, 2.505213377455705e-08,  1.605643649236314e-10,
                              7.783436419732053e-13};
  v4d magnitude = v_abs(x), z = x * x;
  v4d near_zero = v_fma(magnitude * z, v_polynomial(z, c, 7), magnitude);
  v4d half_exponential = lk_scaled_exponential(magnitude, -1);
  v4d far = half_exponential - v_set(0.25) / half_exponential;
  return v_with_sign(v_select(magnitude < 1.0, near_zero, far), v_sign(x));
}

// cosh(x) = (exp(|x|) + exp(-|x|)) / 2, error below 2 ulp.
LK_INLINE v4d vf_cosh(v4d x) {
  v4d half_exponential = lk_scaled_exponential(v_abs(x), -1);
  return half_exponential + v_set(0.25) / half_exponential;
}

// log(cosh(x)), error below 1.5 ulp: x^2/2 + x^4 L(x^2) up to 3/4, |x| - log 2 + log1p(exp(-2 |x|)) beyond.
LK_INLINE v4d vf_logcosh(v4d x) {
  static const double c[12] = {-0.08333333333333315,   0.022222222222189763,   -0.006746031744414732,
                               0.002186948815750351,   -0.0007386024553394523, 0.0002565763309116912,
                               -9.096599328036141e-05, 3.268907187788052e-05,  -1.1718153171107105e-05,
                               3.970781702192917e-06,  -1.0992889280734584e-06, 1.7463868551117502e-07};
  v4d magnitude = v_abs(x), z = x * x, z_low = v_fma(x, x, -z);
  v4d near_zero = v_fma(z, v_set(0.5), v_fma(z * z, v_polynomial(z, c, 12), z_low * 0.5));
  v4d exponential = vf_exp(magnitude * -2.0);
  v4d far = (magnitude - 0.6931471805598903) + (lk_log1p_core(exponential) - 5.497923018708371e-14);
  return v_select(magnitude < 0.75, near_zero, far);
}

#endif
