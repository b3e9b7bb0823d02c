"""The two ensembles of the benchmarks in Python: Numba with one loop a trajectory, and NumPy in blocks, in place.

Run on demand, never by CI:

    python3 -m venv peers && peers/bin/pip install -r requirements.txt && peers/bin/python peers.py

It prints nanoseconds for each step of a trajectory with the path log-ratio, one thread, medians of seven runs. Compare them
with the table of ensembles that `make benchmark` prints on the same machine.
"""

import math
import statistics
import time

import numba
import numpy as np

STEPS = 200
TRAJECTORIES = 25_600
BLOCK = 256
ETA = 0.01


@numba.njit(fastmath=False)
def double_well_numba(trajectories, steps, eta, temperature):
    scale = math.sqrt(2 * eta * temperature)
    total = 0.0
    for _ in range(trajectories):
        x, ratio = 1.0, 0.0
        gradient = x * x * x - x
        for _ in range(steps):
            step = scale * np.random.standard_normal() - eta * gradient
            x += step
            following = x * x * x - x
            ratio -= (gradient + following) * (step - 0.5 * eta * (following - gradient)) / (2 * temperature)
            gradient = following
        total += ratio
    return total / trajectories


@numba.njit(fastmath=False)
def two_baths_numba(trajectories, steps, eta, first, second):
    a, b = math.sqrt(2 * eta * first), math.sqrt(2 * eta * second)
    total = 0.0
    for _ in range(trajectories):
        x, y, ratio = 0.0, 0.0, 0.0
        g, h = 0.0, 0.0
        for _ in range(steps):
            dx = a * np.random.standard_normal() - eta * g
            dy = b * np.random.standard_normal() - eta * h
            x += dx
            y += dy
            gn, hn = x + 0.5 * y, 0.5 * x + y
            ratio -= (g + gn) * (dx - 0.5 * eta * (gn - g)) / (2 * first)
            ratio -= (h + hn) * (dy - 0.5 * eta * (hn - h)) / (2 * second)
            g, h = gn, hn
        total += ratio
    return total / trajectories


def double_well_numpy(trajectories, steps, eta, temperature):
    generator = np.random.Generator(np.random.SFC64(1))
    scale = math.sqrt(2 * eta * temperature)
    noise, following, work = np.empty(BLOCK), np.empty(BLOCK), np.empty(BLOCK)
    total = 0.0
    for _ in range(0, trajectories, BLOCK):
        x, ratio = np.ones(BLOCK), np.zeros(BLOCK)
        gradient = x**3 - x
        for _ in range(steps):
            generator.standard_normal(out=noise)
            noise *= scale
            np.multiply(gradient, -eta, out=work)
            noise += work
            x += noise
            np.multiply(x, x, out=following)
            following -= 1
            following *= x
            np.subtract(following, gradient, out=work)
            work *= -0.5 * eta
            work += noise
            gradient += following
            work *= gradient
            work *= 0.5 / temperature
            ratio -= work
            gradient, following = following, gradient
        total += ratio.sum()
    return total / trajectories


def two_baths_numpy(trajectories, steps, eta, first, second):
    generator = np.random.Generator(np.random.SFC64(1))
    scales = np.sqrt(2 * eta * np.array([[first], [second]]))
    weights = 0.5 / np.array([[first], [second]])
    stiffness = np.array([[1, 0.5], [0.5, 1]])
    noise, following, work = np.empty((2, BLOCK)), np.empty((2, BLOCK)), np.empty((2, BLOCK))
    total = 0.0
    for _ in range(0, trajectories, BLOCK):
        x, gradient, ratio = np.zeros((2, BLOCK)), np.zeros((2, BLOCK)), np.zeros((2, BLOCK))
        for _ in range(steps):
            generator.standard_normal(out=noise)
            noise *= scales
            np.multiply(gradient, -eta, out=work)
            noise += work
            x += noise
            np.matmul(stiffness, x, out=following)
            np.subtract(following, gradient, out=work)
            work *= -0.5 * eta
            work += noise
            gradient += following
            work *= gradient
            work *= weights
            ratio -= work
            gradient, following = following, gradient
        total += ratio.sum()
    return total / trajectories


def nanoseconds(function, *arguments):
    """The median of seven runs, after one that compiles."""
    function(BLOCK, 2, ETA, *arguments)
    times = []
    for _ in range(7):
        start = time.perf_counter()
        function(TRAJECTORIES, STEPS, ETA, *arguments)
        times.append((time.perf_counter() - start) / TRAJECTORIES / STEPS * 1e9)
    return statistics.median(times)


if __name__ == "__main__":
    print(f"numba {numba.__version__}, numpy {np.__version__}, nanoseconds a step of a trajectory")
    print(f"double well, Langevin: numba {nanoseconds(double_well_numba, 0.3):.1f}", end=", ")
    print(f"numpy in blocks {nanoseconds(double_well_numpy, 0.3):.1f}")
    print(f"two heat baths: numba {nanoseconds(two_baths_numba, 0.3, 0.6):.1f}", end=", ")
    print(f"numpy in blocks {nanoseconds(two_baths_numpy, 0.3, 0.6):.1f}")
