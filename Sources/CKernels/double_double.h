// Arithmetic with unevaluated sums of two doubles, about 104 bits, on vectors.
//
// The sums and products with their exact errors are those of Knuth and Dekker; the error bounds of the combined
// operations, a few 2^-104, are in Joldes, Muller and Popescu, ACM Trans. Math. Softw. 44, 15 (2017).

#ifndef LK_DOUBLE_DOUBLE_H
#define LK_DOUBLE_DOUBLE_H

#include "vector.h"

// high + low with |low| at most half an ulp of high.
typedef struct {
  v4d high, low;
} lk_pair;

LK_INLINE lk_pair lk_pair_set(double high, double low) { return (lk_pair){v_set(high), v_set(low)}; }

LK_INLINE lk_pair lk_pair_of(v4d x) { return (lk_pair){x, v_set(0)}; }

LK_INLINE lk_pair lk_pair_select(v4i mask, lk_pair a, lk_pair b) {
  return (lk_pair){v_select(mask, a.high, b.high), v_select(mask, a.low, b.low)};
}

LK_INLINE lk_pair lk_pair_negated(lk_pair a) { return (lk_pair){-a.high, -a.low}; }

// a + b exactly, if |a| >= |b| or a is 0.
LK_INLINE lk_pair lk_ordered_sum(v4d a, v4d b) {
  v4d sum = a + b;
  return (lk_pair){sum, b - (sum - a)};
}

// a + b exactly.
LK_INLINE lk_pair lk_sum(v4d a, v4d b) {
  v4d sum = a + b, part = sum - a;
  return (lk_pair){sum, (a - (sum - part)) + (b - part)};
}

// a b exactly.
LK_INLINE lk_pair lk_product(v4d a, v4d b) {
  v4d product = a * b;
  return (lk_pair){product, v_fma(a, b, -product)};
}

LK_INLINE lk_pair lk_pair_add(lk_pair a, lk_pair b) {
  lk_pair highs = lk_sum(a.high, b.high), lows = lk_sum(a.low, b.low);
  lk_pair sum = lk_ordered_sum(highs.high, highs.low + lows.high);
  return lk_ordered_sum(sum.high, sum.low + lows.low);
}

LK_INLINE lk_pair lk_pair_subtract(lk_pair a, lk_pair b) { return lk_pair_add(a, lk_pair_negated(b)); }

LK_INLINE lk_pair lk_pair_add_double(lk_pair a, v4d b) {
  lk_pair sum = lk_sum(a.high, b);
  return lk_ordered_sum(sum.high, sum.low + a.low);
}

LK_INLINE lk_pair lk_pair_multiply(lk_pair a, lk_pair b) {
  lk_pair product = lk_product(a.high, b.high);
  v4d cross = v_fma(a.high, b.low, v_fma(a.low, b.high, a.low * b.low));
  return lk_ordered_sum(product.high, product.low + cross);
}

LK_INLINE lk_pair lk_pair_multiply_double(lk_pair a, v4d b) {
  lk_pair product = lk_product(a.high, b);
  return lk_ordered_sum(product.high, v_fma(a.low, b, product.low));
}

LK_INLINE lk_pair lk_pair_divide(lk_pair a, lk_pair b) {
  v4d quotient = a.high / b.high;
  lk_pair rest = lk_pair_subtract(a, lk_pair_multiply_double(b, quotient));
  return lk_ordered_sum(quotient, rest.high / b.high);
}

// c[0] + c[1] x + ... + c[n-1] x^(n-1), where c = high[i] + low[i] for i < pairs and c = high[i] beyond: the terms of
// high order are so small that a double is enough for them.
LK_INLINE lk_pair lk_pair_polynomial(lk_pair x, const double *high, const double *low, int pairs, int n) {
  v4d tail = v_set(high[n - 1]);
  for (int i = n - 2; i >= pairs; i--) {
    tail = v_fma(tail, x.high, v_set(high[i]));
  }
  lk_pair sum = lk_pair_of(tail);
  for (int i = pairs - 1; i >= 0; i--) {
    sum = lk_pair_add(lk_pair_multiply(sum, x), lk_pair_set(high[i], low[i]));
  }
  return sum;
}

#endif
