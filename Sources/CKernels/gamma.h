// log|Gamma| and the polygamma functions.
//
// Both are computed with two doubles throughout (double_double.h), so that zeros of the functions, differences of large
// terms and powers of shifted arguments cost no accuracy. Positive arguments are shifted up to y >= 16 by recurrence,
// where an asymptotic series is summed; negative ones are reflected first.

#ifndef LK_GAMMA_H
#define LK_GAMMA_H

#include "double_double.h"
#include "logarithm.h"
#include "power.h"
#include "series_tables.h"
#include "vector.h"

// MARK: Functions of two doubles

// log(x) for positive finite x, absolute error about 2^-100 times the larger of 1 and the result.
LK_INLINE lk_pair lk_pair_logarithm(lk_pair x) {
  lk_logarithm_parts parts = lk_logarithm_split_all(x.high);
  lk_pair s = lk_logarithm_ratio(parts.m - 1.0), z = lk_pair_multiply(s, s);
  lk_pair series = lk_pair_polynomial(z, lk_artanh_high, lk_artanh_low, 11, 22);
  lk_pair result = lk_logarithm_sum(parts.k, lk_pair_multiply(s, series));
  return lk_pair_add_double(result, x.low / x.high);
}

// sin(pi x) for |x| <= 1/2.
LK_INLINE lk_pair lk_pair_sine_of_pi(lk_pair x) {
  lk_pair t = lk_pair_multiply(x, lk_pair_set(3.141592653589793, 1.2246467991473532e-16));
  lk_pair z = lk_pair_multiply(t, t);
  return lk_pair_multiply(t, lk_pair_polynomial(z, lk_sine_high, lk_sine_low, 10, 18));
}

// x - n with the nearest integer n, in [-1/2, 1/2]; 0 where |x| is so large that all doubles are integers.
LK_INLINE v4d lk_distance_to_integer(v4d x) {
  v4d nearest = (x + LK_ROUNDING) - LK_ROUNDING;
  return v_select(v_abs(x) < 0x1p51, x - nearest, x - __builtin_elementwise_rint(x));
}

// The argument x or, if it is negative, 1 - x.
LK_INLINE lk_pair lk_reflected_argument(v4d x) { return lk_pair_select(x < 0.0, lk_sum(v_set(1), -x), lk_pair_of(x)); }

// MARK: log|Gamma|

// log Gamma(y) for y > 0 by Stirling's series, minus the logarithm of the product of the recurrence.
LK_INLINE lk_pair lk_positive_log_gamma(lk_pair y) {
  lk_pair product = lk_pair_set(1, 0);
  for (int step = 0; step < 16; step++) {
    v4i below = y.high < 16.0;
    if (!v_any(below)) break;
    product = lk_pair_select(below, lk_pair_multiply(product, y), product);
    y = lk_pair_select(below, lk_pair_add_double(y, v_set(1)), y);
  }
  lk_pair inverse = lk_pair_divide(lk_pair_set(1, 0), y), w = lk_pair_multiply(inverse, inverse);
  lk_pair series = lk_pair_polynomial(w, lk_stirling_high, lk_stirling_low, 7, 17);
  series = lk_pair_multiply(series, inverse);
  // (y - 1/2) log(y) - y, written so that it overflows only with the result, and log(2 pi) / 2.
  lk_pair logarithm = lk_pair_logarithm(y);
  lk_pair result = lk_pair_multiply(y, lk_pair_add_double(logarithm, v_set(-1)));
  result = lk_pair_subtract(result, (lk_pair){logarithm.high * 0.5, logarithm.low * 0.5});
  result = lk_pair_add(result, lk_pair_set(0.9189385332046728, -3.8782941580672414e-17));
  return lk_pair_subtract(lk_pair_add(result, series), lk_pair_logarithm(product));
}

// log|Gamma(x)|, error below 1.5 ulp, but for the doubles next to the zeros on the negative axis, where the absolute
// error is about 2^-95. The poles 0, -1, ... and both infinities give infinity.
LK_INLINE v4d vf_lgamma(v4d x) {
  v4i negative = x < 0.0;
  v4d distance = lk_distance_to_integer(x);
  lk_pair pair = lk_positive_log_gamma(lk_reflected_argument(x));
  if (v_any(negative)) {
    // log|Gamma(x)| = log(pi / |sin(pi x)|) - log Gamma(1 - x).
    lk_pair sine = lk_pair_sine_of_pi(lk_pair_of(v_abs(distance)));
    lk_pair reflected = lk_pair_add(lk_pair_logarithm(sine), pair);
    reflected = lk_pair_subtract(lk_pair_set(1.1447298858494002, 1.0265951162707826e-17), reflected);
    pair = lk_pair_select(negative, reflected, pair);
  }
  v4d result = pair.high + pair.low;

  // Series at the zeros 1 and 2, up to where the pairs are precise enough.
  v4d t = x - 1.0;
  v4d near_zero = v_fma(t, v_set(-0.40068563438653143), v_set(0.8224670334241132));
  near_zero = v_fma(t, v_fma(t, near_zero, v_set(-0.5772156649015329)), v_set(0));
  result = v_select(v_abs(t) < 0x1p-20, near_zero, result);
  t = x - 2.0;
  near_zero = v_fma(t, v_set(-0.0673523010531981), v_set(0.3224670334241132));
  near_zero = v_fma(t, v_fma(t, near_zero, v_set(0.42278433509846713)), v_set(0));
  result = v_select(v_abs(t) < 0x1p-20, near_zero, result);

  // Next to the pole 0, where pairs of subnormal numbers would be imprecise: log|Gamma(x)| = -log|x| - 0.57 x.
  v4i tiny = v_abs(x) < 0x1p-60;
  if (v_any(tiny)) result = v_select(tiny, -vf_log(v_abs(x)), result);

  v4i pole = (x <= 0.0) & (distance == 0.0);
  v4i infinite = pole | (x > 2.5563481638716904e305) | (x < -LK_LARGEST);
  return v_select(v_is_nan(x), x, v_select(infinite, v_set(__builtin_inf()), result));
}

