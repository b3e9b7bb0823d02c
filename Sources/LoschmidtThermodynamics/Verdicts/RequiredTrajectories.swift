import LoschmidtNumerics

/// How many independent trajectories would decide, from errors that fall as 1/√N.
public enum RequiredTrajectories {
  /// The number of standard errors that the rule of equivalence puts beside a deviation: 1.645 for a normal law.
  ///
  /// It is the one-sided 5 % point of Student's t or half the two-sided 0.1 % point, whichever is larger: a model at the
  /// edge of the margin passes in at most 5 % of all runs, and one that is off by twice the margin in at most 0.05 %, with
  /// however few replicas. For a normal law the two are one number, 1.645.
  ///
  /// - Parameter degreesOfFreedom: Of Student's t, at least 1; infinite for a normal law.
  /// - Returns: q, at least 1.645.
  public static func equivalenceQuantile(degreesOfFreedom: Double) -> Double {
    precondition(degreesOfFreedom >= 1, "an error comes from two numbers at least")
    guard degreesOfFreedom.isFinite else { return 1.645 }
    do {
      return max(
        1.645, try TailProbabilities.studentTTailQuantile(0.05, degreesOfFreedom: degreesOfFreedom),
        0.5 * (try TailProbabilities.studentTTailQuantile(0.0005, degreesOfFreedom: degreesOfFreedom)))
    } catch { preconditionFailure("Student's t has quantiles: \(error)") }
  }

  /// The number at which a true claim passes in nine cases of ten: |Z| ≤ 1.645 has that probability, so that
  /// 2 × 1.645 standard errors must fit into the margin.
  ///
  /// With Student's t more replicas also bring more degrees of freedom; those of groups, which are fewer than the
  /// replicas, stay as they are.
  ///
  /// - Returns: `nil` where the error is not finite or the number is beyond 10¹⁵.
  public static func toPass(
    current: Int, standardError: Double, margin: Double, degreesOfFreedom: Double = .infinity
  ) -> Int? {
    least(current, degreesOfFreedom) { freedom, _ in
      (1.645 + equivalenceQuantile(degreesOfFreedom: freedom)) * standardError / margin
    }
  }

  /// The number at which a deviation is found in nine cases of ten, by a two-sided test at `level`.
  ///
  /// - Returns: `nil` where the deviation vanishes, the error is not finite or the number is beyond 10¹⁵.
  public static func toReject(
    current: Int, deviation: Double, standardError: Double, level: Double, degreesOfFreedom: Double = .infinity
  ) -> Int? {
    guard level > 0, level < 1 else { return nil }
    return least(current, degreesOfFreedom) { freedom, replicas in
      (rejectionQuantile(level, freedom, replicas: replicas) + 1.2816) * standardError / abs(deviation)
    }
  }

  /// The number of standard errors at which `EquivalenceRule` rejects: t/√(1 + γt/√N) = the quantile of the level.
  private static func rejectionQuantile(_ level: Double, _ freedom: Double, replicas: Double) -> Double {
    do {
      guard freedom.isFinite else { return try TailProbabilities.normalTailQuantile(level / 2) }
      let quantile = try TailProbabilities.studentTTailQuantile(level / 2, degreesOfFreedom: freedom)
      let half = 0.5 * EquivalenceRule.leastSkewness / replicas.squareRoot() * quantile
      return quantile * (half + (1 + half * half).squareRoot())
    } catch { return .nan }
  }

  /// The number that decides: what a true claim needs; where that is reached already, what the deviation that was
  /// measured needs to be found, or to be fitted into the margin.
  ///
  /// A deviation that must exceed an allowance to be found, as for claims up to a margin, has no number to reject.
  ///
  /// - Returns: `nil` where a deviation beyond the margin is no number of standard errors from being found: more
  ///   trajectories show whether it stays there, and how many cannot be told.
  public static func toDecide(
    current: Int, deviation: Double, standardError: Double, margin: Double, level: Double,
    degreesOfFreedom: Double = .infinity, allowance: Double = 0
  ) -> Int? {
    func toPass(_ margin: Double) -> Int? {
      Self.toPass(
        current: current, standardError: standardError, margin: margin, degreesOfFreedom: degreesOfFreedom)
    }
    guard let number = toPass(margin) else { return nil }
    if number > current { return number }
    let rest = margin - abs(deviation)
    let candidates = [
      rest > 0 ? toPass(rest) : nil,
      allowance > 0
        ? nil
        : toReject(
          current: current, deviation: deviation, standardError: standardError, level: level,
          degreesOfFreedom: degreesOfFreedom),
    ]
    // What fits into the margin already waits for something else.
    return candidates.compactMap(\.self).filter { $0 > current }.min() ?? (rest > 0 ? 2 * current : nil)
  }

  /// The least N with N ≥ current × ratio², where the ratio falls with the degrees of freedom and the replicas.
  private static func least(
    _ current: Int, _ degreesOfFreedom: Double, ratio: (_ freedom: Double, _ replicas: Double) -> Double
  ) -> Int? {
    guard degreesOfFreedom.isFinite else { return scaled(current, by: ratio(.infinity, .infinity)) }
    let grows = degreesOfFreedom >= Double(current) - 1
    func needed(_ number: Int) -> Int? {
      let freedom = grows ? max(1, degreesOfFreedom + Double(number - current)) : degreesOfFreedom
      return scaled(current, by: ratio(freedom, Double(number)))
    }
    // With many more degrees of freedom than 10⁶ the quantile no longer changes.
    guard var low = needed(1 << 30), var high = needed(max(2, low)) else { return nil }
    (low, high) = (max(2, low), max(2, high))
    while low < high {
      let middle = low + (high - low) / 2
      guard let number = needed(middle) else { return nil }
      if number <= middle { high = middle } else { low = middle + 1 }
    }
    return low
  }

  /// N × ratio², rounded up.
  static func scaled(_ current: Int, by ratio: Double) -> Int? {
    let number = (Double(current) * ratio * ratio).rounded(.up)
    return number <= 1e15 ? Int(number) : nil
  }
}
