#!/usr/bin/env python3
"""The polynomial coefficients in Sources/CKernels: weighted minimax fits by the Remez exchange.

Prints one C table per fit, with the largest weighted error before the coefficients are rounded to doubles. The
coefficients are rounded one after the other from the constant term up, and the rest is fitted again each time, so
that the printed doubles lose almost nothing.
"""

from mpmath import (atan, cos, cosh, erf, erfc, exp, expm1, log, log1p, lu_solve, matrix, mp, mpf, pi, polyval, sin,
                    sinh, sqrt)

mp.dps = 50


def fit(f, weight, low, high, terms, points=None):
    """The coefficients c[0..terms-1] that minimise max |weight(x) (f(x) - sum c[i] x^i)| on [low, high], and the max."""
    n = terms + 1
    nodes = [(low + high) / 2 - (high - low) / 2 * cos(pi * i / (n - 1)) for i in range(n)]
    grid = [(low + high) / 2 - (high - low) / 2 * cos(pi * (i + mpf(1) / 2) / 600) for i in range(600)]
    values = [(x, f(x), weight(x)) for x in grid]
    for _ in range(12):
        a = matrix(n, n)
        b = matrix(n, 1)
        for i, x in enumerate(nodes):
            for j in range(terms):
                a[i, j] = weight(x) * x ** j
            a[i, terms] = (-1) ** i
            b[i] = weight(x) * f(x)
        solution = lu_solve(a, b)
        coefficients = [solution[j] for j in range(terms)]
        errors = [(w * (v - polyval(coefficients[::-1], x)), x) for x, v, w in values]
        # One extremum per run of constant sign.
        extrema = [errors[0]]
        for error, x in errors[1:]:
            if (error > 0) == (extrema[-1][0] > 0):
                if abs(error) > abs(extrema[-1][0]):
                    extrema[-1] = (error, x)
            else:
                extrema.append((error, x))
        worst = max(abs(e) for e, _ in errors)
        if len(extrema) < n:
            break
        while len(extrema) > n:
            extrema.pop(0 if abs(extrema[0][0]) < abs(extrema[-1][0]) else -1)
        nodes = [x for _, x in extrema]
        if worst < abs(solution[terms]) * mpf("1.01"):
            break
    return coefficients, worst


def rounded(f, weight, low, high, terms):
    """The fit with doubles as coefficients; on an interval of positive numbers refitted after each rounding."""
    coefficients, first = fit(f, weight, low, high, terms)
    if low < 0:
        return coefficients, first
    fixed = [mpf(float(coefficients[0]))]
    for k in range(1, terms):
        def rest(x, k=k):
            return (f(x) - sum((c * x ** i for i, c in enumerate(fixed)), mpf(0))) / x ** k
        coefficients, _ = fit(rest, lambda x, k=k: weight(x) * x ** k, low, high, terms - k)
        fixed.append(mpf(float(coefficients[0])))
    return fixed, first


def show(name, *arguments):
    coefficients, worst = rounded(*arguments)
    print(f"// {name}: largest weighted error 2^{float(log(worst, 2)):.1f}")
    print("  " + ", ".join(repr(float(c)) for c in coefficients), flush=True)


tiny = mpf(10) ** -12
half_log2 = log(mpf(2)) / 2 * mpf("1.002")


if __name__ == "__main__":
    # exp(r) = 1 + r + r^2 Q(r): absolute for exp, relative for expm1.
    show("exp", lambda r: (expm1(r) - r) / r ** 2, lambda r: r ** 2, -half_log2, half_log2, 10)
    show("expm1", lambda r: (expm1(r) - r) / r ** 2, lambda r: abs(r), -half_log2, half_log2, 11)

    # log((1+s)/(1-s)) = 2s + s z L(z), z = s^2, |s| <= (sqrt2-1)/(sqrt2+1).
    top = ((sqrt(mpf(2)) - 1) / (sqrt(mpf(2)) + 1)) ** 2 * mpf("1.001")
    show("logarithm", lambda z: ((log1p(sqrt(z)) - log1p(-sqrt(z))) / sqrt(z) - 2) / z, lambda z: z, tiny, top, 7)

    # The same beyond 2s + 2s z / 3, for powers.
    show("logarithm of powers", lambda z: ((log1p(sqrt(z)) - log1p(-sqrt(z))) / sqrt(z) - 2 - 2 * z / 3) / z ** 2,
         lambda z: z ** 2, tiny, top, 8)

    quarter = (pi / 4) ** 2 * mpf("1.0001")
    show("sine", lambda z: (sin(sqrt(z)) / sqrt(z) - 1) / z, lambda z: z, tiny, quarter, 6)
    show("cosine", lambda z: (cos(sqrt(z)) - 1 + z / 2) / z ** 2, lambda z: z ** 2, tiny, quarter, 6)
    show("arcus tangent", lambda z: (atan(sqrt(z)) / sqrt(z) - 1) / z, lambda z: z, tiny, mpf(7) ** 2 / 16 ** 2, 11)
    show("hyperbolic sine", lambda z: (sinh(sqrt(z)) / sqrt(z) - 1) / z, lambda z: z, tiny, mpf(1), 7)
    show("log cosh", lambda z: (log(cosh(sqrt(z))) - z / 2) / z ** 2, lambda z: z, tiny, mpf("0.5625"), 12)
    show("error function", lambda z: erf(sqrt(z)) / sqrt(z) - 1, lambda z: 1, tiny, mpf(1), 12)

    # erfc(x) = exp(-x^2) G(t), t = (x - 3) / (x + 3), on [1, 6]: an absolute error.
    def x_of(t):
        return 3 * (1 + t) / (1 - t)
    show("complementary error function", lambda t: erfc(x_of(t)) * exp(x_of(t) ** 2), lambda t: exp(-x_of(t) ** 2),
         mpf(-1) / 2, mpf(1) / 3, 13)
