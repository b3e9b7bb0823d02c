/// A bound of what is left out where the series Σ_k ((−1)^k/k) Δ^{k−1}G is stopped.
///
/// With the norms d_k = ‖Δ^{k−1}G‖ the terms have the sizes d_k/k. Let b_k = k(1 − d_{k+1}/d_k). Where d falls, and b does
/// not from K on, b_K d_k/k ≤ d_k − d_{k+1} for all later k, and the sum of these is
///
///     Σ_{k>K} d_k/k ≤ d_{K+1}/b_K.
///
/// b does not fall where the differences are those of a geometric series, d ∝ x^k, which is one direction of a quadratic
/// loss with x = ηλ: then this is the first term left out over 1 − x. Nor does it where they fall as a power, as those of
/// the flow θ̇ = −θ², θ_j = 1/(a + j): b_k = ka/(a + k + 1). The least of the last two b is taken, for b may be off by
/// accident.
///
/// With several directions b may fall until the largest eigenvalue takes over. For a linear field d_{k+1} ≤ x d_k holds with
/// x = ηλ_max, and terms of one direction have one sign where ηλ > 0 and alternate else, so that the first term left out over
/// 1 − max(0, ηλ_max) bounds the tail where all |ηλ| < 1. The larger of the two bounds is taken. For other fields it is
/// that bound only as far as b does not fall.
enum NewtonTail {
  /// The bound.
  ///
  /// - Parameters:
  ///   - differences: d_{K+1}, d_K and d_{K−1}; the last may be infinite where it does not exist.
  ///   - index: K + 1, the number of the first term left out.
  ///   - rateTimesEigenvalue: ηλ_max(ΛH) at the point, below 1.
  ///   - rounding: That of the term: a smaller one is noise, and so is its ratio to others.
  /// - Returns: In the unit of the differences; infinite where the terms do not become smaller.
  static func bound(
    differences: (Double, Double, Double), index: Int, rateTimesEigenvalue: Double, rounding: Double
  ) -> Double {
    let (out, last, before) = differences
    let term = out / Double(index)
    let linear = term / (1 - max(0, rateTimesEigenvalue))
    guard rateTimesEigenvalue < 1 else { return .infinity }
    if term <= rounding { return linear }
    let lastIndex = Double(index - 1)
    if out < last, last < before {
      let latest = lastIndex * (1 - out / last)
      let earlier = before.isFinite ? (lastIndex - 1) * (1 - last / before) : latest
      return max(linear, out / min(latest, earlier))
    }
    // Every other term may vanish by accident, as for an odd field: then those two apart are compared.
    let square = out / before
    guard before.isFinite, square < 1 else { return .infinity }
    return max(linear, (out + square * last) / (Double(index) * (1 - square)))
  }
}
