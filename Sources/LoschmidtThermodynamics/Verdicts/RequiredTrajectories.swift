import LoschmidtNumerics

/// How many independent trajectories would decide, from errors that fall as 1/√N.
public enum RequiredTrajectories {
  /// The one-sided 5 % point of the normal law, in the rule of equivalence.
  public static let equivalenceQuantile = 1.645

  /// The number at which a true claim passes in nine cases of ten: |Z| ≤ 1.645 has that probability, so that
  /// 2 × 1.645 standard errors must fit into the margin.
  ///
  /// - Returns: `nil` where the error is not finite or the number is beyond 10¹⁵.
  public static func toPass(current: Int, standardError: Double, margin: Double) -> Int? {
    scaled(current, by: 2 * equivalenceQuantile * standardError / margin)
  }

  /// The number at which a deviation is found in nine cases of ten, by a two-sided test at `level`.
  ///
  /// - Returns: `nil` where the deviation vanishes, the error is not finite or the number is beyond 10¹⁵.
  public static func toReject(current: Int, deviation: Double, standardError: Double, level: Double) -> Int? {
    guard let quantile = try? TailProbabilities.normalTailQuantile(level / 2) else { return nil }
    return scaled(current, by: (quantile + 1.2816) * standardError / abs(deviation))
  }

  /// The number that decides: what a true claim needs; where that is reached already, what the deviation that was
  /// measured needs to be found, or to be fitted into the margin; twice the present number where all are reached.
  public static func toDecide(
    current: Int, deviation: Double, standardError: Double, margin: Double, level: Double
  ) -> Int? {
    guard let number = toPass(current: current, standardError: standardError, margin: margin) else { return nil }
    if number > current { return number }
    let rest = margin - abs(deviation)
    let candidates = [
      rest > 0 ? toPass(current: current, standardError: standardError, margin: rest) : nil,
      toReject(current: current, deviation: deviation, standardError: standardError, level: level),
    ]
    return candidates.compactMap(\.self).filter { $0 > current }.min() ?? 2 * current
  }

  /// N × ratio², rounded up.
  static func scaled(_ current: Int, by ratio: Double) -> Int? {
    let number = (Double(current) * ratio * ratio).rounded(.up)
    return number <= 1e15 ? Int(number) : nil
  }
}
