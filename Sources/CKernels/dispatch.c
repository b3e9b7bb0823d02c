// Run-time choice between the builds of the kernels.

#include <stdatomic.h>

#include "backends.h"

enum { BACKEND_UNKNOWN = -1, BACKEND_BASELINE = 0, BACKEND_AVX2 = 1 };

static atomic_int current_backend = BACKEND_UNKNOWN;

static int best_backend(void) {
#if defined(__x86_64__)
  __builtin_cpu_init();
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return BACKEND_AVX2;
#endif
  return BACKEND_BASELINE;
}

int lk_backend(void) {
  int backend = atomic_load_explicit(&current_backend, memory_order_relaxed);
  if (backend == BACKEND_UNKNOWN) {
    backend = best_backend();
    atomic_store_explicit(&current_backend, backend, memory_order_relaxed);
  }
  return backend;
}

int lk_set_backend(int backend) {
  if (backend != BACKEND_BASELINE && (backend != BACKEND_AVX2 || best_backend() != BACKEND_AVX2)) return lk_backend();
  atomic_store_explicit(&current_backend, backend, memory_order_relaxed);
  return backend;
}

#if defined(__x86_64__)
#define LK_DISPATCH(name, ...) (lk_backend() == BACKEND_AVX2 ? name##_avx2(__VA_ARGS__) : name##_baseline(__VA_ARGS__))
#else
#define LK_DISPATCH(name, ...) name##_baseline(__VA_ARGS__)
#endif

void lk_apply(lk_function f, const double *x, double *y, size_t n) { LK_DISPATCH(lk_apply, f, x, y, n); }

void lk_apply_polygamma(int order, const double *x, double *y, size_t n) {
  LK_DISPATCH(lk_apply_polygamma, order, x, y, n);
}

void lk_apply_pow(const double *x, const double *y, double *z, size_t n) { LK_DISPATCH(lk_apply_pow, x, y, z, n); }

void lk_tape_run(const lk_instruction *program, size_t count, double *const *slots, size_t lanes) {
  LK_DISPATCH(lk_tape_run, program, count, slots, lanes);
}

int lk_step_advance(const double *theta, const double *gradient, const double *normals, const double *rates,
                    const double *scales, double *next, size_t dimension, size_t lanes) {
  return LK_DISPATCH(lk_step_advance, theta, gradient, normals, rates, scales, next, dimension, lanes);
}

void lk_step_log_ratio(const double *theta, const double *next, const double *gradient, const double *next_gradient,
                       const double *rates, const double *weights, double *ratio, size_t dimension, size_t lanes) {
  LK_DISPATCH(lk_step_log_ratio, theta, next, gradient, next_gradient, rates, weights, ratio, dimension, lanes);
}

void lk_rows_multiply(const double *matrix, const double *constants, size_t rows, size_t columns, const double *input,
                      double *output, size_t lanes) {
  LK_DISPATCH(lk_rows_multiply, matrix, constants, rows, columns, input, output, lanes);
}

void lk_add_scaled(double *y, const double *x, double k, size_t n) {
  LK_DISPATCH(lk_add_scaled, y, x, k, n);
}

void lk_inner_products(const double *a, const double *b, double factor, double *sums, size_t dimension, size_t lanes) {
  LK_DISPATCH(lk_inner_products, a, b, factor, sums, dimension, lanes);
}

void lk_gather(const double *table, size_t width, size_t count, const int32_t *index, double *output,
               size_t stride, size_t lanes) {
  LK_DISPATCH(lk_gather, table, width, count, index, output, stride, lanes);
}

void lk_log_sum_exp(const double *exponents, size_t count, double *maximum, double *sum, size_t lanes) {
  LK_DISPATCH(lk_log_sum_exp, exponents, count, maximum, sum, lanes);
}

int lk_any_not_finite(const double *values, size_t n) {
  return LK_DISPATCH(lk_any_not_finite, values, n);
}

void lk_box_muller(const uint64_t *radius, const uint64_t *angle, double *first, double *second, size_t n) {
  LK_DISPATCH(lk_box_muller, radius, angle, first, second, n);
}

void lk_philox_words(lk_philox_place place, size_t rows, size_t lanes, uint64_t *first, uint64_t *second) {
  LK_DISPATCH(lk_philox_words, place, rows, lanes, first, second);
}

void lk_philox_normals(lk_philox_place place, size_t rows, size_t lanes, double *first, double *second) {
  LK_DISPATCH(lk_philox_normals, place, rows, lanes, first, second);
}

void lk_philox_uniforms(lk_philox_place place, size_t rows, size_t lanes, double *first, double *second) {
  LK_DISPATCH(lk_philox_uniforms, place, rows, lanes, first, second);
}

uint32_t lk_indices_per_word(uint32_t bound) {
  if (bound > 1 && (bound & (bound - 1)) == 0) return 64 / (uint32_t)__builtin_ctz(bound);
  uint32_t count = 0;
  for (uint64_t power = bound; power <= 0x100000000 && count < 64; power *= bound) count++;
  return count;
}

void lk_next_indices(uint64_t *words, uint32_t bound, size_t count, size_t lanes, int32_t *indices) {
  LK_DISPATCH(lk_next_indices, words, bound, count, lanes, indices);
}

void lk_philox_sequence(lk_philox_place place, uint32_t *words) { LK_DISPATCH(lk_philox_sequence, place, words); }

void lk_add_weighted(double *sums, const double *values, const double *weights, size_t dimension, size_t lanes) {
  LK_DISPATCH(lk_add_weighted, sums, values, weights, dimension, lanes);
}

void lk_add_outer(double *packed, const double *values, double factor, size_t dimension, size_t lanes) {
  LK_DISPATCH(lk_add_outer, packed, values, factor, dimension, lanes);
}

void lk_congruence(const double *matrix, double *packed, double *scratch, size_t dimension, size_t lanes) {
  LK_DISPATCH(lk_congruence, matrix, packed, scratch, dimension, lanes);
}

void lk_cholesky(double *packed, double *log_determinant, size_t dimension, size_t lanes) {
  LK_DISPATCH(lk_cholesky, packed, log_determinant, dimension, lanes);
}

void lk_forward_substitute(const double *packed, double *x, size_t dimension, size_t lanes) {
  LK_DISPATCH(lk_forward_substitute, packed, x, dimension, lanes);
}
