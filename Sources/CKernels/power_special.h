// Special cases of real powers.

#ifndef LK_POWER_SPECIAL_H
#define LK_POWER_SPECIAL_H

// x to the power y where x is not positive, or x or y is not finite, by Annex F.10.4.4 of the C standard;
// `magnitude` is |x| to the power y, which is used where both are finite and x is not 0.
double lk_power_special(double x, double y, double magnitude);

#endif
