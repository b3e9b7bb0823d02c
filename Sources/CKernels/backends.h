// The entry points of the two builds of the array loops (the files *_loops.h).

#ifndef LK_BACKENDS_H
#define LK_BACKENDS_H

#include "include/covariances.h"
#include "include/elementary_functions.h"
#include "include/random.h"
#include "include/steps.h"
#include "include/tape.h"

void lk_apply_baseline(lk_function f, const double *x, double *y, size_t n);
void lk_apply_polygamma_baseline(int order, const double *x, double *y, size_t n);
void lk_apply_pow_baseline(const double *x, const double *y, double *z, size_t n);
void lk_tape_run_baseline(const lk_instruction *program, size_t count, double *const *slots, size_t lanes);
int lk_step_advance_baseline(const double *theta, const double *gradient, const double *normals, const double *rates,
                             const double *scales, double *next, size_t dimension, size_t lanes);
void lk_step_log_ratio_baseline(const double *theta, const double *next, const double *gradient,
                                const double *next_gradient, const double *rates, const double *weights, double *ratio,
                                size_t dimension, size_t lanes);
void lk_rows_multiply_baseline(const double *matrix, const double *constants, size_t rows, size_t columns,
                               const double *input, double *output, size_t lanes);
void lk_add_scaled_baseline(double *y, const double *x, double k, size_t n);
void lk_inner_products_baseline(const double *a, const double *b, double factor, double *sums, size_t dimension,
                                size_t lanes);
void lk_gather_baseline(const double *table, size_t width, size_t count, const int32_t *index, double *output,
                        size_t stride, size_t lanes);
void lk_log_sum_exp_baseline(const double *exponents, size_t count, double *maximum, double *sum, size_t lanes);
int lk_any_not_finite_baseline(const double *values, size_t n);
void lk_add_weighted_baseline(double *sums, const double *values, const double *weights, size_t dimension,
                              size_t lanes);
void lk_add_outer_baseline(double *packed, const double *values, double factor, size_t dimension, size_t lanes);
void lk_congruence_baseline(const double *matrix, double *packed, double *scratch, size_t dimension, size_t lanes);
void lk_cholesky_baseline(double *packed, double *log_determinant, size_t dimension, size_t lanes);
void lk_forward_substitute_baseline(const double *packed, double *x, size_t dimension, size_t lanes);
void lk_box_muller_baseline(const uint64_t *radius, const uint64_t *angle, double *first, double *second, size_t n);
void lk_philox_words_baseline(lk_philox_place place, size_t rows, size_t lanes, uint64_t *first, uint64_t *second);
void lk_philox_normals_baseline(lk_philox_place place, size_t rows, size_t lanes, double *first, double *second);
void lk_philox_uniforms_baseline(lk_philox_place place, size_t rows, size_t lanes, double *first, double *second);
void lk_next_indices_baseline(uint64_t *words, uint32_t bound, size_t count, size_t lanes, int32_t *indices);
void lk_philox_sequence_baseline(lk_philox_place place, uint32_t *words);

#if defined(__x86_64__)
void lk_apply_avx2(lk_function f, const double *x, double *y, size_t n);
void lk_apply_polygamma_avx2(int order, const double *x, double *y, size_t n);
void lk_apply_pow_avx2(const double *x, const double *y, double *z, size_t n);
void lk_tape_run_avx2(const lk_instruction *program, size_t count, double *const *slots, size_t lanes);
int lk_step_advance_avx2(const double *theta, const double *gradient, const double *normals, const double *rates,
                         const double *scales, double *next, size_t dimension, size_t lanes);
void lk_step_log_ratio_avx2(const double *theta, const double *next, const double *gradient,
                            const double *next_gradient, const double *rates, const double *weights, double *ratio,
                            size_t dimension, size_t lanes);
void lk_rows_multiply_avx2(const double *matrix, const double *constants, size_t rows, size_t columns,
                           const double *input, double *output, size_t lanes);
void lk_add_scaled_avx2(double *y, const double *x, double k, size_t n);
void lk_inner_products_avx2(const double *a, const double *b, double factor, double *sums, size_t dimension,
                            size_t lanes);
void lk_gather_avx2(const double *table, size_t width, size_t count, const int32_t *index, double *output,
                    size_t stride, size_t lanes);
void lk_log_sum_exp_avx2(const double *exponents, size_t count, double *maximum, double *sum, size_t lanes);
int lk_any_not_finite_avx2(const double *values, size_t n);
void lk_add_weighted_avx2(double *sums, const double *values, const double *weights, size_t dimension, size_t lanes);
void lk_add_outer_avx2(double *packed, const double *values, double factor, size_t dimension, size_t lanes);
void lk_congruence_avx2(const double *matrix, double *packed, double *scratch, size_t dimension, size_t lanes);
void lk_cholesky_avx2(double *packed, double *log_determinant, size_t dimension, size_t lanes);
void lk_forward_substitute_avx2(const double *packed, double *x, size_t dimension, size_t lanes);
void lk_box_muller_avx2(const uint64_t *radius, const uint64_t *angle, double *first, double *second, size_t n);
void lk_philox_words_avx2(lk_philox_place place, size_t rows, size_t lanes, uint64_t *first, uint64_t *second);
void lk_philox_normals_avx2(lk_philox_place place, size_t rows, size_t lanes, double *first, double *second);
void lk_philox_uniforms_avx2(lk_philox_place place, size_t rows, size_t lanes, double *first, double *second);
void lk_next_indices_avx2(uint64_t *words, uint32_t bound, size_t count, size_t lanes, int32_t *indices);
void lk_philox_sequence_avx2(lk_philox_place place, uint32_t *words);
#endif

#endif
