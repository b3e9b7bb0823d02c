// Stochastic gradient descent as one would write it by hand, for one loss each, 64 samples and batches of 4; the including
// file defines LK_BACKEND(name).
//
// A word of Philox has the four numbers of a batch, six bits each, and all of a trajectory stays in registers or on the
// stack from step to step. This is the limit that the engine is measured against.

#include "words.h"

enum { SAMPLES = 64, BATCH = 4, UNITS = 8, WIDE = 256 };

BY_HAND doubles pick(const double *table, words index) {
  return (doubles){table[index[0]], table[index[1]], table[index[2]], table[index[3]]};
}

BY_HAND words batch_member(words bits, int member) { return bits >> (uint64_t)(6 * member) & all(SAMPLES - 1); }

static void samples_by_hand(double *x, double *y) {
  for (int i = 0; i < SAMPLES; i++) handwritten_sample(i, x + i, y + i);
}

double LK_BACKEND(handwritten_regression)(uint64_t trajectories, uint32_t steps) {
  _Alignas(64) double w[WIDE], b[WIDE], x[SAMPLES], y[SAMPLES];
  _Alignas(64) uint64_t buffer[2 * WIDE];
  const double rate = 0.05 / BATCH;
  double sum = 0;
  samples_by_hand(x, y);
  for (uint64_t first = 0; first < trajectories; first += WIDE) {
    for (int i = 0; i < WIDE; i++) w[i] = 0.5, b[i] = -0.25;
    for (uint32_t step = 0; step < steps; step++) {
      if (step % 2 == 0) words_by_hand(42, first, step / 2, 1, buffer, WIDE);
      for (int i = 0; i < WIDE; i += 4) {
        words bits;
        memcpy(&bits, buffer + 2 * i + 4 * (step % 2), sizeof bits);
        doubles W, B, by_w = each(0), by_b = each(0);
        memcpy(&W, w + i, sizeof W);
        memcpy(&B, b + i, sizeof B);
        for (int k = 0; k < BATCH; k++) {
          const words index = batch_member(bits, k);
          const doubles X = pick(x, index), residual = FMA(W, X, B) - pick(y, index);
          by_w = FMA(residual, X, by_w);
          by_b += residual;
        }
        W = FMA(by_w, each(-rate), W);
        B = FMA(by_b, each(-rate), B);
        memcpy(w + i, &W, sizeof W);
        memcpy(b + i, &B, sizeof B);
      }
    }
    for (int i = 0; i < WIDE; i++) sum += b[i];
  }
  return sum / (double)trajectories;
}

// One step of four trajectories: a, b and c are the weights, the offsets and the output weights of the units.
BY_HAND void net_step(doubles *parameters, words bits, const double *x, const double *y) {
  doubles *a = parameters, *b = a + UNITS, *c = b + UNITS, *d = c + UNITS;
  doubles gradient[3 * UNITS + 1], *by_a = gradient, *by_b = by_a + UNITS, *by_c = by_b + UNITS, *by_d = by_c + UNITS;
  for (int p = 0; p < 3 * UNITS + 1; p++) gradient[p] = each(0);
  for (int k = 0; k < BATCH; k++) {
    const words index = batch_member(bits, k);
    const doubles X = pick(x, index);
    doubles unit[UNITS], output = *d;
    for (int m = 0; m < UNITS; m++) {
      unit[m] = vf_tanh(FMA(a[m], X, b[m]));
      output = FMA(unit[m], c[m], output);
    }
    const doubles residual = output - pick(y, index);
    *by_d += residual;
    for (int m = 0; m < UNITS; m++) {
      by_c[m] = FMA(residual, unit[m], by_c[m]);
      const doubles back = residual * c[m] * FMA(-unit[m], unit[m], each(1));
      by_b[m] += back;
      by_a[m] = FMA(back, X, by_a[m]);
    }
  }
  for (int p = 0; p < 3 * UNITS + 1; p++) parameters[p] = FMA(gradient[p], each(-0.05 / BATCH), parameters[p]);
}

double LK_BACKEND(handwritten_minibatch_net)(uint64_t trajectories, uint32_t steps) {
  _Alignas(64) double x[SAMPLES], y[SAMPLES];
  _Alignas(64) uint64_t buffer[16];
  double sum = 0;
  samples_by_hand(x, y);
  for (uint64_t first = 0; first < trajectories; first += 8) {
    doubles parameters[2][3 * UNITS + 1];
    for (int half = 0; half < 2; half++) {
      for (int p = 0; p < 3 * UNITS; p++) parameters[half][p] = each(sin(2.0 * (p % UNITS) + p / UNITS) / 2);
      parameters[half][3 * UNITS] = each(0);
    }
    for (uint32_t step = 0; step < steps; step++) {
      if (step % 2 == 0) words_by_hand(42, first, step / 2, 1, buffer, 8);
      for (int half = 0; half < 2; half++) {
        words bits;
        memcpy(&bits, buffer + 8 * half + 4 * (step % 2), sizeof bits);
        net_step(parameters[half], bits, x, y);
      }
    }
    for (int half = 0; half < 2; half++) {
      for (int l = 0; l < 4; l++) sum += parameters[half][3 * UNITS][l];
    }
  }
  return sum / (double)trajectories;
}
