#!/usr/bin/env python3
"""Reference values of the elementary functions in the C kernels, to 30 digits and more.

Writes Sources/LoschmidtTestSupport/References/elementary.json (run it with the output redirected there). An argument is
a double; a value is the sum of two doubles, high and low, where high is the value rounded to nearest and low the rest,
so that 32 digits are there. Values that overflow are left out; those that underflow have high = 0 and a low part of 0.
"""

import json
import random

from mpmath import (atan, cos, cosh, cot, erf, exp, expm1, gamma, log, log1p, loggamma, mp, mpf,
                    pi, power, psi, sin, sinh, sinpi, sqrt, tan, tanh, workdps)

mp.dps = 60
random.seed(20)


def precise(f):
    """f with enough digits for the reduction of huge angles and for the cancellation at tiny arguments."""
    def value(*arguments):
        with workdps(700):
            return f(*arguments)
    return value


def logistic_density(x):
    q = exp(-abs(x))
    return q / (1 + q) ** 2


def log_gamma(x):
    if abs(x) < 100:
        return log(abs(gamma(x)))
    return loggamma(x) if x > 0 else log(pi / abs(sinpi(x))) - loggamma(1 - x)


# How the derivatives of the cotangent continue: polynomials in the cotangent, as lists of coefficients.
def cotangent_derivative(n, x):
    q = [0, 1]
    for _ in range(n):
        d = [i * v for i, v in enumerate(q)][1:]
        q = [-(a + b) for a, b in zip(d + [0, 0], [0, 0] + d)]
    c = cot(pi * x)
    return pi ** (n + 1) * sum(v * c ** i for i, v in enumerate(q))


def polygamma(n, x):
    if x > 0:
        return psi(n, x)
    with workdps(400):
        return (-1) ** n * psi(n, 1 - x) - cotangent_derivative(n, x)


def uniform(low, high, count=16):
    return [random.uniform(low, high) for _ in range(count)]


def spread(low, high, count=16, signs=True):
    """Numbers of random magnitude between 10^low and 10^high."""
    return [10 ** random.uniform(low, high) * (random.choice([-1, 1]) if signs else 1) for _ in range(count)]


tiny = [5e-324, -5e-324, 1.5e-323, -1e-310, 2.2250738585072014e-308, -1e-300, 1e-17, -1e-9, 1e-5]
near_quadrants = [3.141592653589793, 1.5707963267948966, 6.283185307179586, -4.71238898038469, 22.0, 355.0, 103993.0,
                  6381956970095103.0 * 2.0 ** 797, 5.319372648326541e+255, 1.7976931348623157e308, -1e22,
                  268435455.9, 268435456.1, 1e15]
angles = uniform(-4, 4, 24) + uniform(-1000, 1000) + spread(3, 15) + spread(15, 308) + near_quadrants + tiny

