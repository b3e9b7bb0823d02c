import LoschmidtDynamics

extension DrawAverage {
  /// Draws and weights whose average is exact for everything bilinear in the sample, such as E g_ξᵀH_ξv, however large
  /// the batch.
  ///
  /// With f the factor by which batches shrink the covariance of one sample, E a_ξ b_ξ = (1 − f) āb̄ + f mean a_i b_i:
  /// the full batch with the weight 1 − f, and single samples with f/N each. Batches in a fixed order are listed one by
  /// one.
  ///
  /// - Parameter law: The law of a draw.
  public init(bilinear law: DrawSet) {
    let samples = law.sampleCount
    guard let factor = law.covarianceFactor else {
      guard let outcomes = law.outcomes else { preconditionFailure("batches in a fixed order can be listed") }
      self.init(draws: outcomes.map(\.draw), weights: outcomes.map(\.probability))
      return
    }
    let full = factor == 1 ? [] : [(Draw(batch: Array(0..<samples)), 1 - factor)]
    let single = factor == 0 ? [] : (0..<samples).map { (Draw(batch: [$0]), factor / Double(samples)) }
    self.init(draws: (full + single).map(\.0), weights: (full + single).map(\.1))
  }
}
