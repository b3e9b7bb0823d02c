// Umbrella of the C kernels.

#ifndef LK_CKERNELS_H
#define LK_CKERNELS_H

#include "covariances.h"
#include "elementary_functions.h"
#include "random.h"
#include "steps.h"
#include "tape.h"

#endif
