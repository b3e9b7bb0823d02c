import Foundation
import LoschmidtNumerics

/// The kernel K(x′|x) = N(x′; Ax + b, D) with positive definite D.
public struct GaussianStep: Sendable, Equatable {
  /// A.
  public let map: DenseMatrix
  /// b.
  public let shift: [Double]
  /// D.
  public let noise: DenseMatrix
  /// D = L Lᵀ.
  let factor: Cholesky

  /// The kernel with these parts.
  ///
  /// - Throws: `GaussianFailure.notPositiveDefinite` for another D: the reversed step would have probability zero.
  public init(map: DenseMatrix, shift: [Double]? = nil, noise: DenseMatrix) throws(GaussianFailure) {
    precondition(map.rows == map.columns, "the map of a step is square")
    precondition(noise.rows == map.rows && noise.columns == map.rows, "the noise has the shape of the map")
    let shift = shift ?? [Double](repeating: 0, count: map.rows)
    precondition(shift.count == map.rows, "the shift has one entry per row of the map")
    self.map = map
    self.shift = shift
    self.noise = noise.symmetrised
    factor = try GaussianFailure.factor(noise, "the noise of a step")
  }

  /// The number of coordinates.
  public var dimension: Int { shift.count }

  /// ln K(x′|x) in nats, as a quadratic form of both points.
  public var logDensity: StepForm {
    let precision = factor.inverse
    let weighted = precision * map
    let pull = precision.applied(to: shift)
    let constant = -0.5 * (Vectors.inner(pull, shift) + Double(dimension) * log(2 * .pi) + factor.logDeterminant)
    return StepForm(
      current: QuadraticForm(
        matrix: -1 * (map.transposed * weighted), linear: Vectors.scaled(map.transposed.applied(to: pull), by: -1),
        constant: constant),
      next: QuadraticForm(matrix: -1 * precision, linear: pull), mixed: weighted)
  }

  /// ln K(x′|x) − ln K(x|x′), without the normalisations, which cancel.
  public var logRatio: StepForm {
    let potential = reversibleForm
    return StepForm(current: potential, next: -1 * potential, mixed: area)
  }

  /// V in ln K(x′|x)/K(x|x′) = V(x) − V(x′) + x′ᵀ(W − Wᵀ)x: V = ½ xᵀ(P − AᵀPA)x − bᵀP(1 + A)x with P = D⁻¹.
  var reversibleForm: QuadraticForm {
    let precision = factor.inverse
    let pull = precision.applied(to: shift)
    return QuadraticForm(
      matrix: precision - map.transposed * (precision * map),
      linear: Vectors.scaled(Vectors.sum(pull, map.transposed.applied(to: pull)), by: -1))
  }

  /// W − Wᵀ with W = D⁻¹A, antisymmetric: what multiplies the area that the path sweeps.
  var area: DenseMatrix {
    let weighted = factor.solve(map)
    return weighted - weighted.transposed
  }

  /// The mean and covariance of x′ for x with this mean and covariance; a definite point has the covariance 0.
  public func propagate(mean: [Double], covariance: DenseMatrix) -> (mean: [Double], covariance: DenseMatrix) {
    (Vectors.sum(map.applied(to: mean), shift), (map * covariance * map.transposed + noise).symmetrised)
  }

  /// The law of x′ for x with this law.
  public func propagate(_ law: GaussianLaw) -> GaussianLaw {
    let moments = propagate(mean: law.mean, covariance: law.covariance)
    do throws(GaussianFailure) {
      return try GaussianLaw(mean: moments.mean, covariance: moments.covariance)
    } catch { preconditionFailure("a covariance to which positive noise is added stays positive definite") }
  }
}
