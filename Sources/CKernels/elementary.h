// The elementary functions of a vector of four doubles: vf_exp, vf_log, ..., and pairs that share their work, as
// vf_sin_cos (private to this target).
//
// Each function names its error bound in units in the last place (ulp) of the exact result, subnormal results counted
// in units of 2^-1074. Zeros, infinities, NaN, overflow and gradual underflow follow Annex F of the C standard; odd
// functions keep the sign of zero. The bits do not depend on the processor (vector.h).

#ifndef LK_ELEMENTARY_H
#define LK_ELEMENTARY_H

#include "error_function.h"
#include "exponential.h"
#include "gamma.h"
#include "hyperbolic.h"
#include "logarithm.h"
#include "power.h"
#include "trigonometry.h"
#include "vector.h"

// The square root, correctly rounded.
LK_INLINE v4d vf_sqrt(v4d x) { return v_sqrt(x); }

#endif