// MARK: Polygamma

// (-1)^(n+1) / n! times the polygamma function of order n at y > 0, the sum of 1 / (y + k)^(n+1) over k >= 0 (for n = 0
// regularised): the first terms as they stand, the others by the Euler-Maclaurin formula.
LK_INLINE lk_pair lk_hurwitz_sum(int n, lk_pair y) {
  const lk_pair one = lk_pair_set(1, 0);
  lk_pair sum = lk_pair_set(0, 0);
  for (int step = 0; step < 16; step++) {
    v4i below = y.high < 16.0;
    if (!v_any(below)) break;
    lk_pair inverse = lk_pair_divide(one, y), term = inverse;
    for (int i = 0; i < n; i++) {
      term = lk_pair_multiply(term, inverse);
    }
    sum = lk_pair_select(below, lk_pair_add(sum, term), sum);
    y = lk_pair_select(below, lk_pair_add_double(y, v_set(1)), y);
  }
  lk_pair inverse = lk_pair_divide(one, y), w = lk_pair_multiply(inverse, inverse), power = one;
  for (int i = 0; i < n; i++) {
    power = lk_pair_multiply(power, inverse);
  }
  // y^-n / n (for n = 0: -log(y)), y^-(n+1) / 2 and y^-(n+2) times the series in 1 / y^2.
  lk_pair series = lk_pair_multiply(w, lk_pair_polynomial(w, lk_polygamma_high[n], lk_polygamma_low[n], 8, 20));
  series = lk_pair_add(series, (lk_pair){inverse.high * 0.5, inverse.low * 0.5});
  lk_pair integral;
  if (n == 0) {
    integral = lk_pair_negated(lk_pair_logarithm(y));
  } else {
    integral = lk_pair_divide(power, lk_pair_set(n, 0));
  }
  return lk_pair_add(sum, lk_pair_add(integral, lk_pair_multiply(power, series)));
}

// The n-th derivative of pi cot(pi x) times (-1)^n, x an integer plus `distance`.
LK_INLINE lk_pair lk_cotangent_derivative_at(int n, v4d distance) {
  lk_pair magnitude = lk_pair_of(v_abs(distance));
  lk_pair cosine = lk_pair_sine_of_pi(lk_sum(v_set(0.5), -magnitude.high));
  lk_pair cotangent = lk_pair_divide(cosine, lk_pair_sine_of_pi(magnitude));
  cotangent = lk_pair_select(distance < 0.0, lk_pair_negated(cotangent), cotangent);
  lk_pair square = lk_pair_multiply(cotangent, cotangent), sum = lk_pair_set(0, 0);
  int terms = n / 2 + 1 + n % 2;
  for (int i = terms - 1; i >= 0; i--) {
    sum = lk_pair_add_double(lk_pair_multiply(sum, square), v_set(lk_cotangent_derivative[n][i]));
  }
  if (n % 2 == 0) sum = lk_pair_multiply(sum, cotangent);
  for (int i = 0; i <= n; i++) {
    sum = lk_pair_multiply(sum, lk_pair_set(3.141592653589793, 1.2246467991473532e-16));
  }
  return sum;
}

// The polygamma function of order n = 0 ... 8 (digamma, trigamma, ...), error below 1 ulp, but for the doubles next to
// its zeros, where the absolute error is about 2^-95 times the terms that cancel. The poles 0, -1, ... give NaN, and so
// does an order out of range.
LK_INLINE v4d vf_polygamma(int n, v4d x) {
  if (n < 0 || n > 8) return v_set(__builtin_nan(""));
  static const double factorials[9] = {1, 1, 2, 6, 24, 120, 720, 5040, 40320};
  const double sign = n % 2 == 0 ? -1 : 1, factor = sign * factorials[n];
  v4i negative = x < 0.0;
  v4d distance = lk_distance_to_integer(x);
  lk_pair pair = lk_pair_multiply_double(lk_hurwitz_sum(n, lk_reflected_argument(x)), v_set(factor));
  if (v_any(negative)) {
    // psi_n(x) = (-1)^n (psi_n(1 - x) - pi^(n+1) Q_n(cot(pi x))).
    lk_pair reflected = lk_pair_subtract(pair, lk_cotangent_derivative_at(n, distance));
    if (n % 2 != 0) reflected = lk_pair_negated(reflected);
    pair = lk_pair_select(negative, reflected, pair);
  }
  v4d result = pair.high + pair.low;

  // Next to the pole 0, where pairs overflow or underflow, the first term is all that counts.
  v4d first_term = v_set(1) / x;
  for (int i = 0; i < n; i++) {
    first_term = first_term / x;
  }
  result = v_select(v_is_nan(result) | (v_abs(x) < 0x1p-900), first_term * factor, result);

  v4i pole = (x <= 0.0) & (distance == 0.0);
  result = v_select(x > LK_LARGEST, n == 0 ? x : v_set(sign * 0.0), result);
  return v_select(pole | (x < -LK_LARGEST) | v_is_nan(x), v_set(__builtin_nan("")), result);
}

#endif
