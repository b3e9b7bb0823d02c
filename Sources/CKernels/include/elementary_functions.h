// Elementary functions of arrays of doubles.

#ifndef LK_ELEMENTARY_FUNCTIONS_H
#define LK_ELEMENTARY_FUNCTIONS_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/// A function of one real variable.
typedef enum {
  LK_EXP,
  LK_LOG,
  LK_SQRT,
  LK_SIN,
  LK_COS,
  LK_TAN,
  LK_TANH,
  LK_SINH,
  LK_COSH,
  LK_ATAN,
  LK_ERF,
  LK_SOFTPLUS,
  LK_SIGMOID,
  LK_LOGCOSH,
  LK_SECH2,
  LK_DSIGMOID,
  LK_GAUSS,
  LK_EXPM1,
  LK_LOG1P,
  LK_LGAMMA,
} lk_function;

/// y[i] = f(x[i]) for i < n; y may be x.
void lk_apply(lk_function f, const double *x, double *y, size_t n);

/// y[i] = polygamma of the order 0 ... 8 at x[i].
void lk_apply_polygamma(int order, const double *x, double *y, size_t n);

/// z[i] = x[i] to the power y[i].
void lk_apply_pow(const double *x, const double *y, double *z, size_t n);

/// The instructions in use: 0 baseline, 1 AVX2 with FMA.
int lk_backend(void);

/// Sets the instructions to use, for tests. Returns the backend in use afterwards: the old one if the processor
/// lacks what was asked for.
int lk_set_backend(int backend);

#ifdef __cplusplus
}
#endif

#endif
