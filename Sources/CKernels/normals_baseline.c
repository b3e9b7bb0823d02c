// Random numbers for any processor.

#include "backends.h"
#include "normals.h"

#define LK_BACKEND(name) name##_baseline
#include "normals_loops.h"
