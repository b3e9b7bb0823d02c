// The interpreter of tapes, compiled once per backend: the including file defines LK_BACKEND(name).
//
// One instruction runs over all lanes before the next begins, so that the cost of choosing it is shared by the block.

#ifndef LK_TAPE_PARTS
#define LK_TAPE_PARTS

// What an instruction works on. A flat instruction is one long row of lanes.
#define LK_SETUP                                              \
  double *d = slots[in->destination];                         \
  const double *a = slots[in->a.slot];                        \
  size_t rows = in->rows, columns = in->columns, span = lanes; \
  if (in->flat) {                                             \
    span = rows * columns * lanes;                            \
    rows = columns = 1;                                       \
  }

#define LK_ELEMENTS                             \
  for (size_t i = 0; i < rows; i++)             \
    for (size_t j = 0; j < columns; j++, d += lanes)

#define LK_AT(name) (name + (i * in->name.row_step + j * in->name.column_step) * lanes)

#define LK_EACH_LANE _Pragma("clang loop unroll_count(4)") for (size_t l = 0; l < span; l += 4)

#define LK_UNARY(operation, result)      \
  case operation: {                      \
    LK_SETUP                             \
    LK_ELEMENTS {                        \
      const double *p = LK_AT(a);        \
      LK_EACH_LANE {                         \
        v4d x = v_load(p + l);           \
        v_store(d + l, result);          \
      }                                  \
    }                                    \
    break;                               \
  }

#define LK_BINARY(operation, result)                 \
  case operation: {                                  \
    LK_SETUP                                         \
    const double *b = slots[in->b.slot];             \
    LK_ELEMENTS {                                    \
      const double *p = LK_AT(a), *q = LK_AT(b);     \
      LK_EACH_LANE {                                     \
        v4d x = v_load(p + l), y = v_load(q + l);    \
        v_store(d + l, result);                      \
      }                                              \
    }                                                \
    break;                                           \
  }

#define LK_TERNARY(operation, result)                                      \
  case operation: {                                                        \
    LK_SETUP                                                               \
    const double *b = slots[in->b.slot], *c = slots[in->c.slot];           \
    LK_ELEMENTS {                                                          \
      const double *p = LK_AT(a), *q = LK_AT(b), *r = LK_AT(c);            \
      LK_EACH_LANE {                                                           \
        v4d x = v_load(p + l), y = v_load(q + l), z = v_load(r + l);       \
        v_store(d + l, result);                                            \
      }                                                                    \
    }                                                                      \
    break;                                                                 \
  }

#define LK_PAIR(operation, function)                \
  case operation: {                                 \
    LK_SETUP                                        \
    double *e = slots[in->second_destination];      \
    LK_ELEMENTS {                                   \
      const double *p = LK_AT(a);                   \
      LK_EACH_LANE {                                    \
        v4d value, slope;                           \
        function(v_load(p + l), &value, &slope);    \
        v_store(d + l, value);                      \
        v_store(e + l, slope);                      \
      }                                             \
      e += lanes;                                   \
    }                                               \
    break;                                          \
  }

#define LK_CASE_FUNCTION(number, function) LK_UNARY(number, function(x))

#endif

static void LK_BACKEND(apply_function)(const lk_instruction *in, double *const *slots, size_t lanes) {
  switch ((lk_function)in->inner) {
    LK_CASE_FUNCTION(LK_EXP, vf_exp)
    LK_CASE_FUNCTION(LK_LOG, vf_log)
    LK_CASE_FUNCTION(LK_SQRT, vf_sqrt)
    LK_CASE_FUNCTION(LK_SIN, vf_sin)
    LK_CASE_FUNCTION(LK_COS, vf_cos)
    LK_CASE_FUNCTION(LK_TAN, vf_tan)
    LK_CASE_FUNCTION(LK_TANH, vf_tanh)
    LK_CASE_FUNCTION(LK_SINH, vf_sinh)
    LK_CASE_FUNCTION(LK_COSH, vf_cosh)
    LK_CASE_FUNCTION(LK_ATAN, vf_atan)
    LK_CASE_FUNCTION(LK_ERF, vf_erf)
    LK_CASE_FUNCTION(LK_SOFTPLUS, vf_softplus)
    LK_CASE_FUNCTION(LK_SIGMOID, vf_sigmoid)
    LK_CASE_FUNCTION(LK_LOGCOSH, vf_logcosh)
    LK_CASE_FUNCTION(LK_SECH2, vf_sech2)
    LK_CASE_FUNCTION(LK_DSIGMOID, vf_dsigmoid)
    LK_CASE_FUNCTION(LK_GAUSS, vf_gauss)
    LK_CASE_FUNCTION(LK_EXPM1, vf_expm1)
    LK_CASE_FUNCTION(LK_LOG1P, vf_log1p)
    LK_CASE_FUNCTION(LK_LGAMMA, vf_lgamma)
  }
}

