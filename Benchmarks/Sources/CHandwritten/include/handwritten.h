// Losses and their gradients, normal numbers, and ensembles, as one would write them by hand for one purpose each.

#ifndef LK_HANDWRITTEN_H
#define LK_HANDWRITTEN_H

#include <stddef.h>
#include <stdint.h>

/// A loss; its parameters are the coordinates of theta in the order given, its data those of the sample.
typedef enum {
  /// (u w x - y)^2 / 2; theta u, w; sample x, y.
  HANDWRITTEN_PRODUCT,
  /// (1 - x)^2 + 100 (y - x^2)^2; theta x, y.
  HANDWRITTEN_ROSENBROCK,
  /// x^4 / 4 - x^2 / 2; theta x.
  HANDWRITTEN_QUARTIC,
  /// (x^2 + y - 11)^2 + (x + y^2 - 7)^2; theta x, y.
  HANDWRITTEN_HIMMELBLAU,
  /// (c . tanh(a x + b) + d - y)^2 / 2 with 4 units; theta a, b, c, d; sample x, y.
  HANDWRITTEN_NET_4,
  /// The same with 8 units.
  HANDWRITTEN_NET_8,
  /// The net with 4 units and 1 - tanh^2 for the slope of tanh: cheaper, and without correct digits where tanh is 1.
  HANDWRITTEN_NET_4_SHORT,
  /// The same with 8 units.
  HANDWRITTEN_NET_8_SHORT,
  /// softplus(-y (u x + b)); theta u, b; sample x, y.
  HANDWRITTEN_LOGISTIC,
  /// x^2 / 2 + 0.4 sin(1.3 x); theta x.
  HANDWRITTEN_SINE_WELL,
  /// exp(x) - x; theta x.
  HANDWRITTEN_EXPONENTIAL,
  /// log cosh(u x - y); theta u; sample x, y.
  HANDWRITTEN_LOGCOSH,
} handwritten_loss;

/// The value and the gradient of a loss in every lane. Blocks are coordinate-major; `lanes` is a multiple of 4.
/// The build (AVX2 or baseline) is the one that the kernels have chosen.
void handwritten_run(handwritten_loss loss, const double *theta, const double *sample, double *value, double *gradient,
                     size_t lanes);

/// The 128 bits of Philox4x32-10 for 256 trajectories as 512 words, in groups of four trajectories: their first words,
/// then their second.
void handwritten_words(uint64_t key, uint64_t trajectory, uint32_t pair, uint32_t stream, uint64_t *target);

/// Normal numbers of the two steps of a pair for 256 trajectories, by way of a buffer of 512 words.
void handwritten_normals(uint64_t key, uint64_t trajectory, uint32_t pair, uint32_t stream, uint64_t *buffer,
                         double *even, double *odd);

/// Langevin trajectories of x^4/4 - x^2/2 at T = 0.3 from x = 1 with steps of 0.01; the trajectories are a multiple of 256,
/// the steps even.
///
/// Returns the mean of the log-ratio of the paths without its boundary term.
double handwritten_double_well(uint64_t trajectories, uint32_t steps);

/// The same of (x^2 + x y + y^2)/2 from (0, 0), with x in a bath at 0.3 and y in one at 0.6.
double handwritten_heat_baths(uint64_t trajectories, uint32_t steps);

/// Sample i of 64 of the losses below.
void handwritten_sample(int i, double *x, double *y);

/// Gradient descent with batches of 4 drawn with replacement and a learning rate of 0.05 on (w x + b - y)^2 / 2, from
/// w = 1/2, b = -1/4; the trajectories are a multiple of 256.
///
/// Returns the mean of the last b.
double handwritten_regression(uint64_t trajectories, uint32_t steps);

/// The same on (c . tanh(a x + b) + d - y)^2 / 2 with 8 units, from a_m = sin(2 m) / 2, b_m = sin(2 m + 1) / 2,
/// c_m = sin(2 m + 2) / 2, d = 0; the slope of tanh is 1 - tanh^2. The trajectories are a multiple of 8.
///
/// Returns the mean of the last d.
double handwritten_minibatch_net(uint64_t trajectories, uint32_t steps);

#endif
