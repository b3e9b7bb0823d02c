// The entry points of the two builds of the array loops (the files *_loops.h).

#ifndef LK_BACKENDS_H
#define LK_BACKENDS_H

#include "include/elementary_functions.h"
#include "include/random.h"
#include "include/tape.h"

void lk_apply_baseline(lk_function f, const double *x, double *y, size_t n);
void lk_apply_polygamma_baseline(int order, const double *x, double *y, size_t n);
void lk_apply_pow_baseline(const double *x, const double *y, double *z, size_t n);
void lk_tape_run_baseline(const lk_instruction *program, size_t count, double *const *slots, size_t lanes);
void lk_box_muller_baseline(const uint64_t *radius, const uint64_t *angle, double *first, double *second, size_t n);
void lk_philox_words_baseline(lk_philox_place place, size_t rows, size_t lanes, uint64_t *first, uint64_t *second);
void lk_philox_normals_baseline(lk_philox_place place, size_t rows, size_t lanes, double *first, double *second);
void lk_philox_uniforms_baseline(lk_philox_place place, size_t rows, size_t lanes, double *first, double *second);
void lk_philox_indices_baseline(lk_philox_place place, uint32_t bound, size_t count, size_t lanes, int32_t *indices);
void lk_philox_sequence_baseline(lk_philox_place place, uint32_t *words);

#if defined(__x86_64__)
void lk_apply_avx2(lk_function f, const double *x, double *y, size_t n);
void lk_apply_polygamma_avx2(int order, const double *x, double *y, size_t n);
void lk_apply_pow_avx2(const double *x, const double *y, double *z, size_t n);
void lk_tape_run_avx2(const lk_instruction *program, size_t count, double *const *slots, size_t lanes);
void lk_box_muller_avx2(const uint64_t *radius, const uint64_t *angle, double *first, double *second, size_t n);
void lk_philox_words_avx2(lk_philox_place place, size_t rows, size_t lanes, uint64_t *first, uint64_t *second);
void lk_philox_normals_avx2(lk_philox_place place, size_t rows, size_t lanes, double *first, double *second);
void lk_philox_uniforms_avx2(lk_philox_place place, size_t rows, size_t lanes, double *first, double *second);
void lk_philox_indices_avx2(lk_philox_place place, uint32_t bound, size_t count, size_t lanes, int32_t *indices);
void lk_philox_sequence_avx2(lk_philox_place place, uint32_t *words);
#endif

#endif
