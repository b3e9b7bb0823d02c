// The error function.

#ifndef LK_ERROR_FUNCTION_H
#define LK_ERROR_FUNCTION_H

#include "exponential.h"
#include "vector.h"

// erf(x), error below 1.5 ulp: x + x P(x^2) up to 1, and 1 - exp(-x^2) G((x - 3) / (x + 3)) beyond, with minimax
// polynomials (Tests/References/minimax.py). From 6 on the result is 1.
LK_INLINE v4d vf_erf(v4d x) {
  static const double p[12] = {0.12837916709551256,    -0.3761263890318334,    0.11283791670936531,
                               -0.026866170641866676,  0.005223977595804686,   -0.0008548325433618251,
                               0.00012055278796834534, -1.4924430471930938e-05, 1.644369196380773e-06,
                               -1.6180330261112275e-07, 1.3600365891895124e-08, -7.576619038344789e-10};
  static const double g[13] = {0.17900115118139,       -0.32623356004316256,   0.2456038017078116,
                               -0.15011593654563082,   0.07166583744089905,    -0.024392489965456055,
                               0.004269232746149111,   0.0007083056197871112,  -0.0005949998972036677,
                               5.021887023436952e-05,  7.162436274339723e-05,  -6.440748252250359e-06,
                               -6.5793462400551485e-06};
  v4d magnitude = v_abs(x);
  magnitude = v_select(magnitude > 6.0, v_set(6), magnitude);
  v4d z = magnitude * magnitude;
  v4d near_zero = v_fma(magnitude, v_polynomial(z, p, 12), magnitude);
  v4d t = (magnitude - 3.0) / (magnitude + 3.0);
  v4d far = v_fma(-vf_exp(-z), v_polynomial(t, g, 13), v_set(1));
  return v_with_sign(v_select(magnitude < 1.0, near_zero, far), v_sign(x));
}

#endif
