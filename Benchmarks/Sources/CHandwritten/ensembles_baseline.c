// The hand-written ensembles for any processor, and the choice between the builds.

#include <math.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "handwritten.h"

#include "../../../Sources/CKernels/include/elementary_functions.h"

#define LK_BACKEND(name) name##_baseline
#include "ensembles.h"

#if defined(__x86_64__)
double handwritten_double_well_avx2(uint64_t trajectories, uint32_t steps);
double handwritten_heat_baths_avx2(uint64_t trajectories, uint32_t steps);
#endif

double handwritten_double_well(uint64_t trajectories, uint32_t steps) {
#if defined(__x86_64__)
  if (lk_backend() == 1) return handwritten_double_well_avx2(trajectories, steps);
#endif
  return handwritten_double_well_baseline(trajectories, steps);
}

double handwritten_heat_baths(uint64_t trajectories, uint32_t steps) {
#if defined(__x86_64__)
  if (lk_backend() == 1) return handwritten_heat_baths_avx2(trajectories, steps);
#endif
  return handwritten_heat_baths_baseline(trajectories, steps);
}
