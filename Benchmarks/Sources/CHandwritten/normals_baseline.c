// The hand-written normal numbers for any processor, and the choice between the builds.

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "handwritten.h"

#include "../../../Sources/CKernels/include/elementary_functions.h"

#define LK_BACKEND(name) name##_baseline
#include "normals.h"

#if defined(__x86_64__)
void handwritten_words_avx2(uint64_t key, uint64_t trajectory, uint32_t pair, uint32_t stream, uint64_t *target);
void handwritten_normals_avx2(uint64_t key, uint64_t trajectory, uint32_t pair, uint32_t stream, uint64_t *buffer,
                              double *even, double *odd);
#endif

void handwritten_words(uint64_t key, uint64_t trajectory, uint32_t pair, uint32_t stream, uint64_t *target) {
#if defined(__x86_64__)
  if (lk_backend() == 1) {
    handwritten_words_avx2(key, trajectory, pair, stream, target);
    return;
  }
#endif
  handwritten_words_baseline(key, trajectory, pair, stream, target);
}

void handwritten_normals(uint64_t key, uint64_t trajectory, uint32_t pair, uint32_t stream, uint64_t *buffer,
                         double *even, double *odd) {
#if defined(__x86_64__)
  if (lk_backend() == 1) {
    handwritten_normals_avx2(key, trajectory, pair, stream, buffer, even, odd);
    return;
  }
#endif
  handwritten_normals_baseline(key, trajectory, pair, stream, buffer, even, odd);
}
