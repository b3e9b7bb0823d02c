/// The control of a detailed test: the same test on the same paths with the noise covariance in both densities
/// multiplied by a factor c, which must be rejected.
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

  /// The outcome of a test together with its control: a pass stands only where the control fails.
  public static func combine(_ test: SignTest, control: SignTest) -> VerdictOutcome {
    guard test.status == .pass, control.status != .fail else { return test.outcome }
    var outcome = test.outcome
    outcome.status = .undecided
    outcome.reasons.insert(.controlNotRejected(pValue: control.pValue), at: 0)
    outcome.trajectoriesToDecide = nil
    if let slope = control.slope, let error = control.slopeStandardError {
      let number = RequiredTrajectories.toReject(
        current: control.trajectories, deviation: slope - 1, standardError: error, level: control.level)
      outcome.trajectoriesToDecide = number.map { $0 > control.trajectories ? $0 : 2 * control.trajectories }
    }
    return outcome
  }
}
