#!/usr/bin/env python3
"""Reference values of the functions of expressions and of their derivatives, to 30 digits.

Writes Sources/LoschmidtTestSupport/References/derivatives.json (run it with the output redirected there). Every formula is
differentiated symbolically and evaluated at exact doubles with more digits than its cancellations can cost. Arguments
are doubles; values are texts of 30 digits, `inf` and `-inf` at singularities by the limit from inside the domain, and at
kinks what the scenario format lays down (the derivative of relu and abs at 0 is 0; min and max take the first at a tie).

`functions`: for each function and operator a list of {loss, given, points: [[x, [f, f', ..., f^(6)]], ...]}, with the
`exponent` of a fractional power.
`composites`: D^k grad f [a_1^m_1, a_2^m_2, ...] of formulas in several variables, with the sum of the absolute values
of the terms that make it up as a scale for errors.
"""

import json
import random
from fractions import Fraction

import sympy as sp
from mpmath import mp, mpf, psi, cot, pi, log, gamma, loggamma, sinpi, workdps

random.seed(41)
ORDERS = 6
x, y = sp.symbols("x y", real=True)


def exact(number):
    """The rational number that a double is, in mpmath."""
    fraction = Fraction(number)
    return mpf(fraction.numerator) / fraction.denominator


def text(value):
    return mp.nstr(value, 32, min_fixed=0, max_fixed=0) if mp.isfinite(value) else ("inf" if value > 0 else "-inf")


def symbolic(formula, points, **given):
    """Orders 0 ... ORDERS of a formula in x; the digits cover e^-700 and 1e-300 to the power 6."""
    derivatives = [formula]
    for _ in range(ORDERS):
        derivatives.append(sp.diff(derivatives[-1], x))
    functions = [sp.lambdify([x, y], d, modules="mpmath") for d in derivatives]
    with workdps(2500):
        other = exact(given["y"]) if given else mpf(0)
        return [[p, [text(+f(exact(p), other)) for f in functions]] for p in points]


def cotangent_derivative(n, a):
    q = [0, 1]
    for _ in range(n):
        d = [i * v for i, v in enumerate(q)][1:]
        q = [-(s + t) for s, t in zip(d + [0, 0], [0, 0] + d)]
    c = cot(pi * a)
    return pi ** (n + 1) * sum(v * c ** i for i, v in enumerate(q))


def log_gamma_derivative(k, a):
    if k == 0:
        if abs(a) < 100:
            return log(abs(gamma(a)))
        return loggamma(a) if a > 0 else log(pi / abs(sinpi(a))) - loggamma(1 - a)
    if a > 0:
        return psi(k - 1, a)
    return (-1) ** (k - 1) * psi(k - 1, 1 - a) - cotangent_derivative(k - 1, a)


def log_gamma(points):
    with workdps(120):
        return [[p, [text(log_gamma_derivative(k, exact(p))) for k in range(ORDERS + 1)]] for p in points]


def stated(rows):
    """Values by convention: [x, [f, f', ...]] with the rest 0."""
    return [[p, [text(exact(v)) if abs(v) < float("inf") else text(mpf(v)) for v in values]
             + ["0.0"] * (ORDERS + 1 - len(values))] for p, values in rows]


def limits(rows):
    """Values at a singularity."""
    return [[p, [text(mpf(v)) for v in values]] for p, values in rows]


inf = float("inf")
ordinary = [0.3, 1.7, -0.7, -2.3, 5.1]
small = [1e-8, -1e-8, 1e-300, -1e-300, 0.0]
positive = [0.3, 0.999, 1.0, 1.0000001, 1.7, 123.456, 1e10, 1e100, 1e300, 1e-8, 1e-50, 1e-300]
angles = ordinary + small + [1e5, -1e15, 1e300, 1.5707963267948966, 3.141592653589793, -4.71238898038469, 1.5707]
tails = ordinary + small + [20.0, -20.0, 37.5, -37.5, 350.0, -350.0]


def part(loss, points, **given):
    return {"loss": loss, "given": given, "points": points}


def elementary(name, formula, points, extra=()):
    return [part(f"{name}(x)", symbolic(formula, points) + list(extra))]


def whole_powers():
    points = ordinary + [1e-8, -1e-8, 1e8, -1e-40, 1e40]
    parts = []
    for n in [0, 1, 2, 3, 4, 7, 12, -1, -2, -3, -6]:
        parts.append(part(f"x^{n}", symbolic(x ** n, points + ([0.0, 1e-300] if n >= 0 else [1e-100, 1e100]))))
    parts.append(part("x^1000", symbolic(x ** 1000, [0.9, -1.1, 1.5, 0.0])))
    return parts