// d = tanh a, e = 1 / cosh(a)^2: what the steps of a network spend most of their time on. Piece by piece of a row, first
// the exponentials and then the quotients: one after the other they are a chain of operations so long that a processor has
// too few lanes in flight.
static void LK_BACKEND(tanh_sech2)(const lk_instruction *in, double *const *slots, size_t lanes) {
  enum { piece = 128 };
  lk_tanh_parts parts[piece / 4];
  LK_SETUP
  double *e = slots[in->second_destination];
  LK_ELEMENTS {
    const double *p = LK_AT(a);
    for (size_t first = 0; first < span; first += piece) {
      size_t end = span - first < piece ? span : first + piece;
      for (size_t l = first; l < end; l += 4) parts[(l - first) / 4] = lk_tanh_split(v_load(p + l));
      for (size_t l = first; l < end; l += 4) {
        v4d value, slope;
        lk_tanh_join(parts[(l - first) / 4], v_sign(v_load(p + l)), &value, &slope);
        v_store(d + l, value);
        v_store(e + l, slope);
      }
    }
    e += lanes;
  }
}

// d[i] = sum over k of a[i, k].
static void LK_BACKEND(sum)(const lk_instruction *in, double *const *slots, size_t lanes) {
  double *d = slots[in->destination];
  for (size_t i = 0; i < in->rows; i++, d += lanes) {
    const double *p = slots[in->a.slot] + i * in->a.row_step * lanes;
    const size_t step = in->a.column_step * lanes;
    size_t l = 0;
    for (; l + 16 <= lanes; l += 16) {
      const double *x = p + l;
      v4d s0 = v_load(x), s1 = v_load(x + 4), s2 = v_load(x + 8), s3 = v_load(x + 12);
      for (size_t k = 1; k < in->inner; k++) {
        x += step;
        s0 += v_load(x), s1 += v_load(x + 4), s2 += v_load(x + 8), s3 += v_load(x + 12);
      }
      v_store(d + l, s0), v_store(d + l + 4, s1), v_store(d + l + 8, s2), v_store(d + l + 12, s3);
    }
    for (; l < lanes; l += 4) {
      v4d total = v_load(p + l);
      for (size_t k = 1; k < in->inner; k++) total += v_load(p + k * step + l);
      v_store(d + l, total);
    }
  }
}

// d[i, j] = c[i, j] + a[i] b[j], the product of a column and a row.
static void LK_BACKEND(outer)(const lk_instruction *in, double *const *slots, size_t lanes, int adds) {
  double *d = slots[in->destination];
  for (size_t i = 0; i < in->rows; i++) {
    const double *p = slots[in->a.slot] + i * in->a.row_step * lanes;
    for (size_t j = 0; j < in->columns; j++, d += lanes) {
      const double *q = slots[in->b.slot] + j * in->b.column_step * lanes;
      if (adds) {
        const double *r = slots[in->c.slot] + (i * in->c.row_step + j * in->c.column_step) * lanes;
        for (size_t l = 0; l < lanes; l += 4) v_store(d + l, v_fma(v_load(p + l), v_load(q + l), v_load(r + l)));
      } else {
        for (size_t l = 0; l < lanes; l += 4) v_store(d + l, v_load(p + l) * v_load(q + l));
      }
    }
  }
}

// Four sums d = r + sum over k of p[k] q[k], in the order of k; without r where it does not add.
LK_INLINE void LK_BACKEND(four_sums)(double *const *d, const double *const *p, const double *const *q,
                                     const double *const *r, size_t a_step, size_t b_step, size_t inner, int adds) {
  const double *p0 = p[0], *p1 = p[1], *p2 = p[2], *p3 = p[3], *q0 = q[0], *q1 = q[1], *q2 = q[2], *q3 = q[3];
  v4d s0 = v_set(0), s1 = v_set(0), s2 = v_set(0), s3 = v_set(0);
  if (adds) s0 = v_load(r[0]), s1 = v_load(r[1]), s2 = v_load(r[2]), s3 = v_load(r[3]);
  for (size_t k = 0, x = 0, y = 0; k < inner; k++, x += a_step, y += b_step) {
    s0 = v_fma(v_load(p0 + x), v_load(q0 + y), s0);
    s1 = v_fma(v_load(p1 + x), v_load(q1 + y), s1);
    s2 = v_fma(v_load(p2 + x), v_load(q2 + y), s2);
    s3 = v_fma(v_load(p3 + x), v_load(q3 + y), s3);
  }
  v_store(d[0], s0), v_store(d[1], s1), v_store(d[2], s2), v_store(d[3], s3);
}

