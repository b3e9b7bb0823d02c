// Reduction of huge angles.

#ifndef LK_TRIGONOMETRIC_REDUCTION_H
#define LK_TRIGONOMETRIC_REDUCTION_H

#include <stdint.h>

// x = n pi/2 + high + low with |high| <= pi/4 (up to rounding), for finite |x| >= 2^28; returns n modulo 4. NaN and
// infinities give NaN.
uint64_t lk_reduce_huge_angle(double x, double *high, double *low);

#endif
