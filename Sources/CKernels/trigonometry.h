// sin, cos, tan, atan.
//
// Method: x = n pi/2 + r with |r| <= pi/4 and r in two doubles, then polynomials for sin(r) and cos(r)
// (Tests/References/minimax.py). Up to 2^28 the multiple of pi/2 is subtracted in three parts (Cody and Waite); beyond,
// the reduction is done lane by lane with as many bits of 2/pi as it takes (Payne and Hanek).

#ifndef LK_TRIGONOMETRY_H
#define LK_TRIGONOMETRY_H

#include "exponential.h"
#include "trigonometric_reduction.h"
#include "vector.h"

// x = n pi/2 + high + low; n modulo 4 in the low two bits of `quadrant`.
typedef struct {
  v4d high, low;
  v4u quadrant;
} lk_reduced_angle;

LK_INLINE lk_reduced_angle lk_reduce_angle(v4d x) {
  // pi/2 in three parts of 53 bits.
  const double first = 1.5707963267948966, second = 6.123233995736766e-17, third = -1.4973849048591698e-33;
  v4d shifted = v_fma(x, v_set(0.6366197723675814), v_set(LK_ROUNDING));
  v4d n = shifted - LK_ROUNDING;
  // Exact: both terms are multiples of 2^-53 or of the last bit of x, and the difference is below 1.
  v4d rest = v_fma(-n, v_set(first), x);
  // rest - n second in two doubles: the product and the sum with their errors.
  v4d product = n * second, product_error = v_fma(n, v_set(second), -product);
  v4d high = rest - product;
  v4d virtual_product = rest - high;
  v4d sum_error = (rest - (high + virtual_product)) + (virtual_product - product);
  v4d low = v_fma(-n, v_set(third), sum_error - product_error);
  v4u quadrant = v_as_bits(shifted);

  v4i huge = ~(v_abs(x) <= 0x1p28);
  if (v_any(huge)) {
    for (int lane = 0; lane < 4; lane++) {
      if (huge[lane]) {
        double lane_high, lane_low;
        quadrant[lane] = lk_reduce_huge_angle(x[lane], &lane_high, &lane_low);
        high[lane] = lane_high;
        low[lane] = lane_low;
      }
    }
  }
  return (lk_reduced_angle){high, low, quadrant};
}

// sin(high + low) for |high| <= pi/4.
LK_INLINE v4d lk_sine_core(v4d high, v4d low) {
  static const double c[6] = {-0.16666666666666644,  0.008333333333324509,    -0.00019841269831151077,
                              2.7557314084799256e-06, -2.5050811709843302e-08, 1.5899564523333473e-10};
  v4d z = high * high;
  v4d correction = v_fma(z * high, v_polynomial(z, c, 6), v_fma(z * -0.5, low, low));
  return high + correction;
}

// cos(high + low) for |high| <= pi/4: the rounding error of 1 - z/2 is put back.
LK_INLINE v4d lk_cosine_core(v4d high, v4d low) {
  static const double c[6] = {0.04166666666666665,     -0.0013888888888881714, 2.480158729367641e-05,
                              -2.7557315446074916e-07, 2.0875859435811386e-09, -1.1366176020958622e-11};
  v4d z = high * high, half = z * 0.5, leading = 1.0 - half;
  v4d correction = v_fma(z * z, v_polynomial(z, c, 6), -(high * low));
  return leading + (((1.0 - leading) - half) + correction);
}

// The sine or, with `quarter_turns` 1, the cosine: from sine and cosine of the reduced angle, by its quadrant.
LK_INLINE v4d lk_quadrant_select(v4u quadrant, uint64_t quarter_turns, v4d sine, v4d cosine) {
  quadrant += v_bits(quarter_turns);
  v4i odd = (v4i)(quadrant << 63) < 0;
  v4u sign = (quadrant << 62) & v_bits(0x8000000000000000);
  return v_from_bits(v_as_bits(v_select(odd, cosine, sine)) ^ sign);
}