// The contraction of the lanes from `first` on, fewer than sixteen: four sums at a time are eight lanes of two elements of d,
// or four lanes of four. Where no more elements are left the last one is made again.
static void LK_BACKEND(contract_rest)(const lk_instruction *in, double *const *slots, size_t lanes, size_t first, int adds) {
  const size_t count = in->rows * in->columns, columns = in->columns;
  const size_t a_step = in->a.column_step * lanes, b_step = in->b.row_step * lanes;
  const double *r[4] = {0, 0, 0, 0};
  for (size_t l = first; l < lanes;) {
    const size_t wide = lanes - l >= 8, elements = wide ? 2 : 4;
    for (size_t element = 0; element < count; element += elements) {
      double *d[4];
      const double *p[4], *q[4];
      for (size_t t = 0; t < 4; t++) {
        const size_t own = element + (wide ? t / 2 : t), e = own < count ? own : count - 1;
        const size_t i = e / columns, j = e % columns, lane = wide ? l + 4 * (t % 2) : l;
        d[t] = slots[in->destination] + e * lanes + lane;
        p[t] = slots[in->a.slot] + i * in->a.row_step * lanes + lane;
        q[t] = slots[in->b.slot] + j * in->b.column_step * lanes + lane;
        if (adds) r[t] = slots[in->c.slot] + (i * in->c.row_step + j * in->c.column_step) * lanes + lane;
      }
      LK_BACKEND(four_sums)(d, p, q, r, a_step, b_step, in->inner, adds);
    }
    l += wide ? 8 : 4;
  }
}

// d[i, j] = c[i, j] + sum over k of a[i, k] b[k, j], always in the order of k, so that a lane has the same bits whatever the
// number of lanes. Four sums are in flight, so that none waits for the one before: those of sixteen lanes, or of fewer lanes
// and several elements.
static void LK_BACKEND(contract)(const lk_instruction *in, double *const *slots, size_t lanes, int adds) {
  if (in->inner == 1) {
    LK_BACKEND(outer)(in, slots, lanes, adds);
    return;
  }
  double *d = slots[in->destination];
  const size_t a_step = in->a.column_step * lanes, b_step = in->b.row_step * lanes, inner = in->inner;
  const size_t whole = lanes / 16 * 16;
  if (whole < lanes) LK_BACKEND(contract_rest)(in, slots, lanes, whole, adds);
  if (whole == 0) return;
  for (size_t i = 0; i < in->rows; i++) {
    for (size_t j = 0; j < in->columns; j++, d += lanes) {
      const double *p = slots[in->a.slot] + i * in->a.row_step * lanes;
      const double *q = slots[in->b.slot] + j * in->b.column_step * lanes;
      const double *r =
          adds ? slots[in->c.slot] + (i * in->c.row_step + j * in->c.column_step) * lanes : (const double *)0;
      for (size_t l = 0; l < whole; l += 16) {
        v4d s0 = v_set(0), s1 = v_set(0), s2 = v_set(0), s3 = v_set(0);
        if (adds) s0 = v_load(r + l), s1 = v_load(r + l + 4), s2 = v_load(r + l + 8), s3 = v_load(r + l + 12);
        for (size_t k = 0; k < inner; k++) {
          const double *x = p + k * a_step + l, *y = q + k * b_step + l;
          s0 = v_fma(v_load(x), v_load(y), s0);
          s1 = v_fma(v_load(x + 4), v_load(y + 4), s1);
          s2 = v_fma(v_load(x + 8), v_load(y + 8), s2);
          s3 = v_fma(v_load(x + 12), v_load(y + 12), s3);
        }
        v_store(d + l, s0), v_store(d + l + 4, s1), v_store(d + l + 8, s2), v_store(d + l + 12, s3);
      }
    }
  }
}

