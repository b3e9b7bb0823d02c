// Reduction of huge angles modulo pi/2 by the method of Payne and Hanek (1983), in integers.
//
// x = m 2^e with an integer m of 53 bits. Of the binary digits of 2/pi only those with weights below 4 / 2^e matter:
// the ones before contribute multiples of 4 quadrants. 192 digits from there on give m 2^e 2/pi modulo 4 with an error
// below 2^-137, while no double comes closer than about 2^-62 to a multiple of pi/2.

#include "trigonometric_reduction.h"

#include <math.h>
#include <string.h>

#pragma STDC FP_CONTRACT OFF

typedef unsigned __int128 uint128;

// The binary digits of 2/pi after the point, with 64 zeros in front of them.
static const uint64_t two_over_pi[21] = {
    0,
    0xa2f9836e4e441529, 0xfc2757d1f534ddc0, 0xdb6295993c439041, 0xfe5163abdebbc561,
    0xb7246e3a424dd2e0, 0x06492eea09d1921c, 0xfe1deb1cb129a73e, 0xe88235f52ebb4484,
    0xe99c7026b45f7e41, 0x3991d639835339f4, 0x9c845f8bbdf9283b, 0x1ff897ffde05980f,
    0xef2f118b5a0a6d1f, 0x6d367ecf27cb09b7, 0x4f463f669e5fea2d, 0x7527bac7ebe5f17b,
    0x3d0739f78a5292ea, 0x6bfb5fb11f8d5d08, 0x56033046fc7b6bab, 0xf0cfbc209af4361d,
};

// 64 digits of the table, from digit `position` on.
static uint64_t digits(int position) {
  int word = position / 64, shift = position % 64;
  if (shift == 0) return two_over_pi[word];
  return two_over_pi[word] << shift | two_over_pi[word + 1] >> (64 - shift);
}

uint64_t lk_reduce_huge_angle(double x, double *high, double *low) {
  uint64_t bits;
  memcpy(&bits, &x, sizeof bits);
  int biased_exponent = (int)(bits >> 52 & 0x7ff);
  if (biased_exponent == 0x7ff) {
    *high = *low = __builtin_nan("");
    return 0;
  }
  uint64_t m = (bits & 0x000fffffffffffff) | 0x0010000000000000;
  int e = biased_exponent - 1075;

  // m times 192 digits, modulo 2^192 = 4 quadrants; the words from the most significant on are a, b, c.
  int position = e - 2 + 64;
  uint128 product = (uint128)m * digits(position + 128);
  uint64_t c = (uint64_t)product;
  product = (uint128)m * digits(position + 64) + (uint64_t)(product >> 64);
  uint64_t b = (uint64_t)product;
  uint64_t a = m * digits(position) + (uint64_t)(product >> 64);

  // Two bits of quadrants, the rest a fraction, which is brought to [-1/2, 1/2] by rounding to the nearest quadrant.
  uint64_t quadrant = a >> 62;
  a = a << 2 | b >> 62;
  b = b << 2 | c >> 62;
  c = c << 2;
  int negative = (int)(a >> 63);
  quadrant += (uint64_t)negative;
  if (negative) {
    c = ~c + 1;
    b = ~b + (c == 0);
    a = ~a + (c == 0 && b == 0);
  }

  // The fraction as a sum of two doubles of 53 and up to 53 bits.
  int exponent = -64;
  for (; a == 0 && exponent > -192; exponent -= 64) {
    a = b;
    b = c;
    c = 0;
  }
  if (a != 0) {
    int zeros = __builtin_clzll(a);
    if (zeros > 0) {
      a = a << zeros | b >> (64 - zeros);
      b = b << zeros | c >> (64 - zeros);
      exponent -= zeros;
    }
  }
  double leading = ldexp((double)(a >> 11), exponent + 11);
  double trailing = ldexp((double)((a & 0x7ff) << 42 | b >> 22), exponent - 42);

  // Times pi/2, which is 1.57... + 6.12e-17.
  double product_high = leading * 1.5707963267948966;
  double product_low = fma(leading, 1.5707963267948966, -product_high);
  product_low = fma(leading, 6.123233995736766e-17, fma(trailing, 1.5707963267948966, product_low));
  double sum = product_high + product_low, error = product_low - (sum - product_high);
  int flip = negative != (int)(bits >> 63);
  *high = flip ? -sum : sum;
  *low = flip ? -error : error;
  return bits >> 63 ? -quadrant : quadrant;
}
