/// The solution Σ of H Σ + Σ Hᵀ = Q, the covariance of the flow dx = −H x dt with noise of covariance Q per unit of
/// time.
///
/// Cayley's transformation makes it a discrete equation: with A = (τ + H)⁻¹(τ − H) and X = (τ + H)⁻¹, Σ solves
/// Σ = A Σ Aᵀ + 2τ X Q Xᵀ for every τ > 0.
public struct ContinuousLyapunov: Sendable, Equatable {
  /// Σ, symmetric to the last bit.
  public let solution: DenseMatrix

  /// Solves the equation.
  ///
  /// - Parameters:
  ///   - drift: H, square, all eigenvalues with positive real parts.
  ///   - noise: Q, symmetric.
  /// - Throws: `DiscreteLyapunov.Failure`; `unstable` with the radius of A where an eigenvalue of H has no positive
  ///   real part.
  public init(drift: DenseMatrix, noise: DenseMatrix) throws(DiscreteLyapunov.Failure) {
    precondition(drift.rows == drift.columns, "the drift of a Lyapunov equation is square")
    let dimension = drift.rows
    let shift = max(drift.frobeniusNorm / Double(dimension).squareRoot(), .leastNormalMagnitude)
    let transformed = try Self.transform(drift: drift, noise: noise, shift: shift)
    solution = try DiscreteLyapunov(map: transformed.map, noise: transformed.noise).solution
  }

  private static func transform(
    drift: DenseMatrix, noise: DenseMatrix, shift: Double
  ) throws(DiscreteLyapunov.Failure) -> (map: DenseMatrix, noise: DenseMatrix) {
    let scaled = shift * DenseMatrix.identity(drift.rows)
    do {
      let factors = try LUFactorisation(scaled + drift)
      let half = try factors.solve(noise).transposed
      return (try factors.solve(scaled - drift), 2 * shift * (try factors.solve(half)))
    } catch { throw .linearAlgebra(error) }
  }
}
