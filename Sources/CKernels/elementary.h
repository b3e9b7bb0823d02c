// First version of the vector functions: one lane after the other, by the C library. To be replaced.

#ifndef LK_ELEMENTARY_H
#define LK_ELEMENTARY_H

#include <math.h>

#include "vector.h"

static inline double lk_plain_softplus(double x) { return fmax(x, 0) + log1p(exp(-fabs(x))); }
static inline double lk_plain_sigmoid(double x) { return x >= 0 ? 1 / (1 + exp(-x)) : exp(x) / (1 + exp(x)); }
static inline double lk_plain_logcosh(double x) {
  double s = sinh(x);
  return fabs(x) < 1 ? 0.5 * log1p(s * s) : fabs(x) - 0.6931471805599453 + log1p(exp(-2 * fabs(x)));
}
static inline double lk_plain_dsigmoid(double x) {
  double q = exp(-fabs(x));
  return q / ((1 + q) * (1 + q));
}
static inline double lk_plain_sech2(double x) { return 4 * lk_plain_dsigmoid(2 * x); }
static inline double lk_plain_gauss(double x) {
  if (fabs(x) > 30) return 0;
  double h = x * x;
  return exp(-h) * (1 - fma(x, x, -h));
}
static inline double lk_plain_polygamma(int n, double x) {
  if (x <= 0 && x == floor(x)) return NAN;
  double result = 0, sign = n % 2 ? 1 : -1, reflection = 0, outer = 1;
  if (x < 0) {
    const double pi = 3.141592653589793;
    double c[12] = {0, 1}, cot = 1 / tan(pi * (x - rint(x)));
    for (int k = 0; k < n; k++) {
      double d[12] = {0};
      for (int i = 1; i < 11; i++) {
        d[i - 1] -= i * c[i];
        d[i + 1] -= i * c[i];
      }
      memcpy(c, d, sizeof c);
    }
    for (int i = 11; i >= 0; i--) reflection = reflection * cot + c[i];
    reflection *= pow(pi, n + 1);
    outer = n % 2 ? -1 : 1;
    x = 1 - x;
  }
  double factorial = tgamma(n + 1.0);
  for (; x < 20; x += 1) result += sign * factorial * pow(x, -(n + 1));
  static const double b[] = {1.0 / 6, -1.0 / 30, 1.0 / 42, -1.0 / 30, 5.0 / 66, -691.0 / 2730, 7.0 / 6, -3617.0 / 510};
  result += n == 0 ? log(x) - 0.5 / x : sign * (tgamma(n) * pow(x, -n) + factorial / 2 * pow(x, -(n + 1)));
  for (int k = 1; k <= 8; k++) {
    result += sign * b[k - 1] * tgamma(2 * k + n) / tgamma(2 * k + 1.0) * pow(x, -(2 * k + n));
  }
  return outer * result - reflection;
}

#define LK_LANES(name, function) \
  LK_INLINE v4d name(v4d x) { return (v4d){function(x[0]), function(x[1]), function(x[2]), function(x[3])}; }

LK_LANES(vf_exp, exp)
LK_LANES(vf_log, log)
LK_INLINE v4d vf_sqrt(v4d x) { return v_sqrt(x); }
LK_LANES(vf_sin, sin)
LK_LANES(vf_cos, cos)
LK_LANES(vf_tan, tan)
LK_LANES(vf_tanh, tanh)
LK_LANES(vf_sinh, sinh)
LK_LANES(vf_cosh, cosh)
LK_LANES(vf_atan, atan)
LK_LANES(vf_erf, erf)
LK_LANES(vf_softplus, lk_plain_softplus)
LK_LANES(vf_sigmoid, lk_plain_sigmoid)
LK_LANES(vf_logcosh, lk_plain_logcosh)
LK_LANES(vf_sech2, lk_plain_sech2)
LK_LANES(vf_dsigmoid, lk_plain_dsigmoid)
LK_LANES(vf_gauss, lk_plain_gauss)
LK_LANES(vf_expm1, expm1)
LK_LANES(vf_log1p, log1p)
LK_LANES(vf_lgamma, lgamma)
LK_INLINE v4d vf_pow(v4d x, v4d y) {
  return (v4d){pow(x[0], y[0]), pow(x[1], y[1]), pow(x[2], y[2]), pow(x[3], y[3])};
}
LK_INLINE v4d vf_polygamma(int n, v4d x) {
  return (v4d){lk_plain_polygamma(n, x[0]), lk_plain_polygamma(n, x[1]), lk_plain_polygamma(n, x[2]),
               lk_plain_polygamma(n, x[3])};
}

#endif
