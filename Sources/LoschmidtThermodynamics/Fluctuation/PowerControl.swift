import LoschmidtNumerics

/// The controls of a test of R: the same test on the same paths with the noise covariance in both densities multiplied,
/// and divided, by a factor c; both must be rejected.
///
/// A wrong covariance leaves the boundary term alone, R′ = boundary + bulk/c. Where even this error is not found, a
/// pass of the right density says nothing.
public enum PowerControl {
  /// R′ = boundary + bulk/c of each path.
  ///
  /// - Parameters:
  ///   - boundary: ln p₀(x₀)/q(x_n) of each path.
  ///   - bulk: The sum of the steps' ln K/K reversed, for Gaussian steps proportional to 1/covariance.
  ///   - factor: c, positive.
  /// - Returns: R′ of each path.
  public static func values(boundary: [Double], bulk: [Double], factor: Double) -> [Double] {
    precondition(boundary.count == bulk.count, "every path has a boundary term and a bulk term")
    precondition(factor > 0, "a covariance is multiplied by a positive factor")
    return zip(boundary, bulk).map { $0 + $1 / factor }
  }

  /// The outcome of a test together with its controls: a pass stands only where every one of them fails.
  ///
  /// A noise that is too large needs the control with a smaller one, and the other way round: only with both is a pass
  /// of a wrong model stopped by the right one, which is then a control and is not rejected.
  public static func combine(_ test: SignTest, controls: [SignTest]) -> VerdictOutcome {
    guard test.status == .pass, let control = controls.first(where: { $0.status != .fail }) else { return test.outcome }
    var outcome = test.outcome
    outcome.status = .undecided
    outcome.reasons.insert(.controlNotRejected(pValue: control.pValue, level: test.level), at: 0)
    outcome.trajectoriesToDecide = nil
    let numbers = controls.filter { $0.status != .fail }.map(Self.trajectoriesToReject)
    if !numbers.contains(nil) { outcome.trajectoriesToDecide = numbers.compactMap(\.self).max() }
    return outcome
  }

  /// The outcome of the average of e^−R together with its controls: a pass stands only where every one of them would be
  /// refused, by its distance from 1 at the level and by the rule of equivalence.
  ///
  /// Where R is small on every path, e^−R is near 1 for any density, and a pass says nothing.
  public static func combine(
    _ outcome: VerdictOutcome, controls: [ExponentialAverage], level: Double, margin: Double
  ) -> VerdictOutcome {
    guard outcome.status == .pass, let control = controls.first(where: { !$0.isToldFromOne(level, margin) }) else {
      return outcome
    }
    var outcome = outcome
    outcome.status = .undecided
    let error = control.standardError.isFinite ? control.standardError : 0
    outcome.reasons = [.controlPasses(estimate: control.mean, standardError: error)]
    return outcome
  }

  private static func trajectoriesToReject(_ control: SignTest) -> Int? {
    guard let slope = control.slope, let error = control.slopeStandardError else { return nil }
    let number = RequiredTrajectories.toReject(
      current: control.trajectories, deviation: slope - 1, standardError: error, level: control.level)
    return number.map { $0 > control.trajectories ? $0 : 2 * control.trajectories }
  }
}

extension ExponentialAverage {
  /// Whether the mean differs from 1 at a level, and by too much for the rule of equivalence.
  fileprivate func isToldFromOne(_ level: Double, _ margin: Double) -> Bool {
    let deviation = abs(mean - 1)
    let reach = RequiredTrajectories.equivalenceQuantile(degreesOfFreedom: Double(max(1, count - 1)))
    guard standardError.isFinite, deviation + reach * standardError > margin,
      let quantile = try? TailProbabilities.normalTailQuantile(level / 2)
    else { return false }
    return deviation > quantile * standardError
  }
}
