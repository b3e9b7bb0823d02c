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

void lk_philox_indices(lk_philox_place place, uint32_t bound, size_t count, size_t lanes, int32_t *indices) {
  LK_DISPATCH(lk_philox_indices, place, bound, count, lanes, indices);
}

void lk_philox_sequence(lk_philox_place place, uint32_t *words) { LK_DISPATCH(lk_philox_sequence, place, words); }
