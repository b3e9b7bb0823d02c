// The elementary functions for any processor.

#include "backends.h"
#include "elementary.h"

#define LK_BACKEND(name) name##_baseline
#include "elementary_loops.h"
