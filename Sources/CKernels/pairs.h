// Functions that belong together and share most of their work: f(x) and f'(x) in one go.

#ifndef LK_PAIRS_H
#define LK_PAIRS_H

#include "elementary.h"

// tanh x and 1/cosh(x)^2.
LK_INLINE void vf_tanh_sech2(v4d x, v4d *value, v4d *slope) {
  *value = vf_tanh(x);
  *slope = vf_sech2(x);
}

LK_INLINE void vf_sin_cos(v4d x, v4d *value, v4d *slope) {
  *value = vf_sin(x);
  *slope = vf_cos(x);
}

// sigmoid(x) and sigmoid(x) sigmoid(-x).
LK_INLINE void vf_sigmoid_slope(v4d x, v4d *value, v4d *slope) {
  *value = vf_sigmoid(x);
  *slope = vf_dsigmoid(x);
}

#endif
