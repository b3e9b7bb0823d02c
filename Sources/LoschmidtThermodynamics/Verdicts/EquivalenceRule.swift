import LoschmidtNumerics

/// The decision about a number that was measured with an error and has an expected value.
///
/// Fail, where the claim is excluded: p < level. Pass, where the number is equivalent to the expected one:
/// |estimate − expected| + q standard errors ≤ margin, with q of ``RequiredTrajectories/equivalenceQuantile(degreesOfFreedom:)``,
/// 1.645 for many replicas. Undecided otherwise. A claim that is excluded does not pass, however small the deviation; so a
/// claim that holds only to some accuracy says so by its `claim`.
///
/// Replicas of path ratios and of squares are skewed, and their error is small where their mean is: Student's t alone
/// rejects true means of one squared normal number in 4 % of samples of five at the level 0.1 %. So the error of the
/// test is that at the expected value, to first order s₀² = s² + γ s |d| for a deviation d and the skewness γ, which is
/// at least 2√2, that of a squared normal number: no quadratic form of a normal vector has a larger one. In standard
/// errors, t becomes t/√(1 + γ|t|/√N), which is t again for many replicas.
public struct EquivalenceRule: Sendable, Equatable {
  /// What is claimed.
  public enum Claim: Sendable, Equatable {
    /// The expectation is the expected value: p = 2 Q(|d|/SE), Q the tail of Student's t and SE the error at the
    /// expected value.
    case equality
    /// The expectation lies within the margin: p = Q((|d| − margin)/SE) + Q((|d| + margin)/SE), the largest
    /// probability of such a deviation d under the claim.
    case withinMargin
  }

  /// What is claimed.
  public var claim: Claim
  /// The largest deviation that still counts as agreement, in the unit of the estimate.
  public var margin: Double
  /// The level of the test.
  public var level: Double

  /// Creates the rule; the margin is positive and the level lies between 0 and 1.
  public init(claim: Claim = .equality, margin: Double, level: Double) {
    precondition(margin > 0, "equivalence needs a margin")
    precondition(level > 0 && level < 1, "a level lies between 0 and 1")
    self.claim = claim
    self.margin = margin
    self.level = level
  }

  /// Decides.
  ///
  /// - Parameters:
  ///   - estimate: What was measured.
  ///   - expected: What the claim predicts.
  ///   - standardError: Of the estimate; 0 where all replicas agree.
  ///   - trajectories: The number of independent replicas that the error comes from.
  ///   - degreesOfFreedom: Of Student's t: the numbers that the error comes from less one, replicas or groups; below 1
  ///     there is no error. Infinite where the error is known, so that the law is normal.
  ///   - skewness: That of one replica, as measured; what is below 2√2 in size makes no difference.
  ///   - roundingBound: Deviations up to this are arithmetic and count as none.
  /// - Returns: The outcome; undecided without an estimate or an error that are finite.
  public func decide(
    estimate: Double, expected: Double, standardError: Double, trajectories: Int, degreesOfFreedom: Double,
    skewness: Double = 0, roundingBound: Double = 0
  ) -> VerdictOutcome {
    var outcome = VerdictOutcome(
      status: .undecided, reasons: [.noEstimate], expected: expected, estimate: estimate.isFinite ? estimate : nil,
      standardError: standardError.isFinite ? standardError : nil, margin: margin)
    guard estimate.isFinite, expected.isFinite, standardError.isFinite, standardError >= 0, degreesOfFreedom >= 1
    else { return outcome }
    let deviation = max(0, abs(estimate - expected) - roundingBound)
    let skewness = skewness.isFinite ? max(abs(skewness), Self.leastSkewness) : Self.leastSkewness
    let test = (degreesOfFreedom, degreesOfFreedom.isFinite ? skewness / Double(max(1, trajectories)).squareRoot() : 0)
    let pValue = pValue(deviation: deviation, standardError: standardError, test)
    outcome.pValue = pValue
    outcome.statistic = standardError > 0 ? deviation / standardError : nil
    let quantile = RequiredTrajectories.equivalenceQuantile(degreesOfFreedom: degreesOfFreedom)
    let reach = deviation + quantile * standardError
    if pValue < level {
      outcome.status = .fail
      outcome.reasons = [.rejected(pValue: pValue, level: level)]
    } else if reach <= margin {
      outcome.status = .pass
      outcome.reasons = [.withinMargin(reach: reach, margin: margin, degreesOfFreedom: degreesOfFreedom)]
    } else {
      outcome.reasons = [.beyondMargin(reach: reach, margin: margin, degreesOfFreedom: degreesOfFreedom)]
      outcome.trajectoriesToDecide = RequiredTrajectories.toDecide(
        current: trajectories, deviation: deviation, standardError: standardError, margin: margin, level: level,
        degreesOfFreedom: degreesOfFreedom, allowance: claim == .equality ? 0 : margin)
    }
    return outcome
  }

  /// The skewness that replicas are taken to have at least: that of a squared normal number.
  public static let leastSkewness = 8.0.squareRoot()

  /// The p-value of a deviation that is not negative; `test` has the degrees of freedom and γ/√N.
  private func pValue(
    deviation: Double, standardError: Double, _ test: (degreesOfFreedom: Double, skew: Double)
  ) -> Double {
    let allowance = claim == .equality ? 0 : margin
    if standardError == 0 { return deviation > allowance ? 0 : 1 }
    let sum = [deviation - allowance, deviation + allowance].reduce(0) { sum, distance in
      let ratio = distance / standardError
      return sum + Self.tail(ratio / (1 + test.skew * abs(ratio)).squareRoot(), test.degreesOfFreedom)
    }
    return min(1, sum)
  }

  private static func tail(_ x: Double, _ degreesOfFreedom: Double) -> Double {
    do {
      guard degreesOfFreedom.isFinite else { return try TailProbabilities.normalTail(x) }
      return try TailProbabilities.studentTTail(x, degreesOfFreedom: degreesOfFreedom)
    } catch {
      preconditionFailure("a finite deviation over a positive error has a tail probability: \(error)")
    }
  }
}
