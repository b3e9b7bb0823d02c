// The loops over arrays, compiled once per backend: the including file defines LK_BACKEND(name), the name of the
// function in its build. The last block of fewer than four values is padded with ones, where no function is special.

#define LK_UNARY_LOOP(function)                        \
  do {                                                 \
    size_t i = 0;                                      \
    for (; i + 4 <= n; i += 4) {                       \
      v_store(y + i, function(v_load(x + i)));         \
    }                                                  \
    if (i < n) {                                       \
      double block[4] = {1, 1, 1, 1};                  \
      memcpy(block, x + i, (n - i) * sizeof(double));  \
      v_store(block, function(v_load(block)));         \
      memcpy(y + i, block, (n - i) * sizeof(double));  \
    }                                                  \
  } while (0)

#define LK_UNARY_CASE(constant, function) \
  case constant:                          \
    LK_UNARY_LOOP(function);              \
    break;

void LK_BACKEND(lk_apply)(lk_function f, const double *x, double *y, size_t n) {
  switch (f) {
    LK_UNARY_CASE(LK_EXP, vf_exp)
    LK_UNARY_CASE(LK_LOG, vf_log)
    LK_UNARY_CASE(LK_SQRT, vf_sqrt)
    LK_UNARY_CASE(LK_SIN, vf_sin)
    LK_UNARY_CASE(LK_COS, vf_cos)
    LK_UNARY_CASE(LK_TAN, vf_tan)
    LK_UNARY_CASE(LK_TANH, vf_tanh)
    LK_UNARY_CASE(LK_SINH, vf_sinh)
    LK_UNARY_CASE(LK_COSH, vf_cosh)
    LK_UNARY_CASE(LK_ATAN, vf_atan)
    LK_UNARY_CASE(LK_ERF, vf_erf)
    LK_UNARY_CASE(LK_SOFTPLUS, vf_softplus)
    LK_UNARY_CASE(LK_SIGMOID, vf_sigmoid)
    LK_UNARY_CASE(LK_LOGCOSH, vf_logcosh)
    LK_UNARY_CASE(LK_SECH2, vf_sech2)
    LK_UNARY_CASE(LK_DSIGMOID, vf_dsigmoid)
    LK_UNARY_CASE(LK_GAUSS, vf_gauss)
    LK_UNARY_CASE(LK_EXPM1, vf_expm1)
    LK_UNARY_CASE(LK_LOG1P, vf_log1p)
    LK_UNARY_CASE(LK_LGAMMA, vf_lgamma)
  }
}

void LK_BACKEND(lk_apply_polygamma)(int order, const double *x, double *y, size_t n) {
#define LK_POLYGAMMA(v) vf_polygamma(order, v)
  LK_UNARY_LOOP(LK_POLYGAMMA);
#undef LK_POLYGAMMA
}

void LK_BACKEND(lk_apply_pow)(const double *x, const double *y, double *z, size_t n) {
  size_t i = 0;
  for (; i + 4 <= n; i += 4) {
    v_store(z + i, vf_pow(v_load(x + i), v_load(y + i)));
  }
  if (i < n) {
    double bases[4] = {1, 1, 1, 1}, exponents[4] = {1, 1, 1, 1};
    memcpy(bases, x + i, (n - i) * sizeof(double));
    memcpy(exponents, y + i, (n - i) * sizeof(double));
    v_store(bases, vf_pow(v_load(bases), v_load(exponents)));
    memcpy(z + i, bases, (n - i) * sizeof(double));
  }
}
