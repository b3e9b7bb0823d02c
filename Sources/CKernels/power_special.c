// Special cases of real powers.

#include "power_special.h"

#include <math.h>
#include <stdbool.h>

// Whether y is an integer, and whether it is odd. From 2^53 on all doubles are even integers.
static bool is_integer(double y) { return fabs(y) >= 0x1p53 || y == (double)(long long)y; }
static bool is_odd(double y) { return fabs(y) < 0x1p53 && is_integer(y) && (long long)y % 2 != 0; }

double lk_power_special(double x, double y, double magnitude) {
  if (y == 0 || x == 1) return 1;
  if (isnan(x) || isnan(y)) return NAN;
  if (isinf(y)) {
    if (fabs(x) == 1) return 1;
    return (fabs(x) > 1) == (y > 0) ? INFINITY : 0;
  }
  if (x < 0 && !isinf(x) && !is_integer(y)) return NAN;
  if (x == 0) {
    magnitude = y > 0 ? 0 : INFINITY;
  } else if (isinf(x)) {
    magnitude = y > 0 ? INFINITY : 0;
  }
  return signbit(x) && is_odd(y) ? -magnitude : magnitude;
}
