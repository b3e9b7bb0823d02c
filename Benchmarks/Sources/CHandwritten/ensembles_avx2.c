// The hand-written ensembles for processors with AVX2 and FMA.

#if defined(__x86_64__)

// System headers stay outside: their inline functions keep the target of the command line.
#include <math.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "handwritten.h"

#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)

#define LK_BACKEND(name) name##_avx2
#include "ensembles.h"

#pragma clang attribute pop

#else

// A translation unit may not be empty.
typedef int lk_no_avx2_handwritten_ensembles;

#endif
