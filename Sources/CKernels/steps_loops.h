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

typedef double LK_BACKEND(two_entries) __attribute__((ext_vector_type(2)));

// The entries of a pair of columns for one sample.
LK_INLINE LK_BACKEND(two_entries) LK_BACKEND(of_pair)(const double *pair, int32_t index) {
  LK_BACKEND(two_entries) entries;
  memcpy(&entries, pair + 2 * (size_t)index, sizeof entries);
  return entries;
}

// A pair of columns is read at once, since what takes time are the loads, and transposed.
void LK_BACKEND(lk_gather)(const double *table, size_t width, size_t count, const int32_t *index, double *output,
                           size_t stride, size_t lanes) {
  size_t i = 0;
  for (; i + 2 <= width; i += 2, table += 2 * count, output += 2 * stride * lanes) {
    for (size_t l = 0; l < lanes; l += 4) {
      const int32_t *at = index + l;
      const v4d even = __builtin_shufflevector(LK_BACKEND(of_pair)(table, at[0]), LK_BACKEND(of_pair)(table, at[2]),
                                               0, 1, 2, 3);
      const v4d odd = __builtin_shufflevector(LK_BACKEND(of_pair)(table, at[1]), LK_BACKEND(of_pair)(table, at[3]),
                                              0, 1, 2, 3);
      v_store(output + l, __builtin_shufflevector(even, odd, 0, 4, 2, 6));
      v_store(output + stride * lanes + l, __builtin_shufflevector(even, odd, 1, 5, 3, 7));
    }
  }
  if (i == width) return;
  for (size_t l = 0; l < lanes; l += 4) {
    const int32_t *at = index + l;
    v_store(output + l, (v4d){table[at[0]], table[at[1]], table[at[2]], table[at[3]]});
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