def fractional_powers():
    parts = []
    for a in [0.5, -0.5, 1.5, 2.5, -1.5, 3.7, 0.3333333333333333, 0.1, 100.25]:
        exponent = sp.Rational(*Fraction(a).as_integer_ratio())
        points = [0.3, 1.0, 1.7, 5.1, 123.456, 1e-8, 1e-50, 1e50, 1e-300]
        signs, zeros, factor = [], [], Fraction(1)
        for k in range(ORDERS + 1):
            zeros.append(0.0 if a - k > 0 else inf if factor > 0 else -inf)
            factor *= Fraction(a) - k
        parts.append(part(f"x^{a}" if a >= 0 else f"x^({a})", symbolic(x ** exponent, points) + limits([[0.0, zeros]])))
        parts[-1]["exponent"] = a
    return parts


def variable_powers():
    parts = [part("x^x", symbolic(x ** x, [0.3, 1.0, 1.7, 5.1, 20.25, 1e-8])),
             part("2.5^x", symbolic(sp.Rational(5, 2) ** x, ordinary + small + [300.0, -300.0])),
             part("(1 + x^2)^x", symbolic((1 + x ** 2) ** x, ordinary)),
             part("x^sin(x)", symbolic(x ** sp.sin(x), [0.3, 1.7, 5.1, 12.0]))]
    for b in [2.5, -1.25, 0.5]:
        parts.append(part("x^y", symbolic(x ** sp.Rational(*Fraction(b).as_integer_ratio()),
                                          [0.3, 1.7, 123.456, 1e-8, 1e-50]), y=b))
    for b in [0, 1, 2, 3, -2]:
        points = [0.3, -1.7, 123.456, -1e-8] + ([0.0] if b >= 0 else [])
        parts.append(part("x^y", symbolic(x ** b, points), y=float(b)))
    for b in [2.5, 10.0]:
        parts.append(part("y^x", symbolic(y ** x, ordinary, y=b), y=b))
    parts.append(part("y^x", limits([[2.5, [0] * 7]]), y=0.0))
    return parts


def quotients():
    points = ordinary + [1e-8, 1e-40, 1e40, -1e10]
    return [part("1/x", symbolic(1 / x, points + [1e-100])), part("7/x", symbolic(7 / x, points)),
            part("x/3", symbolic(x / 3, points + [0.0])), part("x/y", symbolic(x / y, points + [0.0], y=-0.7), y=-0.7),
            part("y/x", symbolic(y / x, points, y=1e10), y=1e10),
            part("(1 + x)/(2 - x)", symbolic((1 + x) / (2 - x), ordinary + small)),
            part("x/(1 + x^2)", symbolic(x / (1 + x ** 2), ordinary + small + [1e10]))]


def functions():
    e = sp.exp
    return {
        "exp": elementary("exp", e(x), ordinary + small + [50.0, -50.0, 700.0, -700.0]),
        "log": elementary("log", sp.log(x), positive),
        "sqrt": elementary("sqrt", sp.sqrt(x), positive, limits([[0.0, [0, inf, -inf, inf, -inf, inf, -inf]]])),
        "sin": elementary("sin", sp.sin(x), angles),
        "cos": elementary("cos", sp.cos(x), angles),
        "tan": elementary("tan", sp.tan(x), angles),
        "tanh": elementary("tanh", sp.tanh(x), tails + [1e5]),
        "sinh": elementary("sinh", sp.sinh(x), ordinary + small + [50.0, -50.0, 700.0, -700.0]),
        "cosh": elementary("cosh", sp.cosh(x), ordinary + small + [50.0, -50.0, 700.0, -700.0]),
        "atan": elementary("atan", sp.atan(x), ordinary + small + [1e5, -1e10, 1e40, -1e40, 1e150, 1e300]),
        "abs": [part("abs(x)", stated([[v, [abs(v), 1 if v > 0 else -1 if v < 0 else 0]] for v in ordinary + small]))],
        "min": [
            part("min(x, 1.5)", stated([[v, [min(v, 1.5), 1 if v <= 1.5 else 0]] for v in ordinary + small + [1.5]])),
            part("min(1.5, x)", stated([[v, [min(v, 1.5), 1 if v < 1.5 else 0]] for v in ordinary + small + [1.5]])),
            part("min(x^2, x)", stated([[0.5, [0.25, 1, 2]], [2.0, [2, 1]], [1.0, [1, 2, 2]], [0.0, [0, 0, 2]]]))],
        "max": [
            part("max(x, 1.5)", stated([[v, [max(v, 1.5), 1 if v >= 1.5 else 0]] for v in ordinary + small + [1.5]])),
            part("max(1.5, x)", stated([[v, [max(v, 1.5), 1 if v > 1.5 else 0]] for v in ordinary + small + [1.5]])),
            part("max(x^2, x)", stated([[0.5, [0.5, 1]], [2.0, [4, 4, 2]], [1.0, [1, 2, 2]], [-1.0, [1, -2, 2]]]))],
        "relu": [part("relu(x)", stated([[v, [max(v, 0.0), 1 if v > 0 else 0]] for v in ordinary + small + [1e300]]))],
        "softplus": elementary("softplus", sp.log(1 + e(x)), tails + [-700.0, 700.0]),
        "sigmoid": elementary("sigmoid", 1 / (1 + e(-x)), tails + [-700.0, 700.0]),
        "logcosh": elementary("logcosh", sp.log(sp.cosh(x)), tails + [1e5]),
        "erf": elementary("erf", sp.erf(x), ordinary + small + [8.5, -8.5, 26.0, 0.7071067811865476]),
        "lgamma": [part("lgamma(x)", log_gamma(
            [0.3, 0.5, 1.0, 1.4616321449683622, 1.7, 2.0, 5.1, 17.5, 123.456, 1e5, 1e15, 1e-8, -1e-8, 1e-50, 1e-300,
             -0.5, -2.3, -2.4570247382208006, -7.75, -20.3, 1e100]))],
        "^": whole_powers() + fractional_powers() + variable_powers(),
        "/": quotients(),
    }


