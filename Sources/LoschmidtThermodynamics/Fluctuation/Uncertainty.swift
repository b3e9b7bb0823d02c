import Foundation
import LoschmidtNumerics

/// The entropy production that the fluctuations of currents over one short time step vouch for.
///
/// σ̂ = 2 μᵀΞ⁻¹μ/Δt, with the mean μ and the covariance Ξ of the currents j of one step: the thermodynamic uncertainty
/// relation for the best combination of them, Ξ⁻¹μ. As Δt → 0 it tends to a lower bound on the rate, and to the rate
/// itself where the force is a combination of the basis. At finite Δt it is no bound: see `discreteBound`.
///
/// - Source: The theory of the thermodynamics, section 9.
public struct Uncertainty: Sendable, Equatable {
  /// σ̂, per unit of time, in nats.
  public let rate: Double
  /// Ξ⁻¹μ/(μᵀΞ⁻¹μ), the combination of currents whose mean is 1; NaN where all means are 0.
  public let coefficients: [Double]
  /// The standard error of σ̂ to first order in the errors of μ and Ξ; 0 for exact moments.
  public let standardError: Double
  /// What σ̂ is too large by on average because μ is known with errors only, 2 tr(Ξ⁻¹ Cov μ)/Δt.
  public let bias: Double

  /// The estimate from moments of the currents.
  ///
  /// - Parameters:
  ///   - mean: μ.
  ///   - covariance: Ξ.
  ///   - interval: Δt > 0.
  ///   - meanCovariance: The covariance of μ as an estimate; `nil` for exact moments. It has to contain the
  ///     correlations in time, so it comes from independent replicas or from batch means.
  ///   - samples: How many independent steps Ξ stands for; `nil` where the error of Ξ is not to be counted. It enters
  ///     with the value for normally distributed currents, 2q²/N for q = μᵀΞ⁻¹μ, a small part of the whole at small q.
  /// - Throws: `GaussianFailure.notPositiveDefinite` where the currents are linearly dependent.
  public init(
    mean: [Double], covariance: DenseMatrix, interval: Double, meanCovariance: DenseMatrix? = nil,
    samples: Double? = nil
  ) throws(GaussianFailure) {
    precondition(interval > 0, "a time step is positive")
    precondition(covariance.rows == mean.count && covariance.columns == mean.count, "a covariance fits its mean")
    let factor = try GaussianFailure.factor(covariance, "the covariance of the currents")
    let weights = factor.solve(DenseMatrix(rows: mean.count, columns: 1, entries: mean)).entries
    let quality = Vectors.inner(weights, mean)
    rate = 2 * quality / interval
    coefficients = weights.map { $0 / quality }
    var (variance, offset) = (0.0, 0.0)
    if let meanCovariance {
      // dq = 2 (Ξ⁻¹μ)·dμ + …
      variance += 4 * meanCovariance.form(weights, weights)
      offset = factor.solve(meanCovariance).trace
    }
    if let samples { variance += 2 * quality * quality / samples }
    standardError = 2 * variance.squareRoot() / interval
    bias = 2 * offset / interval
  }

  /// The bound of the uncertainty relation in continuous time, 2J²/Var, for the mean J and variance of a current.
  ///
  /// A chain in discrete time may produce less entropy than this.
  public static func continuousBound(mean: Double, variance: Double) -> Double { 2 * mean * mean / variance }

  /// The least entropy production per step that is compatible with a mean and variance in discrete time.
  ///
  /// e^σ − 1 ≥ 2J²/Var, so σ ≥ ln(1 + 2J²/Var).
  public static func discreteBound(mean: Double, variance: Double) -> Double {
    log1p(continuousBound(mean: mean, variance: variance))
  }
}
