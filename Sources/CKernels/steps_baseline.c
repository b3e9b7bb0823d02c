// The arithmetic of steps for any processor.

#include "backends.h"
#include "elementary.h"

#define LK_BACKEND(name) name##_baseline
#include "steps_loops.h"