UNARY = {
    "exp": (exp, uniform(-1, 1) + uniform(-745, 709.7, 24) + uniform(-745.1, -708, 8) + tiny + [709.782712893384]),
    "log": (log, uniform(0.5, 2, 24) + spread(-307, 308, 16, False) + spread(-323, -308, 8, False)
            + [1 + v for v in spread(-15, -2)]),
    "sqrt": (sqrt, spread(-323, 308, 24, False)),
    "sin": (precise(sin), angles),
    "cos": (precise(cos), angles),
    "tan": (precise(tan), angles),
    "tanh": (precise(tanh), uniform(-1, 1, 24) + uniform(-22, 22) + tiny),
    "sinh": (precise(sinh), uniform(-2, 2, 24) + uniform(-710.4, 710.4) + tiny),
    "cosh": (cosh, uniform(-2, 2, 24) + uniform(-710.4, 710.4) + tiny),
    "atan": (precise(atan), uniform(-3, 3, 32) + spread(0, 308) + tiny),
    "erf": (precise(erf), uniform(-1.5, 1.5, 32) + uniform(-6, 6) + tiny),
    "softplus": (precise(lambda x: log1p(exp(x))), uniform(-3, 3, 24) + uniform(-745, 60) + spread(2, 308, 4, False) + tiny),
    "sigmoid": (lambda x: 1 / (1 + exp(-x)), uniform(-3, 3, 24) + uniform(-745, 60) + tiny),
    "logcosh": (precise(lambda x: log(cosh(x)) if abs(x) < 1e5 else abs(x) - log(mpf(2))),
                uniform(-1.5, 1.5, 32) + uniform(-800, 800) + spread(-160, 0) + spread(5, 308, 4)),
    "sech2": (lambda x: 4 * logistic_density(2 * x), uniform(-2, 2, 24) + uniform(-373, 373, 24) + tiny),
    "dsigmoid": (logistic_density, uniform(-3, 3, 24) + uniform(-745, 745, 24) + tiny),
    "gauss": (lambda x: exp(-x * x), uniform(-2, 2, 24) + uniform(-27.29, 27.29, 24) + tiny),
    "expm1": (precise(expm1), uniform(-1, 1, 32) + uniform(-45, 709.7) + tiny),
    "log1p": (precise(log1p), uniform(-0.9, 2, 32) + spread(0, 308, 16, False) + tiny + [-1 + 2.0 ** -53, -0.999]),
    "lgamma": (log_gamma,
               uniform(0, 4) + uniform(4, 40, 8) + spread(1, 305, 8, False) + uniform(-20, 0, 24) + spread(-320, -1, 8)
               + [1 + v for v in spread(-15, -2, 8)] + [2 + v for v in spread(-15, -2, 8)]
               + [0.5, 1.0, 2.0, 3.0, -2.457024738220801, -0.5, -1e12 - 0.25]),
}


def parts(value):
    high = float(value)
    return high, float(value - mpf(high)) if high != 0 else 0.0


def rows(f, arguments):
    table = {"x": [], "high": [], "low": []}
    for x in arguments:
        high, low = parts(f(mpf(x)))
        if abs(high) == float("inf"):
            continue
        table["x"].append(x)
        table["high"].append(high)
        table["low"].append(low)
    return table


def power_rows():
    pairs = ([(random.uniform(0, 5), random.uniform(-20, 20)) for _ in range(24)]
             + [(x, random.uniform(-700, 700) / abs(float(log(x)))) for x in spread(-300, 300, 24, False)]
             + [(x, random.uniform(-1, 1)) for x in spread(-323, -308, 8, False)]
             + [(1 + v, random.uniform(-300, 300) / v) for v in spread(-15, -3, 16)]
             + [(-random.uniform(0, 9), float(random.randint(-40, 40))) for _ in range(24)])
    table = {"x": [], "y": [], "high": [], "low": []}
    for x, y in pairs:
        high, low = parts(power(mpf(x), mpf(y)))
        for name, v in (("x", x), ("y", y), ("high", high), ("low", low)):
            table[name].append(v)
    return table


def polygamma_rows(n):
    largest = 307 / (n + 1)
    arguments = (uniform(0, 3, 8) + uniform(3, 40, 8) + spread(1, largest, 6, False) + spread(-largest + 6, 0, 6)
                 + uniform(-10, 0, 8) + uniform(-100, -10, 4) + [0.5, 1.0, -0.5, -1.5, 1.4616321449683622, 1.4616321449683625])
    return rows(lambda x: polygamma(n, x), arguments)


if __name__ == "__main__":
    result = {"unary": {name: rows(f, arguments) for name, (f, arguments) in UNARY.items()},
              "power": power_rows(), "polygamma": [polygamma_rows(n) for n in range(9)]}
    print(json.dumps(result, separators=(",", ":")).replace('},"', '},\n"').replace('},{', '},\n{')
          .replace(',"high"', ',\n"high"').replace(',"low"', ',\n"low"'))
