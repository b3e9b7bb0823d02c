// The arithmetic of one step of a block of trajectories: no physics, only rows of lanes.
//
// A block is coordinate-major: coordinate i of lane l at i * lanes + l. `lanes` is a multiple of 4 everywhere.

#ifndef LK_STEPS_H
#define LK_STEPS_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// next_i = theta_i + scales_i normals_i - rates_i gradient_i for every coordinate i.
///
/// - normals may be NULL, and then counts as zero. `next` may be `theta`.
/// - Returns: Not 0 if any entry of `next` is infinite or NaN.
int lk_step_advance(const double *theta, const double *gradient, const double *normals, const double *rates,
                    const double *scales, double *next, size_t dimension, size_t lanes);

/// ratio -= sum_i weights_i (g_i + g'_i) (next_i - theta_i - (rates_i / 2) (g'_i - g_i)).
///
/// With weights = rates / variances this adds ln K(next | theta) / K(theta | next) of the Gaussian step
/// next = theta - rates g + noise, g' the gradient at next.
void lk_step_log_ratio(const double *theta, const double *next, const double *gradient, const double *next_gradient,
                       const double *rates, const double *weights, double *ratio, size_t dimension, size_t lanes);

/// output_i = constants_i + sum_j matrix_ij input_j with a matrix of rows x columns, row by row.
///
/// - constants may be NULL, and then count as zeros. `output` is not `input`.
void lk_rows_multiply(const double *matrix, const double *constants, size_t rows, size_t columns, const double *input,
                      double *output, size_t lanes);

/// y += k x for n values, n a multiple of 4.
void lk_add_scaled(double *y, const double *x, double k, size_t n);

/// sums += factor sum_i a_i b_i, one sum a lane.
void lk_inner_products(const double *a, const double *b, double factor, double *sums, size_t dimension, size_t lanes);

/// Row `stride` i of the output, lane l = entry i of the sample index[l] for i < width, of `count` samples.
///
/// Entries 0 and 1 of all samples come first, those of one sample side by side, then entries 2 and 3, and so on; the last
/// entry of an odd width comes alone: entry i at i / 2 * 2 * count + 2 * sample + i % 2, or at i * count + sample.
void lk_gather(const double *table, size_t width, size_t count, const int32_t *index, double *output,
               size_t stride, size_t lanes);

/// Adds exp(e_0) + exp(e_1) + ... to the sum exp(maximum) sum of every lane, without overflow.
///
/// `exponents` has `count` rows, none of them NaN or +infinity; an empty sum has maximum -infinity and sum 0.
void lk_log_sum_exp(const double *exponents, size_t count, double *maximum, double *sum, size_t lanes);

/// Whether any of n values, a multiple of 4, is infinite or NaN.
int lk_any_not_finite(const double *values, size_t n);

#ifdef __cplusplus
}
#endif

#endif
