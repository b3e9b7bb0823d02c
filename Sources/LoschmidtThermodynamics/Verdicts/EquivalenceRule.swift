import LoschmidtNumerics

/// The decision about a number that was measured with an error and has an expected value.
///
/// Fail, where the claim is excluded: p < level. Pass, where the number is equivalent to the expected one:
/// |estimate − expected| + 1.645 standard errors ≤ margin. Undecided otherwise. A claim that is excluded does not pass,
/// however small the deviation; so a claim that holds only to some accuracy says so by its `claim`.
public struct EquivalenceRule: Sendable, Equatable {
  /// What is claimed.
  public enum Claim: Sendable, Equatable {
    /// The expectation is the expected value: p = 2 Q(|d|/SE).
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
  ///   - degreesOfFreedom: Of Student's t, where the error comes from few numbers; `nil` for a normal law.
  ///   - roundingBound: Deviations up to this are arithmetic and count as none.
  /// - Returns: The outcome; undecided without an estimate or an error that are finite.
  public func decide(
    estimate: Double, expected: Double, standardError: Double, trajectories: Int, degreesOfFreedom: Double? = nil,
    roundingBound: Double = 0
  ) -> VerdictOutcome {
    var outcome = VerdictOutcome(
      status: .undecided, reasons: [.noEstimate], expected: expected, estimate: estimate.isFinite ? estimate : nil,
      standardError: standardError.isFinite ? standardError : nil, margin: margin)
    guard estimate.isFinite, expected.isFinite, standardError.isFinite, standardError >= 0 else { return outcome }
    let deviation = max(0, abs(estimate - expected) - roundingBound)
    let pValue = pValue(deviation: deviation, standardError: standardError, degreesOfFreedom: degreesOfFreedom)
    outcome.pValue = pValue
    outcome.statistic = standardError > 0 ? deviation / standardError : nil
    let reach = deviation + RequiredTrajectories.equivalenceQuantile * standardError
    if pValue < level {
      outcome.status = .fail
      outcome.reasons = [.rejected(pValue: pValue, level: level)]
    } else if reach <= margin {
      outcome.status = .pass
      outcome.reasons = [.withinMargin(reach: reach, margin: margin)]
    } else {
      outcome.reasons = [.beyondMargin(reach: reach, margin: margin)]
      outcome.trajectoriesToDecide = RequiredTrajectories.toDecide(
        current: trajectories, deviation: deviation, standardError: standardError, margin: margin, level: level)
    }
    return outcome
  }

  /// The p-value of a deviation that is not negative.
  private func pValue(deviation: Double, standardError: Double, degreesOfFreedom: Double?) -> Double {
    let allowance = claim == .equality ? 0 : margin
    if standardError == 0 { return deviation > allowance ? 0 : 1 }
    let sum = [deviation - allowance, deviation + allowance].reduce(0) { sum, distance in
      sum + Self.tail(distance / standardError, degreesOfFreedom)
    }
    return min(1, sum)
  }

  private static func tail(_ x: Double, _ degreesOfFreedom: Double?) -> Double {
    do {
      guard let degreesOfFreedom else { return try TailProbabilities.normalTail(x) }
      return try TailProbabilities.studentTTail(x, degreesOfFreedom: degreesOfFreedom)
    } catch {
      preconditionFailure("a finite deviation over a positive error has a tail probability: \(error)")
    }
  }
}