void LK_BACKEND(lk_tape_run)(const lk_instruction *program, size_t count, double *const *slots, size_t lanes) {
  for (const lk_instruction *in = program; in < program + count; in++) {
    const v4d k = v_set(in->k), m = v_set(in->m), zero = v_set(0), one = v_set(1);
    switch ((lk_operation)in->operation) {
      case LK_OP_FILL: {
        double *d = slots[in->destination];
        for (size_t l = 0; l < in->rows * in->columns * lanes; l += 4) v_store(d + l, k);
        break;
      }
      LK_UNARY(LK_OP_COPY, x)
      LK_BINARY(LK_OP_ADD, x + y)
      LK_BINARY(LK_OP_SUB, x - y)
      LK_BINARY(LK_OP_MUL, x *y)
      LK_BINARY(LK_OP_DIV, x / y)
      LK_UNARY(LK_OP_ADD_K, x + k)
      LK_UNARY(LK_OP_K_SUB, k - x)
      LK_UNARY(LK_OP_MUL_K, x *k)
      LK_UNARY(LK_OP_K_DIV, k / x)
      LK_TERNARY(LK_OP_MUL_MUL, x *y *z)
      LK_BINARY(LK_OP_MUL_MUL_K, x *y *k)
      LK_TERNARY(LK_OP_FMA, v_fma(x, y, z))
      LK_TERNARY(LK_OP_FMS, v_fma(x, y, -z))
      LK_TERNARY(LK_OP_FNMA, v_fma(-x, y, z))
      LK_BINARY(LK_OP_FMA_K, v_fma(x, k, y))
      LK_UNARY(LK_OP_FMA_KK, v_fma(x, k, m))
      LK_TERNARY(LK_OP_FMA_ADD_K, v_fma(x, y, z) + k)
      LK_TERNARY(LK_OP_MUL_FMA_KK, v_fma(x *y, k, z *m))
      LK_TERNARY(LK_OP_FMA_K_MUL_K, v_fma(x, k, y *z *m))
      LK_BINARY(LK_OP_SQUARES, v_fma(x, x, y *y *k))
      LK_BINARY(LK_OP_K_SQUARES, v_fma(x *x, k, y *y))
      LK_BINARY(LK_OP_ADD_K_MUL_K, (x + m) * y * k)
      case LK_OP_MUL_AND_K: {
        LK_SETUP
        const double *b = slots[in->b.slot];
        double *e = slots[in->second_destination];
        LK_ELEMENTS {
          const double *p = LK_AT(a), *q = LK_AT(b);
          LK_EACH_LANE {
            v4d product = v_load(p + l) * v_load(q + l);
            v_store(d + l, product);
            v_store(e + l, product * k);
          }
          e += lanes;
        }
        break;
      }
      LK_UNARY(LK_OP_NEG, -x)
      LK_UNARY(LK_OP_ABS, v_abs(x))
      LK_UNARY(LK_OP_SIGN, v_select(x > zero, one, v_select(x < zero, -one, v_select(x == zero, zero, x))))
      LK_UNARY(LK_OP_STEP, v_select(x > zero, one, v_select(x <= zero, zero, x)))
      LK_UNARY(LK_OP_RELU, v_select(x <= zero, zero, x))
      LK_BINARY(LK_OP_LE, v_select(x <= y, one, v_select(x > y, zero, x + y)))
      LK_BINARY(LK_OP_GE, v_select(x >= y, one, v_select(x < y, zero, x + y)))
      LK_TERNARY(LK_OP_SELECT, v_select(x == zero, z, v_select(v_is_nan(x), x, y)))
      LK_BINARY(LK_OP_POW, vf_pow(x, y))
      LK_UNARY(LK_OP_POLYGAMMA, vf_polygamma((int)in->inner, x))
      case LK_OP_TANH_SECH2: LK_BACKEND(tanh_sech2)(in, slots, lanes); break;
      LK_PAIR(LK_OP_SIN_COS, vf_sin_cos)
      LK_PAIR(LK_OP_SIGMOID_SLOPE, vf_sigmoid_slope)
      case LK_OP_FUNCTION: LK_BACKEND(apply_function)(in, slots, lanes); break;
      case LK_OP_SUM: LK_BACKEND(sum)(in, slots, lanes); break;
      case LK_OP_CONTRACT: LK_BACKEND(contract)(in, slots, lanes, 0); break;
      case LK_OP_CONTRACT_ADD: LK_BACKEND(contract)(in, slots, lanes, 1); break;
    }
  }
}
