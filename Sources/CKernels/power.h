// Real powers.

#ifndef LK_POWER_H
#define LK_POWER_H

#include "double_double.h"
#include "exponential.h"
#include "logarithm.h"
#include "power_special.h"
#include "series_tables.h"
#include "vector.h"

// artanh's argument s = f / (2 + f) for log(1 + f) = 2 artanh(s), in two doubles; f is exact.
LK_INLINE lk_pair lk_logarithm_ratio(v4d f) {
  lk_pair denominator = lk_ordered_sum(v_set(2), f);
  v4d quotient = f / denominator.high;
  v4d rest = v_fma(-quotient, denominator.low, v_fma(-quotient, denominator.high, f));
  return lk_ordered_sum(quotient, rest / denominator.high);
}

// k ln 2 + 2 t, in two doubles: ln 2 = 42 bits, 42 bits and a rest.
LK_INLINE lk_pair lk_logarithm_sum(v4d k, lk_pair t) {
  lk_pair low = lk_pair_add_double((lk_pair){t.high * 2.0, t.low * 2.0}, k * 5.49792301870721e-14);
  lk_pair sum = lk_pair_add_double(low, k * 0.6931471805598903);
  return lk_ordered_sum(sum.high, v_fma(k, v_set(1.1612227229362532e-26), sum.low));
}

// The parts of positive finite x, also of subnormal ones.
LK_INLINE lk_logarithm_parts lk_logarithm_split_all(v4d x) {
  v4i tiny = x < LK_SMALLEST_NORMAL;
  lk_logarithm_parts parts = lk_logarithm_split(v_select(tiny, x * 0x1p54, x));
  parts.k = v_select(tiny, parts.k - 54.0, parts.k);
  return parts;
}

// log(x) for positive finite x with a relative error below 2^-64: enough to be multiplied by 1000 and still be good
// to a fraction of an ulp of exp.
LK_INLINE lk_pair lk_logarithm_for_power(v4d x) {
  // artanh(s) / s = 1 + z / 3 + z^2 (1/2) L(z); twice these coefficients by Tests/References/minimax.py.
  static const double c[8] = {0.39999999999999997, 0.28571428571435054, 0.22222222219600213, 0.1818181865130733,
                              0.1538457003192184,  0.13335865061973554, 0.11683115103940224, 0.11926007002827202};
  lk_logarithm_parts parts = lk_logarithm_split_all(x);
  lk_pair s = lk_logarithm_ratio(parts.m - 1.0), z = lk_pair_multiply(s, s);
  v4d tail = z.high * (v_polynomial(z.high, c, 8) * 0.5);
  // 1/3 in two doubles.
  lk_pair series = lk_ordered_sum(v_set(0.3333333333333333), tail);
  series.low = series.low + 1.850371707708594e-17;
  series = lk_pair_multiply(series, z);
  return lk_logarithm_sum(parts.k, lk_pair_add(s, lk_pair_multiply(s, series)));
}

// x to the power y as C's pow, error below 1 ulp: exp(y log|x|) with the logarithm and the product in two doubles;
// signs, zeros, infinities and NaN by lk_power_special.
LK_INLINE v4d vf_pow(v4d x, v4d y) {
  v4i usual = (x > 0.0) & (x <= LK_LARGEST) & (v_abs(y) <= LK_LARGEST);
  lk_pair logarithm = lk_logarithm_for_power(v_abs(x));
  // Beyond 2^65 every power but that of 1 overflows or underflows; the product must not.
  v4d exponent = v_select(y > 0x1p65, v_set(0x1p65), v_select(y < -0x1p65, v_set(-0x1p65), y));
  lk_pair product = lk_pair_multiply_double(logarithm, exponent);
  v4d low = v_select(v_abs(product.high) < 800.0, product.low, v_set(0));
  v4d result = lk_corrected_exponential(product.high, low);
  if (v_any(~usual)) {
    for (int lane = 0; lane < 4; lane++) {
      if (!usual[lane]) result[lane] = lk_power_special(x[lane], y[lane], result[lane]);
    }
  }
  return result;
}

#endif
