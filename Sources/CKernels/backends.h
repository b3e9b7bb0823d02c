// The entry points of the two builds of the array loops (elementary_loops.h).

#ifndef LK_BACKENDS_H
#define LK_BACKENDS_H

#include "include/elementary_functions.h"
#include "include/tape.h"

void lk_apply_baseline(lk_function f, const double *x, double *y, size_t n);
void lk_apply_polygamma_baseline(int order, const double *x, double *y, size_t n);
void lk_apply_pow_baseline(const double *x, const double *y, double *z, size_t n);
void lk_tape_run_baseline(const lk_instruction *program, size_t count, double *const *slots, size_t lanes);

#if defined(__x86_64__)
void lk_apply_avx2(lk_function f, const double *x, double *y, size_t n);
void lk_apply_polygamma_avx2(int order, const double *x, double *y, size_t n);
void lk_apply_pow_avx2(const double *x, const double *y, double *z, size_t n);
void lk_tape_run_avx2(const lk_instruction *program, size_t count, double *const *slots, size_t lanes);
#endif

#endif
