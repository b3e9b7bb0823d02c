// Hand-written stochastic gradient descent for processors with AVX2 and FMA.

#if defined(__x86_64__)

// System headers stay outside: their inline functions keep the target of the command line.
#include <math.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "handwritten.h"

#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)

#include "../../../Sources/CKernels/elementary.h"

#define LK_BACKEND(name) name##_avx2
#include "minibatch.h"

#pragma clang attribute pop

#else

// A translation unit may not be empty.
typedef int lk_no_avx2_minibatch;

#endif
