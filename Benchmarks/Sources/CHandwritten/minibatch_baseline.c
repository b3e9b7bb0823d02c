// Hand-written stochastic gradient descent for any processor, and the choice between the builds.

#include <math.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "handwritten.h"

#include "../../../Sources/CKernels/elementary.h"
#include "../../../Sources/CKernels/include/elementary_functions.h"

#define LK_BACKEND(name) name##_baseline
#include "minibatch.h"

void handwritten_sample(int i, double *x, double *y) {
  *x = (4 * i - 126) / 64.0;
  *y = sin(2 * *x) + cos(37.0 * i) / 8;
}

#if defined(__x86_64__)
double handwritten_regression_avx2(uint64_t trajectories, uint32_t steps);
double handwritten_minibatch_net_avx2(uint64_t trajectories, uint32_t steps);
#endif

double handwritten_regression(uint64_t trajectories, uint32_t steps) {
#if defined(__x86_64__)
  if (lk_backend() == 1) return handwritten_regression_avx2(trajectories, steps);
#endif
  return handwritten_regression_baseline(trajectories, steps);
}

double handwritten_minibatch_net(uint64_t trajectories, uint32_t steps) {
#if defined(__x86_64__)
  if (lk_backend() == 1) return handwritten_minibatch_net_avx2(trajectories, steps);
#endif
  return handwritten_minibatch_net_baseline(trajectories, steps);
}
