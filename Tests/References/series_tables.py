#!/usr/bin/env python3
"""Writes Sources/CKernels/series_tables.h: series coefficients as pairs of doubles."""

import sys

from mpmath import bernoulli, factorial, mp, mpf, pi

mp.dps = 80


def pair(value):
    high = float(value)
    return high, float(value - mpf(high))


def table(comment, name, values, pairs):
    print(f"// {comment}")
    for suffix, numbers in (("high", [pair(v)[0] for v in values]), ("low", [pair(v)[1] for v in values[:pairs]])):
        print(f"static const double {name}_{suffix}[{len(numbers)}] = {{")
        for i in range(0, len(numbers), 4):
            print("    " + ", ".join(repr(v) for v in numbers[i:i + 4]) + ",")
        print("};")
    print()


def polygamma_coefficients(n, terms):
    """B_2k (2k+n-1)! / ((2k)! n!), k = 1, 2, ...: the tail of the asymptotic series, divided by n!."""
    return [mpf(bernoulli(2 * k)) * factorial(2 * k + n - 1) / (factorial(2 * k) * factorial(n))
            for k in range(1, terms + 1)]


print("""// Coefficients of series as pairs of doubles, written by Tests/References/series_tables.py; not to be edited.

#ifndef LK_SERIES_TABLES_H
#define LK_SERIES_TABLES_H
""")
table("artanh(s) / s in powers of s^2: 1 / (2k+1).", "lk_artanh", [mpf(1) / (2 * k + 1) for k in range(22)], 11)
table("sin(t) / t in powers of t^2: (-1)^k / (2k+1)!.", "lk_sine",
      [(-1) ** k / factorial(2 * k + 1) for k in range(18)], 10)
table("Stirling's series of log Gamma(y) in powers of 1/y^2, times y: B_2k / (2k (2k-1)), k = 1, 2, ...",
      "lk_stirling", [mpf(bernoulli(2 * k)) / (2 * k * (2 * k - 1)) for k in range(1, 18)], 7)
terms, pairs = 20, 8
print("""// The asymptotic series of polygamma of the orders n = 0 ... 8 in powers of 1/y^2, divided by n!:
// B_2k (2k+n-1)! / ((2k)! n!), k = 1, 2, ...""")
for suffix, count, part in (("high", terms, 0), ("low", pairs, 1)):
    print(f"static const double lk_polygamma_{suffix}[9][{count}] = {{")
    for n in range(9):
        values = [repr(pair(v)[part]) for v in polygamma_coefficients(n, terms)[:count]]
        print("    {")
        for i in range(0, count, 4):
            print("        " + ", ".join(values[i:i + 4]) + ",")
        print("    },")
    print("};")
print("""
// The derivatives of the cotangent c = cot(t): (-1)^n d^n c / dt^n = Q_n(c), with Q_0 = c and
// Q_(n+1) = (1 + c^2) dQ_n/dc. Row n has the coefficients of Q_n / c^p in powers of c^2, p = 1 for even n, 0 for odd.
static const double lk_cotangent_derivative[9][6] = {""")
q = [0, 1]
for n in range(9):
    print("    {" + ", ".join(f"{v}.0" for v in (q[(n + 1) % 2::2] + [0] * 6)[:6]) + "},")
    derivative = [i * v for i, v in enumerate(q)][1:]
    q = [a + b for a, b in zip(derivative + [0, 0], [0, 0] + derivative)]
print("};")
print("""
#endif""")
