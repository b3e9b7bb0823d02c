// Vectors of four doubles: types, loads and stores, selection, fused multiply-add.
//
// Everything here is written with Clang's vector extensions, so the same text compiles for a processor with AVX2
// and FMA, for plain x86-64 and for arm64. Multiply-adds are fused where v_fma is written and nowhere else
// (contraction is off), hence every build computes the same bits. The sign and the payload of a NaN are not part of
// this promise: they follow the operand order that the compiler chose.
//
// A source file that includes this header may do so under
//   #pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
// to have all functions compiled for AVX2; they are always inlined, so that the caller must have the same target.

#ifndef LK_VECTOR_H
#define LK_VECTOR_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

// Vectors of 32 bytes would be passed differently with and without AVX; inlined functions never pass them.
#pragma clang diagnostic ignored "-Wpsabi"
#pragma STDC FP_CONTRACT OFF

typedef double v4d __attribute__((ext_vector_type(4)));
typedef int64_t v4i __attribute__((ext_vector_type(4)));
typedef uint64_t v4u __attribute__((ext_vector_type(4)));

#define LK_INLINE static inline __attribute__((always_inline, unused))

// MARK: Making vectors

LK_INLINE v4d v_load(const double *p) {
  v4d v;
  memcpy(&v, p, sizeof v);
  return v;
}

LK_INLINE void v_store(double *p, v4d v) { memcpy(p, &v, sizeof v); }

LK_INLINE v4d v_set(double x) { return (v4d){x, x, x, x}; }

LK_INLINE v4u v_bits(uint64_t x) { return (v4u){x, x, x, x}; }

// The same 32 bytes seen as another type.
LK_INLINE v4u v_as_bits(v4d x) {
  v4u bits;
  memcpy(&bits, &x, sizeof bits);
  return bits;
}

LK_INLINE v4d v_from_bits(v4u bits) {
  v4d x;
  memcpy(&x, &bits, sizeof x);
  return x;
}

// MARK: Arithmetic

// a b + c, rounded once.
LK_INLINE v4d v_fma(v4d a, v4d b, v4d c) { return __builtin_elementwise_fma(a, b, c); }

LK_INLINE v4d v_sqrt(v4d x) { return __builtin_elementwise_sqrt(x); }

LK_INLINE v4d v_abs(v4d x) { return v_from_bits(v_as_bits(x) & v_bits(0x7fffffffffffffff)); }

// The sign bit of x alone, to be combined with a magnitude by v_with_sign.
LK_INLINE v4u v_sign(v4d x) { return v_as_bits(x) & v_bits(0x8000000000000000); }

LK_INLINE v4d v_with_sign(v4d magnitude, v4u sign) { return v_from_bits(v_as_bits(magnitude) | sign); }

// MARK: Selection

// a where the mask is set (all bits, as comparisons give), b elsewhere.
LK_INLINE v4d v_select(v4i mask, v4d a, v4d b) { return mask ? a : b; }

// Whether the mask is set in any lane.
LK_INLINE int v_any(v4i mask) { return __builtin_reduce_or(mask) != 0; }

LK_INLINE v4i v_is_nan(v4d x) { return x != x; }

// The smaller value; the first at a tie (also of zeros of different sign); NaN if either is NaN.
LK_INLINE v4d v_min(v4d a, v4d b) { return v_select((b < a) | v_is_nan(b), b, a); }

// The larger value; the first at a tie (also of zeros of different sign); NaN if either is NaN.
LK_INLINE v4d v_max(v4d a, v4d b) { return v_select((b > a) | v_is_nan(b), b, a); }

// MARK: Polynomials

// c[0] + c[1] x + ... + c[n-1] x^(n-1) for n <= 4; x2 = x x.
LK_INLINE v4d v_short_polynomial(v4d x, v4d x2, const double *c, int n) {
  if (n == 1) return v_set(c[0]);
  v4d low = v_fma(v_set(c[1]), x, v_set(c[0]));
  if (n == 2) return low;
  v4d high = n == 3 ? v_set(c[2]) : v_fma(v_set(c[3]), x, v_set(c[2]));
  return v_fma(high, x2, low);
}

// c[0] + c[1] x + ... + c[n-1] x^(n-1) for n <= 16 in Estrin's order, whose chain of dependent operations is short.
// With n a literal the compiler leaves only the arithmetic.
LK_INLINE v4d v_polynomial(v4d x, const double *c, int n) {
  v4d x2 = x * x;
  if (n <= 4) return v_short_polynomial(x, x2, c, n);
  v4d x4 = x2 * x2, low = v_short_polynomial(x, x2, c, 4);
  if (n <= 8) return v_fma(v_short_polynomial(x, x2, c + 4, n - 4), x4, low);
  low = v_fma(v_short_polynomial(x, x2, c + 4, 4), x4, low);
  v4d x8 = x4 * x4, high = v_short_polynomial(x, x2, c + 8, n <= 12 ? n - 8 : 4);
  if (n > 12) high = v_fma(v_short_polynomial(x, x2, c + 12, n - 12), x4, high);
  return v_fma(high, x8, low);
}

#endif
