// The loops over covariances of lanes, compiled once per backend: the including file defines LK_BACKEND(name).

void LK_BACKEND(lk_add_weighted)(double *sums, const double *values, const double *weights, size_t dimension,
                                 size_t lanes) {
  for (size_t i = 0; i < dimension; i++) {
    const size_t row = i * lanes;
    for (size_t l = 0; l < lanes; l += 4) {
      v_store(sums + row + l, v_fma(v_load(weights + l), v_load(values + row + l), v_load(sums + row + l)));
    }
  }
}

void LK_BACKEND(lk_add_outer)(double *packed, const double *values, double factor, size_t dimension, size_t lanes) {
  const v4d scale = v_set(factor);
  for (size_t i = 0; i < dimension; i++) {
    for (size_t j = 0; j <= i; j++, packed += lanes) {
      const double *a = values + i * lanes, *b = values + j * lanes;
      for (size_t l = 0; l < lanes; l += 4) {
        v_store(packed + l, v_fma(scale * v_load(a + l), v_load(b + l), v_load(packed + l)));
      }
    }
  }
}

LK_INLINE size_t LK_BACKEND(packed_row)(size_t i, size_t j) {
  return i >= j ? i * (i + 1) / 2 + j : j * (j + 1) / 2 + i;
}

void LK_BACKEND(lk_congruence)(const double *matrix, double *packed, double *scratch, size_t dimension, size_t lanes) {
  const size_t d = dimension;
  // The whole product M S first, of which M S M^T takes all columns.
  for (size_t i = 0; i < d; i++) {
    for (size_t j = 0; j < d; j++) {
      for (size_t l = 0; l < lanes; l += 4) {
        v4d sum = v_set(0);
        for (size_t k = 0; k < d; k++) {
          sum = v_fma(v_set(matrix[i * d + k]), v_load(packed + LK_BACKEND(packed_row)(k, j) * lanes + l), sum);
        }
        v_store(scratch + (i * d + j) * lanes + l, sum);
      }
    }
  }
  for (size_t i = 0; i < d; i++) {
    for (size_t j = 0; j <= i; j++) {
      for (size_t l = 0; l < lanes; l += 4) {
        v4d sum = v_set(0);
        for (size_t k = 0; k < d; k++) {
          sum = v_fma(v_load(scratch + (i * d + k) * lanes + l), v_set(matrix[j * d + k]), sum);
        }
        v_store(packed + LK_BACKEND(packed_row)(i, j) * lanes + l, sum);
      }
    }
  }
}

void LK_BACKEND(lk_cholesky)(double *packed, double *log_determinant, size_t dimension, size_t lanes) {
  for (size_t l = 0; l < lanes; l += 4) {
    v4d total = v_set(0);
    for (size_t i = 0; i < dimension; i++) {
      double *row = packed + i * (i + 1) / 2 * lanes + l;
      for (size_t j = 0; j <= i; j++) {
        const double *other = packed + j * (j + 1) / 2 * lanes + l;
        v4d sum = v_load(row + j * lanes);
        for (size_t k = 0; k < j; k++) sum = v_fma(-v_load(row + k * lanes), v_load(other + k * lanes), sum);
        if (j < i) {
          v_store(row + j * lanes, sum / v_load(other + j * lanes));
        } else {
          // The logarithm and the root of a negative number are NaN; that of zero is infinite, and its root divides.
          total += vf_log(sum);
          v_store(row + j * lanes, v_sqrt(sum));
        }
      }
    }
    v_store(log_determinant + l, total);
  }
}

void LK_BACKEND(lk_forward_substitute)(const double *packed, double *x, size_t dimension, size_t lanes) {
  for (size_t l = 0; l < lanes; l += 4) {
    for (size_t i = 0; i < dimension; i++) {
      const double *row = packed + i * (i + 1) / 2 * lanes + l;
      v4d sum = v_load(x + i * lanes + l);
      for (size_t k = 0; k < i; k++) sum = v_fma(-v_load(row + k * lanes), v_load(x + k * lanes + l), sum);
      v_store(x + i * lanes + l, sum / v_load(row + i * lanes));
    }
  }
}
