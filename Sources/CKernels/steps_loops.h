// The loops over the lanes of a step, compiled once per backend: the including file defines LK_BACKEND(name).

// Loops with a few instructions a vector are bound by the counting, unless it is shared.
#ifndef LK_FOUR_TIMES
#define LK_FOUR_TIMES _Pragma("clang loop unroll_count(4)")
#endif

// All bits set in the lanes where x is infinite or NaN.
LK_INLINE v4u LK_BACKEND(not_finite)(v4d x) {
  const v4u exponent = v_bits(0x7ff0000000000000);
  return (v4u)((v_as_bits(x) & exponent) == exponent);
}

LK_INLINE int LK_BACKEND(any)(v4u mask) { return ((mask[0] | mask[1]) | (mask[2] | mask[3])) != 0; }

int LK_BACKEND(lk_step_advance)(const double *theta, const double *gradient, const double *normals,
                                const double *rates, const double *scales, double *next, size_t dimension,
                                size_t lanes) {
  v4u bad = v_bits(0);
  for (size_t i = 0; i < dimension; i++) {
    const v4d rate = v_set(-rates[i]), scale = v_set(scales[i]);
    const size_t row = i * lanes;
    LK_FOUR_TIMES for (size_t l = row; l < row + lanes; l += 4) {
      v4d x = v_fma(rate, v_load(gradient + l), v_load(theta + l));
      if (normals) x = v_fma(scale, v_load(normals + l), x);
      v_store(next + l, x);
      bad |= LK_BACKEND(not_finite)(x);
    }
  }
  return LK_BACKEND(any)(bad);
}

void LK_BACKEND(lk_step_log_ratio)(const double *theta, const double *next, const double *gradient,
                                   const double *next_gradient, const double *rates, const double *weights,
                                   double *ratio, size_t dimension, size_t lanes) {
  for (size_t i = 0; i < dimension; i++) {
    const v4d half = v_set(-0.5 * rates[i]), weight = v_set(-weights[i]);
    const size_t row = i * lanes;
    LK_FOUR_TIMES for (size_t l = 0; l < lanes; l += 4) {
      const v4d g = v_load(gradient + row + l), h = v_load(next_gradient + row + l);
      const v4d displacement = v_load(next + row + l) - v_load(theta + row + l);
      const v4d middle = v_fma(half, h - g, displacement);
      v_store(ratio + l, v_fma(weight * (g + h), middle, v_load(ratio + l)));
    }
  }
}

void LK_BACKEND(lk_rows_multiply)(const double *matrix, const double *constants, size_t rows, size_t columns,
                                  const double *input, double *output, size_t lanes) {
  for (size_t i = 0; i < rows; i++) {
    const double *row = matrix + i * columns;
    for (size_t l = 0; l < lanes; l += 4) {
      v4d sum = v_set(constants ? constants[i] : 0);
      for (size_t j = 0; j < columns; j++) sum = v_fma(v_set(row[j]), v_load(input + j * lanes + l), sum);
      v_store(output + i * lanes + l, sum);
    }
  }
}

void LK_BACKEND(lk_add_scaled)(double *y, const double *x, double k, size_t n) {
  const v4d factor = v_set(k);
  LK_FOUR_TIMES for (size_t l = 0; l < n; l += 4) v_store(y + l, v_fma(factor, v_load(x + l), v_load(y + l)));
}

void LK_BACKEND(lk_inner_products)(const double *a, const double *b, double factor, double *sums, size_t dimension,
                                   size_t lanes) {
  const v4d scale = v_set(factor);
  for (size_t l = 0; l < lanes; l += 4) {
    v4d sum = v_set(0);
    for (size_t i = 0; i < dimension; i++) sum = v_fma(v_load(a + i * lanes + l), v_load(b + i * lanes + l), sum);
    v_store(sums + l, v_fma(scale, sum, v_load(sums + l)));
  }
}

// Entries of one column for four lanes.
LK_INLINE v4d LK_BACKEND(four_entries)(const double *column, const int32_t *index) {
  return (v4d){column[index[0]], column[index[1]], column[index[2]], column[index[3]]};
}

// Two columns at once, which share the reading of the indices.
void LK_BACKEND(lk_gather)(const double *table, size_t width, size_t stride, const int32_t *index, double *output,
                           size_t lanes) {
  size_t i = 0;
  for (; i + 2 <= width; i += 2, table += 2 * stride, output += 2 * lanes) {
    const double *next = table + stride;
    double *next_output = output + lanes;
    for (size_t l = 0; l < lanes; l += 4) {
      const v4d first = LK_BACKEND(four_entries)(table, index + l), second = LK_BACKEND(four_entries)(next, index + l);
      v_store(output + l, first);
      v_store(next_output + l, second);
    }
  }
  if (i < width) {
    for (size_t l = 0; l < lanes; l += 4) v_store(output + l, LK_BACKEND(four_entries)(table, index + l));
  }
}

void LK_BACKEND(lk_log_sum_exp)(const double *exponents, size_t count, double *maximum, double *sum,
                                size_t lanes) {
  for (size_t l = 0; l < lanes; l += 4) {
    const v4d before = v_load(maximum + l), lowest = v_set(-0x1.fffffffffffffp1023);
    v4d top = before;
    for (size_t i = 0; i < count; i++) top = v_max(top, v_load(exponents + i * lanes + l));
    // A difference of two infinities would be NaN: with no finite exponent so far everything is exp(-infinity) = 0.
    const v4d base = v_max(top, lowest);
    v4d total = v_load(sum + l) * vf_exp(before - base);
    for (size_t i = 0; i < count; i++) total += vf_exp(v_load(exponents + i * lanes + l) - base);
    v_store(maximum + l, top);
    v_store(sum + l, total);
  }
}

int LK_BACKEND(lk_any_not_finite)(const double *values, size_t n) {
  v4u bad = v_bits(0);
  for (size_t l = 0; l < n; l += 4) bad |= LK_BACKEND(not_finite)(v_load(values + l));
  return LK_BACKEND(any)(bad);
}
