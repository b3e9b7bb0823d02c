// Elementary functions of arrays of doubles.

#ifndef LK_ELEMENTARY_FUNCTIONS_H
#define LK_ELEMENTARY_FUNCTIONS_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/// A function of one real variable.
///
/// The bounds are errors in units in the last place (ulp) of the exact value, of 2^-1074 where it is subnormal. Zeros, infinities, NaN, overflow and gradual underflow follow Annex F of the C standard; odd functions keep the sign
/// of zero. The bits of a result depend neither on the processor nor on the place in the array, but for the sign and
/// the payload of NaN.
typedef enum {
  /// e^x; 1 ulp.
  LK_EXP,
  /// The natural logarithm; -infinity at 0, NaN below; 1 ulp.
  LK_LOG,
  /// The square root, correctly rounded; NaN below 0.
  LK_SQRT,
  /// sin x for every finite x, NaN at the infinities; 1 ulp.
  LK_SIN,
  /// cos x for every finite x, NaN at the infinities; 1 ulp.
  LK_COS,
  /// tan x for every finite x, NaN at the infinities; 2 ulp.
  LK_TAN,
  /// tanh x; 2.5 ulp.
  LK_TANH,
  /// sinh x; 2 ulp.
  LK_SINH,
  /// cosh x; 2 ulp.
  LK_COSH,
  /// atan x; 1 ulp.
  LK_ATAN,
  /// The error function; 1.5 ulp.
  LK_ERF,
  /// log(1 + e^x); 2 ulp.
  LK_SOFTPLUS,
  /// 1 / (1 + e^-x); 1.5 ulp.
  LK_SIGMOID,
  /// log cosh x; 1.5 ulp.
  LK_LOGCOSH,
  /// 1 / cosh^2 x, the derivative of tanh; 4.5 ulp.
  LK_SECH2,
  /// sigmoid(x) sigmoid(-x), the derivative of the sigmoid; 1.5 ulp.
  LK_DSIGMOID,
  /// exp(-x^2); 1 ulp.
  LK_GAUSS,
  /// e^x - 1; 2 ulp.
  LK_EXPM1,
  /// log(1 + x); -infinity at -1, NaN below; 1.5 ulp.
  LK_LOG1P,
  /// log |Gamma(x)|; infinity at 0, -1, -2, ...; 1.5 ulp, next to the zeros on the negative axis 2^-95.
  LK_LGAMMA,
} lk_function;

/// y[i] = f(x[i]) for i < n. y may be x, but may not overlap it otherwise; no alignment is asked for.
void lk_apply(lk_function f, const double *x, double *y, size_t n);

/// y[i] = the polygamma function of this order at x[i], the derivative of log Gamma of order `order` + 1: digamma for
/// 0, trigamma for 1, up to 8. NaN at 0, -1, -2, ... and for other orders; 1 ulp, next to zeros an absolute error of about
/// 2^-95 times the terms that cancel there.
void lk_apply_polygamma(int order, const double *x, double *y, size_t n);

/// z[i] = x[i] to the power y[i], as C's pow: a negative x takes integer exponents, and gives NaN for others; 1 ulp.
void lk_apply_pow(const double *x, const double *y, double *z, size_t n);

/// The instructions in use: 0 baseline, 1 AVX2 with FMA; the best that the processor has, unless it was set.
int lk_backend(void);

/// Sets the instructions to use, for tests. Returns the backend in use afterwards: the one before, if the processor
/// lacks what was asked for.
int lk_set_backend(int backend);

#ifdef __cplusplus
}
#endif

#endif
