// The losses, compiled once per backend: the including file defines LK_BACKEND(name).
//
// Everything of four lanes stays in registers from the loads of theta to the stores of the gradient, and only
// independent blocks of four lanes follow each other, so that the processor overlaps them.

#define LK_LANES _Pragma("clang loop unroll_count(2)") for (size_t l = 0; l < lanes; l += 4)
#define LK_ARGUMENTS                                                                                       \
  const double *restrict theta, const double *restrict sample, double *restrict value, double *restrict gradient, \
      size_t lanes

static void LK_BACKEND(product)(LK_ARGUMENTS) {
  LK_LANES {
    v4d u = v_load(theta + l), w = v_load(theta + lanes + l);
    v4d x = v_load(sample + l), y = v_load(sample + lanes + l);
    v4d residual = v_fma(u * w, x, -y), slope = residual * x;
    v_store(value + l, residual * residual * 0.5);
    v_store(gradient + l, slope * w);
    v_store(gradient + lanes + l, slope * u);
  }
}

static void LK_BACKEND(rosenbrock)(LK_ARGUMENTS) {
  (void)sample;
  LK_LANES {
    v4d x = v_load(theta + l), y = v_load(theta + lanes + l);
    v4d a = v_fma(-x, x, y), b = 1.0 - x, steep = a * 200.0;
    v_store(value + l, v_fma(b, b, steep * a * 0.5));
    v_store(gradient + l, v_fma(x * steep, v_set(-2), b * -2.0));
    v_store(gradient + lanes + l, steep);
  }
}

static void LK_BACKEND(quartic)(LK_ARGUMENTS) {
  (void)sample;
  LK_LANES {
    v4d x = v_load(theta + l), square = x * x;
    v_store(value + l, square * v_fma(square, v_set(0.25), v_set(-0.5)));
    v_store(gradient + l, x * (square - 1.0));
  }
}

static void LK_BACKEND(himmelblau)(LK_ARGUMENTS) {
  (void)sample;
  LK_LANES {
    v4d x = v_load(theta + l), y = v_load(theta + lanes + l);
    v4d a = v_fma(x, x, y - 11.0), b = v_fma(y, y, x - 7.0), a2 = a + a, b2 = b + b;
    v_store(value + l, v_fma(a, a, b * b));
    v_store(gradient + l, v_fma(a2 + a2, x, b2));
    v_store(gradient + lanes + l, v_fma(b2 + b2, y, a2));
  }
}

// A two-layer network of n units, n a literal; its slopes from the joint kernel, or as 1 - tanh^2.
LK_INLINE void LK_BACKEND(net)(LK_ARGUMENTS, size_t n, int joint) {
  const double *a = theta, *b = a + n * lanes, *c = b + n * lanes, *d = c + n * lanes;
  double *da = gradient, *db = da + n * lanes, *dc = db + n * lanes, *dd = dc + n * lanes;
  for (size_t l = 0; l < lanes; l += 4) {
    v4d x = v_load(sample + l), output = v_load(d + l) - v_load(sample + lanes + l), unit[8], slope[8];
    for (size_t i = 0; i < n; i++) {
      v4d input = v_fma(v_load(a + i * lanes + l), x, v_load(b + i * lanes + l));
      if (joint) {
        vf_tanh_sech2(input, &unit[i], &slope[i]);
      } else {
        unit[i] = vf_tanh(input);
        slope[i] = v_fma(-unit[i], unit[i], v_set(1));
      }
      output = v_fma(unit[i], v_load(c + i * lanes + l), output);
    }
    v_store(value + l, output * output * 0.5);
    v_store(dd + l, output);
    for (size_t i = 0; i < n; i++) {
      v4d back = output * v_load(c + i * lanes + l) * slope[i];
      v_store(dc + i * lanes + l, output * unit[i]);
      v_store(db + i * lanes + l, back);
      v_store(da + i * lanes + l, back * x);
    }
  }
}

static void LK_BACKEND(net_4)(LK_ARGUMENTS) { LK_BACKEND(net)(theta, sample, value, gradient, lanes, 4, 1); }
static void LK_BACKEND(net_8)(LK_ARGUMENTS) { LK_BACKEND(net)(theta, sample, value, gradient, lanes, 8, 1); }
static void LK_BACKEND(net_4_short)(LK_ARGUMENTS) { LK_BACKEND(net)(theta, sample, value, gradient, lanes, 4, 0); }
static void LK_BACKEND(net_8_short)(LK_ARGUMENTS) { LK_BACKEND(net)(theta, sample, value, gradient, lanes, 8, 0); }

static void LK_BACKEND(logistic)(LK_ARGUMENTS) {
  LK_LANES {
    v4d u = v_load(theta + l), b = v_load(theta + lanes + l);
    v4d x = v_load(sample + l), y = v_load(sample + lanes + l);
    v4d margin = -y * v_fma(u, x, b), slope = -y * vf_sigmoid(margin);
    v_store(value + l, vf_softplus(margin));
    v_store(gradient + l, slope * x);
    v_store(gradient + lanes + l, slope);
  }
}

static void LK_BACKEND(sine_well)(LK_ARGUMENTS) {
  (void)sample;
  LK_LANES {
    v4d x = v_load(theta + l), sine, cosine;
    vf_sin_cos(x * 1.3, &sine, &cosine);
    v_store(value + l, v_fma(x * x, v_set(0.5), sine * 0.4));
    v_store(gradient + l, v_fma(cosine, v_set(0.52), x));
  }
}

static void LK_BACKEND(exponential)(LK_ARGUMENTS) {
  (void)sample;
  LK_LANES {
    v4d x = v_load(theta + l), e = vf_exp(x);
    v_store(value + l, e - x);
    v_store(gradient + l, e - 1.0);
  }
}

static void LK_BACKEND(logcosh)(LK_ARGUMENTS) {
  LK_LANES {
    v4d x = v_load(sample + l), residual = v_fma(v_load(theta + l), x, -v_load(sample + lanes + l));
    v_store(value + l, vf_logcosh(residual));
    v_store(gradient + l, vf_tanh(residual) * x);
  }
}

void LK_BACKEND(handwritten_run)(handwritten_loss loss, LK_ARGUMENTS) {
#define LK_CASE(constant, name) \
  case constant:                \
    LK_BACKEND(name)(theta, sample, value, gradient, lanes); \
    break;
  switch (loss) {
    LK_CASE(HANDWRITTEN_PRODUCT, product)
    LK_CASE(HANDWRITTEN_ROSENBROCK, rosenbrock)
    LK_CASE(HANDWRITTEN_QUARTIC, quartic)
    LK_CASE(HANDWRITTEN_HIMMELBLAU, himmelblau)
    LK_CASE(HANDWRITTEN_NET_4, net_4)
    LK_CASE(HANDWRITTEN_NET_8, net_8)
    LK_CASE(HANDWRITTEN_NET_4_SHORT, net_4_short)
    LK_CASE(HANDWRITTEN_NET_8_SHORT, net_8_short)
    LK_CASE(HANDWRITTEN_LOGISTIC, logistic)
    LK_CASE(HANDWRITTEN_SINE_WELL, sine_well)
    LK_CASE(HANDWRITTEN_EXPONENTIAL, exponential)
    LK_CASE(HANDWRITTEN_LOGCOSH, logcosh)
  }
#undef LK_CASE
}
