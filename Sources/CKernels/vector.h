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

#endif
