"""Reference numbers of special functions, tails, quantiles and log-densities, with 50 digits of working precision.

Writes special-functions.json and distributions.json into Sources/LoschmidtTestSupport/References.
Arguments are doubles, written exactly; values are written with 25 digits as texts. Needs mpmath.
"""

import json
import pathlib

from mpmath import mp, mpf

mp.dps = 50
OUT = pathlib.Path(__file__).resolve().parents[2] / "Sources/LoschmidtTestSupport/References"


def text(value):
    return mp.nstr(mpf(value), 25, min_fixed=0, max_fixed=0)


def table(function, arguments):
    """Rows of arguments followed by the value."""
    rows = []
    for a in arguments:
        a = a if isinstance(a, tuple) else (a,)
        rows.append([repr(float(x)) for x in a] + [text(function(*[mpf(float(x)) for x in a]))])
    return rows


def normal_tail(x):
    return mp.erfc(x / mp.sqrt(2)) / 2


def quantile(tail, p, start):
    """The x with tail(x) = p: bisection in x for a falling tail."""
    low, high = start
    for _ in range(200):
        middle = (low + high) / 2
        if tail(middle) > p:
            low = middle
        else:
            high = middle
    return (low + high) / 2 if abs(low + high) > mpf(10) ** -40 else mpf(0)


def chi_tail(x, nu):
    return mp.gammainc(nu / 2, x / 2, mp.inf, regularized=True)


def t_tail(x, nu):
    half = mp.betainc(nu / 2, mpf(1) / 2, 0, nu / (nu + x * x), regularized=True) / 2
    return half if x >= 0 else 1 - half


special = {
    "erf": table(mp.erf, [-3, -0.5, 0, 1e-10, 0.3, 1, 2.5, 5]),
    "erfc": table(mp.erfc, [-3, -0.5, 0, 0.3, 1, 2.5, 5, 10, 26]),
    "logErfc": table(lambda x: mp.log(mp.erfc(x)), [-3, 0.3, 1, 5, 26, 100, 1e4]),
    "logGamma": table(lambda x: mp.log(abs(mp.gamma(x))), [-10.5, -2.25, -0.5, 1e-8, 0.3, 3.7, 20.2, 170.5, 1e5]),
    "gamma": table(mp.gamma, [-10.5, -2.25, -0.5, 1e-8, 0.3, 3.7, 20.2, 170.5]),
    "digamma": table(mp.digamma, [-10.5, -2.25, 1e-3, 0.3, 1, 3.7, 20.2, 1e5]),
    "polygamma": table(lambda n, x: mp.polygamma(int(n), x),
                       [(n, x) for n in (0, 1, 2, 3, 7) for x in (1e-2, 0.3, 1, 3.7, 20.2, 1e3)]),
    "lowerIncompleteGamma": table(lambda a, x: mp.gammainc(a, 0, x, regularized=True),
                                  [(a, x) for a in (0.1, 0.5, 1, 2.5, 10, 150) for x in (0, 1e-3, 0.5, 3, 12, 140)]),
    "upperIncompleteGamma": table(lambda a, x: mp.gammainc(a, x, mp.inf, regularized=True),
                                  [(a, x) for a in (0.1, 0.5, 1, 2.5, 10, 150) for x in (0, 1e-3, 0.5, 3, 12, 140)]),
    "logBeta": table(lambda a, b: mp.log(mp.beta(a, b)), [(0.5, 0.5), (0.5, 2), (0.5, 1e4), (3, 7), (1e-3, 20), (120, 80)]),
    "incompleteBeta": table(lambda a, b, x: mp.betainc(a, b, 0, x, regularized=True),
                            [(a, b, x) for a, b in ((0.5, 0.5), (2, 3), (0.5, 20), (40, 30)) for x in (0, 1e-4, 0.3, 0.6, 1)]),
    "logBesselK": table(lambda nu, x: mp.log(mp.besselk(nu, x)),
                        [(nu, x) for nu in (0, 0.5, 1, 1.5, 2.5, 4, 50) for x in (1e-18, 1e-6, 0.3, 1.9, 2.1, 12, 45)]),
    "normalCumulative": table(lambda x: normal_tail(-x), [-37, -8, -2, -0.1, 0, 0.7, 3, 8]),
    "normalTail": table(normal_tail, [-8, -2, -0.1, 0, 0.7, 3, 8, 37]),
    "logNormalTail": table(lambda x: mp.log(normal_tail(x)), [-3, 0, 0.7, 8, 37, 1000]),
    "normalQuantile": table(lambda p: -quantile(normal_tail, p, (mpf(-60), mpf(60))), [1e-300, 1e-20, 1e-6, 0.025, 0.5, 0.7, 0.999]),
    "normalTailQuantile": table(lambda p: quantile(normal_tail, p, (mpf(-60), mpf(60))), [1e-300, 1e-20, 1e-6, 0.025, 0.5, 0.7, 0.999]),
    "chiSquaredTail": table(chi_tail, [(x, nu) for nu in (1, 2, 5, 17.5, 100) for x in (0, 0.1, 2, 30, 200)]),
    "chiSquaredTailQuantile": table(lambda p, nu: quantile(lambda x: chi_tail(x, nu), p, (mpf(0), mpf(1000))),
                                    [(p, nu) for nu in (1, 5, 17.5, 100) for p in (1e-12, 1e-3, 0.5, 0.95)]),
    "studentTTail": table(t_tail, [(x, nu) for nu in (1, 2, 3.5, 10, 200) for x in (-4, -0.3, 0, 0.3, 2, 30)]),
    "studentTTailQuantile": table(lambda p, nu: quantile(lambda x: t_tail(x, nu), p, (-mpf(10) ** 12, mpf(10) ** 12)),
                                  [(p, nu) for nu in (1, 2, 3.5, 10, 200) for p in (1e-9, 1e-3, 0.2, 0.9)]),
}
(OUT / "special-functions.json").write_text(json.dumps(special, indent=1) + "\n")


