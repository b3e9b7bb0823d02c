// Ensembles of Langevin trajectories with the log-ratio of their paths as one would write them by hand, for one process
// each; the including file defines LK_BACKEND(name).
//
// Blocks of 256 trajectories: words into a buffer, normal numbers from them, then the step, with everything of a lane in
// registers. This is the limit that the engine is measured against.

#pragma clang diagnostic ignored "-Wpsabi"

typedef double lanes4 __attribute__((ext_vector_type(4)));

#define BY_HAND static inline __attribute__((always_inline))
#define FMA(a, b, c) __builtin_elementwise_fma(a, b, c)

enum { BLOCK = 256 };

void LK_BACKEND(handwritten_normals)(uint64_t key, uint64_t trajectory, uint32_t pair, uint32_t stream,
                                     uint64_t *buffer, double *even, double *odd);

BY_HAND lanes4 fill4(double x) { return (lanes4){x, x, x, x}; }

BY_HAND lanes4 load4(const double *p) {
  lanes4 x;
  memcpy(&x, p, sizeof x);
  return x;
}

BY_HAND void store4(double *p, lanes4 x) { memcpy(p, &x, sizeof x); }

// One coordinate of a step at the temperature T: adds its log-ratio, given the displacement and both gradients.
BY_HAND lanes4 add_ratio(lanes4 ratio, lanes4 displacement, lanes4 before, lanes4 after, double eta, double T) {
  ratio = FMA(displacement * (-0.5 / T), before + after, ratio);
  return FMA((after - before) * (after + before), fill4(eta / (4 * T)), ratio);
}

static double total(const double *values) {
  double sum = 0;
  for (int i = 0; i < BLOCK; i++) sum += values[i];
  return sum;
}

double LK_BACKEND(handwritten_double_well)(uint64_t trajectories, uint32_t steps) {
  _Alignas(64) double x[BLOCK], gradient[BLOCK], ratio[BLOCK], normals[2][BLOCK];
  _Alignas(64) uint64_t buffer[2 * BLOCK];
  const double eta = 0.01, T = 0.3, deviation = sqrt(2 * T * eta);
  double sum = 0;
  for (uint64_t first = 0; first < trajectories; first += BLOCK) {
    for (int i = 0; i < BLOCK; i++) {
      x[i] = 1;
      gradient[i] = ratio[i] = 0;
    }
    for (uint32_t step = 0; step < steps; step += 2) {
      LK_BACKEND(handwritten_normals)(42, first, step / 2, 0, buffer, normals[0], normals[1]);
      for (int i = 0; i < BLOCK; i += 4) {
        lanes4 X = load4(x + i), G = load4(gradient + i), R = load4(ratio + i);
        for (int half = 0; half < 2; half++) {
          const lanes4 displacement = FMA(G, fill4(-eta), load4(normals[half] + i) * deviation);
          X += displacement;
          const lanes4 after = FMA(X * X, X, -X);
          R = add_ratio(R, displacement, G, after, eta, T);
          G = after;
        }
        store4(x + i, X);
        store4(gradient + i, G);
        store4(ratio + i, R);
      }
    }
    sum += total(ratio);
  }
  return sum / (double)trajectories;
}

double LK_BACKEND(handwritten_heat_baths)(uint64_t trajectories, uint32_t steps) {
  _Alignas(64) double x[BLOCK], y[BLOCK], gx[BLOCK], gy[BLOCK], ratio[BLOCK], normals[2][BLOCK];
  _Alignas(64) uint64_t buffer[2 * BLOCK];
  const double eta = 0.01, T1 = 0.3, T2 = 0.6, d1 = sqrt(2 * T1 * eta), d2 = sqrt(2 * T2 * eta);
  double sum = 0;
  for (uint64_t first = 0; first < trajectories; first += BLOCK) {
    for (int i = 0; i < BLOCK; i++) x[i] = y[i] = gx[i] = gy[i] = ratio[i] = 0;
    for (uint32_t step = 0; step < steps; step++) {
      LK_BACKEND(handwritten_normals)(42, first, step, 0, buffer, normals[0], normals[1]);
      for (int i = 0; i < BLOCK; i += 4) {
        lanes4 X = load4(x + i), Y = load4(y + i), G = load4(gx + i), H = load4(gy + i);
        const lanes4 dx = FMA(G, fill4(-eta), load4(normals[0] + i) * d1);
        const lanes4 dy = FMA(H, fill4(-eta), load4(normals[1] + i) * d2);
        X += dx;
        Y += dy;
        const lanes4 after_x = FMA(Y, fill4(0.5), X), after_y = FMA(X, fill4(0.5), Y);
        lanes4 R = add_ratio(load4(ratio + i), dx, G, after_x, eta, T1);
        R = add_ratio(R, dy, H, after_y, eta, T2);
        store4(x + i, X);
        store4(y + i, Y);
        store4(gx + i, after_x);
        store4(gy + i, after_y);
        store4(ratio + i, R);
      }
    }
    sum += total(ratio);
  }
  return sum / (double)trajectories;
}
