// The interpreter of tapes for any processor.

#include "backends.h"
#include "elementary.h"

#define LK_BACKEND(name) name##_baseline
#include "tape_loops.h"