// sin(x) and cos(x), errors below 1 ulp for every finite x. Small x are their own sine; this keeps the sign of zero.
LK_INLINE void vf_sin_cos(v4d x, v4d *sine, v4d *cosine) {
  lk_reduced_angle angle = lk_reduce_angle(x);
  v4d s = lk_sine_core(angle.high, angle.low), c = lk_cosine_core(angle.high, angle.low);
  *sine = v_select(v_abs(x) < 0x1p-27, x, lk_quadrant_select(angle.quadrant, 0, s, c));
  *cosine = lk_quadrant_select(angle.quadrant, 1, s, c);
}

// sin(x), error below 1 ulp for every finite x.
LK_INLINE v4d vf_sin(v4d x) {
  v4d sine, cosine;
  vf_sin_cos(x, &sine, &cosine);
  return sine;
}

// cos(x), error below 1 ulp for every finite x.
LK_INLINE v4d vf_cos(v4d x) {
  v4d sine, cosine;
  vf_sin_cos(x, &sine, &cosine);
  return cosine;
}

// tan(x), error below 2 ulp for every finite x.
LK_INLINE v4d vf_tan(v4d x) {
  lk_reduced_angle angle = lk_reduce_angle(x);
  v4i odd = (v4i)(angle.quadrant << 63) < 0;
  v4d sine = lk_sine_core(angle.high, angle.low), cosine = lk_cosine_core(angle.high, angle.low);
  v4d result = v_select(odd, -cosine, sine) / v_select(odd, sine, cosine);
  return v_select(v_abs(x) < 0x1p-27, x, result);
}

// atan(x), error below 1 ulp. The argument is brought to |t| <= 7/16 by atan(x) = atan(b) + atan((x - b) / (1 + b x))
// with b = 0, 1/2, 1, 3/2 or infinity, as in fdlibm; atan(b) is added in two parts.
LK_INLINE v4d vf_atan(v4d x) {
  static const double c[11] = {-0.33333333333333137, 0.19999999999916124,   -0.1428571427539581,  0.11111110515255296,
                               -0.09090889603969354, 0.076919113224852,     -0.0666139707940877,  0.058355056313257415,
                               -0.04984106209756284, 0.036684936393106535,  -0.01642695125910841};
  v4d magnitude = v_abs(x);
  v4d numerator = magnitude, denominator = v_set(1), high = v_set(0), low = v_set(0);
  v4i interval = magnitude >= 0.4375;
  numerator = v_select(interval, v_fma(magnitude, v_set(2), v_set(-1)), numerator);
  denominator = v_select(interval, magnitude + 2.0, denominator);
  high = v_select(interval, v_set(0.4636476090008061), high);
  low = v_select(interval, v_set(2.2698777452961687e-17), low);
  interval = magnitude >= 0.6875;
  numerator = v_select(interval, magnitude - 1.0, numerator);
  denominator = v_select(interval, magnitude + 1.0, denominator);
  high = v_select(interval, v_set(0.7853981633974483), high);
  low = v_select(interval, v_set(3.061616997868383e-17), low);
  interval = magnitude >= 1.1875;
  numerator = v_select(interval, magnitude - 1.5, numerator);
  denominator = v_select(interval, v_fma(magnitude, v_set(1.5), v_set(1)), denominator);
  high = v_select(interval, v_set(0.982793723247329), high);
  low = v_select(interval, v_set(1.3903311031230998e-17), low);
  interval = magnitude >= 2.4375;
  numerator = v_select(interval, v_set(-1), numerator);
  denominator = v_select(interval, magnitude, denominator);
  high = v_select(interval, v_set(1.5707963267948966), high);
  low = v_select(interval, v_set(6.123233995736766e-17), low);

  v4d t = numerator / denominator, z = t * t;
  v4d result = high + (t + v_fma(t * z, v_polynomial(z, c, 11), low));
  return v_with_sign(result, v_sign(x));
}

#endif
