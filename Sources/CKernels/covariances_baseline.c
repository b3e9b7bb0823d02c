// The covariances of lanes for any processor.

#include "backends.h"
#include "elementary.h"

#define LK_BACKEND(name) name##_baseline
#include "covariances_loops.h"
