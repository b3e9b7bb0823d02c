/// The solution Σ of Σ = A Σ Aᵀ + D, the covariance that the linear recursion x′ = A x + ξ, Cov ξ = D, settles at.
///
/// Smith's doubling, Σ ← Σ + A Σ Aᵀ, A ← A², and one refinement with the residual.
///
/// - Source: Smith, SIAM J. Appl. Math. 16 (1968) 198.
public struct DiscreteLyapunov: Sendable, Equatable {
  /// Why there is no solution.
  public enum Failure: Error, Sendable, Equatable {
    /// The spectral radius of A is not below 1: the recursion has no stationary covariance.
    case unstable(spectralRadius: Double)
    /// The residual relative to Σ is above 10⁻¹⁰: A is too far from normal, or its radius too close to 1.
    case inaccurate(relativeResidual: Double)
    /// What the linear algebra says, such as an entry that is not finite.
    case linearAlgebra(GSLError)
  }

  /// Σ, symmetric to the last bit.
  public let solution: DenseMatrix
  /// The spectral radius of A.
  public let spectralRadius: Double
  /// ‖Σ − AΣAᵀ − D‖ in Frobenius' norm.
  public let residual: Double

  /// Solves the equation.
  ///
  /// - Parameters:
  ///   - map: A, square.
  ///   - noise: D, symmetric, of the same shape.
  /// - Throws: `Failure` when the spectral radius of A is 1 or more, or the residual is too large.
  /// - Complexity: O(d³ log(1/(1 − radius))).
  public init(map: DenseMatrix, noise: DenseMatrix) throws(Failure) {
    precondition(map.rows == map.columns, "the map of a Lyapunov equation is square")
    precondition(noise.rows == map.rows && noise.columns == map.rows, "the noise has the shape of the map")
    let radius: Double
    do {
      radius = try GeneralEigenvalues(matrix: map.entries, dimension: map.rows).spectralRadius
    } catch { throw .linearAlgebra(error) }
    guard radius < 1 else { throw .unstable(spectralRadius: radius) }
    var sum = Self.doubled(map: map, noise: noise.symmetrised)
    sum = sum + Self.doubled(map: map, noise: Self.defect(of: sum, map: map, noise: noise))
    solution = sum.symmetrised
    spectralRadius = radius
    residual = Self.defect(of: solution, map: map, noise: noise).frobeniusNorm
    let relative = residual / solution.frobeniusNorm
    guard relative <= 1e-10 || residual == 0 else { throw .inaccurate(relativeResidual: relative) }
  }

  /// D + AΣAᵀ − Σ.
  private static func defect(of sum: DenseMatrix, map: DenseMatrix, noise: DenseMatrix) -> DenseMatrix {
    (noise + map * sum * map.transposed - sum).symmetrised
  }

  private static func doubled(map: DenseMatrix, noise: DenseMatrix) -> DenseMatrix {
    var (power, sum) = (map, noise)
    // Sixty doublings are 2⁶⁰ steps: more than any radius below 1 that a double can tell from 1 needs.
    for _ in 0..<60 {
      let term = power * sum * power.transposed
      sum = (sum + term).symmetrised
      if !(term.largestEntry > 0x1p-60 * sum.largestEntry) { break }
      power = power * power
    }
    return sum
  }
}
