import LoschmidtNumerics

/// Mean and covariance of the currents j_ab = ½(x + x′)_a (x′ − x)_b of one step of a stationary Gaussian chain.
///
/// With s = (x + x′)/2 and δ = x′ − x about the mean, Isserlis' theorem gives E j_ab = E s_aδ_b and
/// Cov(j_ab, j_cd) = E s_as_c E δ_bδ_d + E s_aδ_d E s_cδ_b. Positions count from the stationary mean.
///
/// - Source: The theory of the thermodynamics, section 9.
public struct CurrentMoments: Sendable, Equatable {
  /// E j_ab, row by row.
  public let mean: [Double]
  /// Cov(j_ab, j_cd), in the same order.
  public let covariance: DenseMatrix

  /// The moments of a chain.
  public init(of chain: GaussianChain) {
    let dimension = chain.map.rows
    let spread = chain.stationary.covariance
    let moved = chain.map * spread
    let middle = 0.25 * (2 * spread + moved + moved.transposed)
    // 2Σ − AΣ − ΣAᵀ without the cancellation of Σ against AΣ.
    let pull = DenseMatrix.identity(dimension) - chain.map
    let displacement = pull * spread * pull.transposed + chain.noise
    let mixed = 0.5 * (moved.transposed - moved)
    let pairs = (0..<dimension).flatMap { a in (0..<dimension).map { (a, $0) } }
    var covariance = DenseMatrix.zero(pairs.count)
    for (row, (a, b)) in pairs.enumerated() {
      for (column, (c, d)) in pairs.enumerated() {
        covariance[row, column] = middle[a, c] * displacement[b, d] + mixed[a, d] * mixed[c, b]
      }
    }
    mean = mixed.entries
    self.covariance = covariance
  }
}
