// The hand-written losses for any processor, and the choice between the builds.

#include "handwritten.h"

#include "../../../Sources/CKernels/elementary.h"
#include "../../../Sources/CKernels/include/elementary_functions.h"

#define LK_BACKEND(name) name##_baseline
#include "losses.h"

#if defined(__x86_64__)
void handwritten_run_avx2(handwritten_loss loss, LK_ARGUMENTS);
#endif

void handwritten_run(handwritten_loss loss, const double *theta, const double *sample, double *value, double *gradient,
                     size_t lanes) {
#if defined(__x86_64__)
  if (lk_backend() == 1) {
    handwritten_run_avx2(loss, theta, sample, value, gradient, lanes);
    return;
  }
#endif
  handwritten_run_baseline(loss, theta, sample, value, gradient, lanes);
}
