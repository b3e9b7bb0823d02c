"""The ensembles of the benchmarks in Python: Numba with one loop a trajectory, NumPy in blocks and in place, and JAX for the
network.

Run on demand, never by CI:

    python3 -m venv peers && peers/bin/pip install -r requirements.txt && peers/bin/python peers.py

It prints nanoseconds for each step of a trajectory, of Langevin dynamics with the path log-ratio, one thread, medians of seven
runs. Compare them with the tables of ensembles and of minibatches that `make benchmark` prints on the same machine.
"""

import math
import os
import statistics
import time

# One thread; read when JAX starts.
os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1"

import jax
import jax.numpy as jnp
import numba
import numpy as np

STEPS = 200
TRAJECTORIES = 25_600
BLOCK = 256
ETA = 0.01
SAMPLES = 64
BATCH = 4
UNITS = 8
NET_TRAJECTORIES = 2_560


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


INPUTS = np.array([(4 * i - 126) / 64 for i in range(SAMPLES)])
TARGETS = np.array([math.sin(2 * x) + math.cos(37 * i) / 8 for i, x in enumerate(INPUTS)])


@numba.njit(inline="always")
def following_word(state):
    """Marsaglia's xorshift64, three shifts a number: the cheapest generator there is."""
    state ^= state << np.uint64(13)
    state ^= state >> np.uint64(7)
    return state ^ (state << np.uint64(17))


@numba.njit(inline="always")
def sample_of(word):
    return ((word >> np.uint64(32)) * np.uint64(SAMPLES)) >> np.uint64(32)


@numba.njit(fastmath=False)
def regression_numba(trajectories, steps, eta, inputs, targets):
    state = np.uint64(88172645463325252)
    rate = eta / BATCH
    total = 0.0
    for _ in range(trajectories):
        w, b = 0.5, -0.25
        for _ in range(steps):
            by_w, by_b = 0.0, 0.0
            for _ in range(BATCH):
                state = following_word(state)
                i = sample_of(state)
                residual = w * inputs[i] + b - targets[i]
                by_w += residual * inputs[i]
                by_b += residual
            w -= rate * by_w
            b -= rate * by_b
        total += b
    return total / trajectories


@numba.njit(fastmath=False)
def net_numba(trajectories, steps, eta, inputs, targets):
    state = np.uint64(88172645463325252)
    rate = eta / BATCH
    a, b, c, h = np.empty(UNITS), np.empty(UNITS), np.empty(UNITS), np.empty(UNITS)
    by_a, by_b, by_c = np.empty(UNITS), np.empty(UNITS), np.empty(UNITS)
    total = 0.0
    for _ in range(trajectories):
        d = 0.0
        for m in range(UNITS):
            a[m], b[m], c[m] = math.sin(2 * m) / 2, math.sin(2 * m + 1) / 2, math.sin(2 * m + 2) / 2
        for _ in range(steps):
            by_d = 0.0
            by_a[:] = 0
            by_b[:] = 0
            by_c[:] = 0
            for _ in range(BATCH):
                state = following_word(state)
                i = sample_of(state)
                residual = d - targets[i]
                for m in range(UNITS):
                    h[m] = math.tanh(a[m] * inputs[i] + b[m])
                    residual += c[m] * h[m]
                by_d += residual
                for m in range(UNITS):
                    by_c[m] += residual * h[m]
                    back = residual * c[m] * (1 - h[m] * h[m])
                    by_b[m] += back
                    by_a[m] += back * inputs[i]
            d -= rate * by_d
            for m in range(UNITS):
                a[m] -= rate * by_a[m]
                b[m] -= rate * by_b[m]
                c[m] -= rate * by_c[m]
        total += d
    return total / trajectories


def net_jax(trajectories, steps, eta, inputs, targets):
    def loss(theta, batch):
        a, b, c, d = theta
        x, y = inputs[batch], targets[batch]
        return jnp.mean((jnp.tanh(x[:, None] * a + b) @ c + d - y) ** 2) / 2

    gradients = jax.vmap(jax.grad(loss))

    def step(state, _):
        theta, key = state
        key, own = jax.random.split(key)
        slope = gradients(theta, jax.random.randint(own, (BLOCK, BATCH), 0, SAMPLES))
        return (jax.tree.map(lambda p, g: p - eta * g, theta, slope), key), None

    @jax.jit
    def block(key):
        m = jnp.arange(UNITS)
        start = (jnp.sin(2 * m) / 2, jnp.sin(2 * m + 1) / 2, jnp.sin(2 * m + 2) / 2, jnp.zeros(()))
        theta = jax.tree.map(lambda p: jnp.broadcast_to(p, (BLOCK,) + p.shape), start)
        (theta, _), _ = jax.lax.scan(step, (theta, key), length=steps)
        return theta[3].sum()

    # Compiled for this number of steps before the clock starts.
    block(jax.random.key(0)).block_until_ready()
    return lambda: sum(float(block(jax.random.key(k))) for k in range(trajectories // BLOCK)) / trajectories


def median_nanoseconds(run, trajectories, steps):
    """The median of seven runs, after one that compiles."""
    run()
    times = []
    for _ in range(7):
        start = time.perf_counter()
        run()
        times.append((time.perf_counter() - start) / trajectories / steps * 1e9)
    return statistics.median(times)


def nanoseconds(function, *arguments, trajectories=TRAJECTORIES, steps=STEPS, eta=ETA):
    return median_nanoseconds(lambda: function(trajectories, steps, eta, *arguments), trajectories, steps)


if __name__ == "__main__":
    print(f"numba {numba.__version__}, numpy {np.__version__}, nanoseconds a step of a trajectory")
    print(f"double well, Langevin: numba {nanoseconds(double_well_numba, 0.3):.1f}", end=", ")
    print(f"numpy in blocks {nanoseconds(double_well_numpy, 0.3):.1f}")
    print(f"two heat baths: numba {nanoseconds(two_baths_numba, 0.3, 0.6):.1f}", end=", ")
    print(f"numpy in blocks {nanoseconds(two_baths_numpy, 0.3, 0.6):.1f}")
    jax.config.update("jax_enable_x64", True)
    samples = (INPUTS, TARGETS)
    print(f"minibatch regression: numba {nanoseconds(regression_numba, *samples, eta=0.05):.1f}")
    net = nanoseconds(net_numba, *samples, trajectories=NET_TRAJECTORIES, eta=0.05)
    run = net_jax(NET_TRAJECTORIES, STEPS, 0.05, jnp.array(INPUTS), jnp.array(TARGETS))
    print(f"minibatch tanh net: numba {net:.0f}, jax {median_nanoseconds(run, NET_TRAJECTORIES, STEPS):.0f}")
