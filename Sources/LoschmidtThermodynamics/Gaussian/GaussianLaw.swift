import Foundation
import LoschmidtNumerics

/// Why an exact result of a Gaussian process does not exist.
public enum GaussianFailure: Error, Sendable, Equatable {
  /// The process has no stationary law: the radius of its map, or of its second moments, is 1 or more.
  case unstable(spectralRadius: Double)
  /// A covariance or curvature, named here, is not positive definite, and a density was asked for.
  case notPositiveDefinite(String)
  /// The residual of the equation of the stationary covariance, relative to it, is above 10⁻¹⁰.
  case inaccurate(relativeResidual: Double)
  /// The generating function is infinite at this argument.
  case divergent(argument: Double)
  /// What the linear algebra says.
  case linearAlgebra(GSLError)

  /// What a Lyapunov equation without solution means.
  init(_ failure: DiscreteLyapunov.Failure) {
    switch failure {
    case .unstable(let radius): self = .unstable(spectralRadius: radius)
    case .inaccurate(let residual): self = .inaccurate(relativeResidual: residual)
    case .linearAlgebra(let error): self = .linearAlgebra(error)
    }
  }

  /// The Cholesky factor of a matrix that is called `name`.
  static func factor(_ matrix: DenseMatrix, _ name: String) throws(GaussianFailure) -> Cholesky {
    do throws(GSLError) { return try Cholesky(matrix) } catch { throw .notPositiveDefinite(name) }
  }
}

/// A normal distribution N(m, S) with positive definite S.
public struct GaussianLaw: Sendable, Equatable {
  /// m.
  public let mean: [Double]
  /// S.
  public let covariance: DenseMatrix
  /// S = L Lᵀ.
  let factor: Cholesky

  /// The law with this mean and covariance.
  ///
  /// - Throws: `GaussianFailure.notPositiveDefinite`.
  public init(mean: [Double], covariance: DenseMatrix) throws(GaussianFailure) {
    precondition(covariance.rows == mean.count && covariance.columns == mean.count, "a covariance fits its mean")
    self.mean = mean
    self.covariance = covariance.symmetrised
    factor = try GaussianFailure.factor(covariance, "the covariance of a law")
  }

  /// The number of coordinates.
  public var dimension: Int { mean.count }

  /// ln p(x) in nats, as a quadratic form of x.
  public var logDensity: QuadraticForm {
    let precision = factor.inverse
    let linear = precision.applied(to: mean)
    let normalisation = Double(dimension) * log(2 * .pi) + factor.logDeterminant
    return QuadraticForm(
      matrix: -1 * precision, linear: linear, constant: -0.5 * (Vectors.inner(linear, mean) + normalisation))
  }
}
