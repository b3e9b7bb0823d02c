// A covariance matrix of its own in every lane: sums of outer products, their Cholesky factor, and what it solves.
//
// Vectors are coordinate-major as everywhere: coordinate i of lane l at i * lanes + l. A symmetric or lower triangular
// matrix of dimension d is packed by rows: entry (i, j), j <= i, is row i (i + 1) / 2 + j. `lanes` is a multiple of 4.

#ifndef LK_COVARIANCES_H
#define LK_COVARIANCES_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/// sums_i += weights values_i for every coordinate i, one weight a lane.
void lk_add_weighted(double *sums, const double *values, const double *weights, size_t dimension, size_t lanes);

/// packed_ij += factor values_i values_j.
void lk_add_outer(double *packed, const double *values, double factor, size_t dimension, size_t lanes);

/// Replaces a packed symmetric matrix S by M S M^T with one matrix M of d x d for all lanes, row by row.
///
/// `scratch` has d x d x lanes numbers.
void lk_congruence(const double *matrix, double *packed, double *scratch, size_t dimension, size_t lanes);

/// Replaces a packed symmetric matrix by its lower Cholesky factor, and writes the logarithm of its determinant, one
/// number a lane.
///
/// A lane whose matrix is not positive definite becomes NaN, its determinant too.
void lk_cholesky(double *packed, double *log_determinant, size_t dimension, size_t lanes);

/// Replaces x by the solution y of L y = x with a packed lower triangular L in every lane.
void lk_forward_substitute(const double *packed, double *x, size_t dimension, size_t lanes);

#ifdef __cplusplus
}
#endif

#endif