def composites():
    a, b, c = sp.symbols("a b c", real=True)
    e, tanh = sp.exp, sp.tanh
    formulas = [
        ("tanh(1 + a - 2*a^2*b + b^3/4)", tanh(1 + a - 2 * a ** 2 * b + b ** 3 / 4), [a, b]),
        ("exp(sin(a*b) + a/2)", e(sp.sin(a * b) + a / 2), [a, b]),
        ("(a^2 + b^2 + 1)^(a*b)", (a ** 2 + b ** 2 + 1) ** (a * b), [a, b]),
        ("log(1 + a^2 + exp(b))/(2 + cos(a))", sp.log(1 + a ** 2 + e(b)) / (2 + sp.cos(a)), [a, b]),
        ("sqrt(1 + a^2*b^2 + c^2)*atan(a - c)", sp.sqrt(1 + a ** 2 * b ** 2 + c ** 2) * sp.atan(a - c), [a, b, c]),
        ("(1 + exp(a))^2.5*erf(b - a) + sigmoid(a*b)*softplus(b)",
         (1 + e(a)) ** sp.Rational(5, 2) * sp.erf(b - a) + sp.log(1 + e(b)) / (1 + e(-a * b)), [a, b]),
        ("logcosh(a - b)*tan(b/3) + sinh(a)*cosh(a*b)",
         sp.log(sp.cosh(a - b)) * sp.tan(b / 3) + sp.sinh(a) * sp.cosh(a * b), [a, b]),
        ("lgamma(2 + a^2 + b^2)", sp.loggamma(2 + a ** 2 + b ** 2), [a, b]),
        ("(c*tanh(a*0.75 + b) - 0.5)^2/2", (c * tanh(a * sp.Rational(3, 4) + b) - sp.Rational(1, 2)) ** 2 / 2, [a, b, c]),
    ]
    patterns = [[1], [2], [1, 1], [3], [2, 1], [1, 1, 1], [2, 2], [4], [2, 1, 1]]
    cases = []
    for loss, formula, variables in formulas:
        for multiplicities in patterns:
            point = [random.randint(-12, 12) / 8 for _ in variables]
            directions = [[random.randint(-8, 8) / 4 for _ in variables] for _ in multiplicities]
            values = directional_gradient(formula, variables, point, directions, multiplicities)
            cases.append({"loss": loss, "parameters": [str(v) for v in variables], "point": point,
                          "directions": directions, "multiplicities": multiplicities, "derivative": values[0],
                          "scale": values[1]})
    return cases


partials = {}


def directional_gradient(formula, variables, point, directions, multiplicities):
    """Sum over the partial derivatives of the formula, each made once; also the sum of the absolute values."""
    expanded = [d for d, m in zip(directions, multiplicities) for _ in range(m)]
    weights = {(): Fraction(1)}
    for direction in expanded:
        following = {}
        for indices, weight in weights.items():
            for i, component in enumerate(direction):
                key = tuple(sorted(indices + (i,)))
                following.setdefault(key, []).append(weight * Fraction(component))
        weights = {key: sum(terms) for key, terms in following.items()}
    values, scales = [], []
    with workdps(60):
        for i in range(len(variables)):
            terms = [mpf(w.numerator) / w.denominator * partial(formula, variables, tuple(sorted(key + (i,))))(
                *[exact(p) for p in point]) for key, w in weights.items()]
            values.append(text(sum(terms)))
            scales.append(float(sum(abs(t) for t in terms)))
    return values, scales


def partial(formula, variables, indices):
    key = (formula, indices)
    if key not in partials:
        expression = sp.diff(formula, *[variables[i] for i in indices]) if indices else formula
        partials[key] = sp.lambdify(variables, expression, modules="mpmath")
    return partials[key]


if __name__ == "__main__":
    print(json.dumps({"functions": functions(), "composites": composites()}, separators=(",", ":")).replace(
        '{"loss"', '\n{"loss"'))