def stable(alpha, x):
    """The Fourier integral of exp(−|t|^α) along a ray of the complex plane where it decays without oscillating much.

    This is not the route of the framework, which uses Nolan's real integral and two series.
    """
    if x == 0:
        return mp.gamma(1 + 1 / alpha) / mp.pi
    angle = mp.pi / 2 if alpha < 0.6 else mp.pi / (3 * alpha)
    ray = mp.expjpi(angle / mp.pi)

    def integrand(s):  # t = exp(s), because the decay may begin many decades away
        u = mp.exp(s)
        return mp.re(ray * mp.exp(1j * x * u * ray - (u * ray) ** alpha)) * u

    points = [mpf(k) for k in range(-400, 41, 5)] if alpha < 0.4 else [mpf(k) / 2 for k in range(-240, 61, 2)]
    return mp.quad(integrand, points) / mp.pi


normal = lambda m, s, x: -((x - m) / s) ** 2 / 2 - mp.log(s) - mp.log(2 * mp.pi) / 2
mp.dps = 40
distributions = {
    "normal": table(normal, [(0, 1, 0), (0, 1, 3), (1.5, 0.2, 1), (-2, 30, 1e3)]),
    "uniform": table(lambda a, b, x: -mp.log(b - a), [(0, 1, 0.5), (-2, 5, 4.9), (-2, 5, -2)]),
    "exponential": table(lambda m, x: -x / m - mp.log(m), [(1, 0), (2.5, 3), (0.01, 2)]),
    "laplace": table(lambda m, s, x: -abs(x - m) / s - mp.log(2 * s), [(0, 1, 0), (1, 0.3, -4), (1, 0.3, 4)]),
    "gamma": table(lambda a, b, x: (a - 1) * mp.log(x) - x / b - mp.log(mp.gamma(a)) - a * mp.log(b),
                   [(0.3, 1, 1e-5), (0.3, 2, 4), (1, 2, 3), (4.5, 0.1, 0.5), (200, 3, 640)]),
    "beta": table(lambda a, b, x: (a - 1) * mp.log(x) + (b - 1) * mp.log(1 - x) - mp.log(mp.beta(a, b)),
                  [(0.5, 0.5, 0.1), (2, 3, 0.4), (1, 4, 0.9), (30, 0.7, 0.99)]),
    "logNormal": table(lambda m, s, x: normal(m, s, mp.log(x)) - mp.log(x), [(0, 1, 1), (1, 0.5, 4), (-2, 2, 1e-3)]),
    "studentT": table(lambda nu, m, s, x: mp.log(mp.gamma((nu + 1) / 2) / mp.gamma(nu / 2) / mp.sqrt(nu * mp.pi) / s)
                      - (nu + 1) / 2 * mp.log(1 + ((x - m) / s) ** 2 / nu),
                      [(1, 0, 1, 0.4), (2.5, 1, 3, -20), (5, 0, 0.1, 1e12), (1e6, 0, 1, 2), (0.3, 0, 1, 7)]),
    "alphaStable": table(lambda alpha, x: mp.log(stable(alpha, x)),
                         [(alpha, x) for alpha in (0.2, 0.5, 0.8, 0.97, 0.999, 1.001, 1.03, 1.2, 1.5, 1.8, 1.99)
                          for x in (0, 1e-6, 1e-2, 0.1, 0.4, 1, 2.1, 5, 10, 40, 1e3)]),
}
(OUT / "distributions.json").write_text(json.dumps(distributions, indent=1, ensure_ascii=False) + "\n")
