import LoschmidtDynamics
import LoschmidtNumerics

/// Squared residuals of steps, summed over independent trajectories.
///
/// If the steps are drawn from the density, the sum has the law χ². It does not depend on the start, nor on whether a
/// fluctuation theorem holds.
public struct StepResiduals: Sendable, Equatable {
  /// The sum, for Gaussian steps of rᵀΣ⁻¹r with r = θ′ − mean.
  public private(set) var sum = 0.0
  /// Its degrees of freedom.
  public private(set) var degrees = 0.0
  /// The sum of the squares of what rounding of the positions may add to the roots of the terms.
  public private(set) var rounding = 0.0

  /// No steps yet.
  public init() {}

  /// Adds a trajectory.
  public mutating func add(sum: Double, degrees: Int, rounding: Double) {
    self.sum += sum
    self.degrees += Double(degrees)
    self.rounding += rounding
  }

  /// Adds the trajectory of a lane; nothing where the block accumulates no residuals.
  mutating func add(_ block: TrajectoryBlock, lane: Int) {
    guard block.residualDegrees > 0 else { return }
    add(sum: block.residuals[0, lane], degrees: block.residualDegrees, rounding: block.residuals[1, lane])
  }

  /// Adds other trajectories.
  public mutating func append(_ other: StepResiduals) {
    sum += other.sum
    degrees += other.degrees
    rounding += other.rounding
  }

  /// The residuals of a model whose noise covariance is multiplied by a factor, for Gaussian steps.
  public func scaled(byNoise factor: Double) -> StepResiduals {
    precondition(factor > 0, "a covariance is multiplied by a positive factor")
    var scaled = self
    scaled.sum = sum / factor
    scaled.rounding = rounding / factor
    return scaled
  }
}

/// The test of the kernel itself: whether the noise of the steps has the size that the density says.
///
/// A fluctuation theorem cannot see every wrong density: what leaves the law of R symmetric passes. The squared residuals
/// see a wrong covariance at once, by an exact test: their sum is χ², from either side.
public struct KernelTest: Sendable, Equatable {
  /// The sum over its degrees of freedom, which is 1 for the right density.
  public let ratio: Double
  /// The two-sided p-value.
  public let pValue: Double

  /// Tests the residuals; `nil` where there are none, or where rounding of the positions could hide an error of 5 % of them.
  ///
  /// By the inequality of Cauchy and Schwarz rounding changes the sum S by at most E + 2√(ES), E the sum of squares of what
  /// it adds to the roots; by so much S is moved towards its law before its probability is taken.
  public init?(_ residuals: StepResiduals) {
    let (sum, degrees) = (residuals.sum, residuals.degrees)
    guard degrees > 0, !sum.isNaN, !residuals.rounding.isNaN else { return nil }
    ratio = min(sum / degrees, .greatestFiniteMagnitude)
    guard sum.isFinite else {
      pValue = 0
      return
    }
    let allowance = residuals.rounding + 2 * (residuals.rounding * max(sum, degrees)).squareRoot()
    guard allowance <= 0.05 * degrees else { return nil }
    guard
      let upper = try? SpecialFunctions.upperIncompleteGamma(degrees / 2, max(0, sum - allowance) / 2),
      let lower = try? SpecialFunctions.lowerIncompleteGamma(degrees / 2, (sum + allowance) / 2)
    else { preconditionFailure("a finite sum with positive degrees of freedom has tail probabilities") }
    pValue = min(1, 2 * min(upper, lower))
  }

  /// An outcome of a test of R together with that of the kernel, at the same level.
  ///
  /// Where the kernel is rejected, R is not the log-ratio of the probabilities of these paths: a pass says nothing about
  /// them and becomes undecided. It does not fail, since the claim is about R, and so no level is spent. What failed
  /// says so too.
  public static func combine(_ outcome: VerdictOutcome, _ test: KernelTest?, level: Double) -> VerdictOutcome {
    guard let test, test.pValue < level else { return outcome }
    var outcome = outcome
    let reason = VerdictReason.kernelRejected(ratio: test.ratio, pValue: test.pValue, level: level)
    if outcome.status == .fail {
      outcome.reasons.append(reason)
    } else {
      outcome.status = .undecided
      outcome.reasons.insert(reason, at: 0)
      // More trajectories would not make the density another one.
      outcome.trajectoriesToDecide = nil
    }
    return outcome
  }

  /// A pass of a test that has no control of its own: it stands only where the residuals would reject a covariance that is
  /// multiplied, and one that is divided, by a factor.
  ///
  /// - Parameters:
  ///   - outcome: A pass.
  ///   - residuals: Of Gaussian steps; `nil` where there are none.
  ///   - factor: The factor c of the wrong models.
  ///   - trajectories: The number of trajectories that the residuals come from.
  ///   - level: The level of the test of the kernel.
  /// - Returns: The same, or undecided with the larger of the two p-values.
  public static func requirePower(
    _ outcome: VerdictOutcome, _ residuals: StepResiduals?, factor: Double, trajectories: Int, level: Double
  ) -> VerdictOutcome {
    let controls = [factor, 1 / factor].map { c in residuals.flatMap { KernelTest($0.scaled(byNoise: c)) }?.pValue }
    guard !controls.allSatisfy({ $0.map { $0 < level } ?? false }) else { return outcome }
    var outcome = outcome
    outcome.status = .undecided
    outcome.trajectoriesToDecide = nil
    // Without a test the reason why stands there already.
    guard let residuals, let pValue = controls.compactMap(\.self).max(), !controls.contains(nil) else { return outcome }
    outcome.reasons.insert(.kernelControlNotRejected(pValue: pValue, factor: factor), at: 0)
    // The mean of χ²/ν has the standard error √(2/ν); of the two wrong models the one with more noise is less far off.
    outcome.trajectoriesToDecide = RequiredTrajectories.toReject(
      current: trajectories, deviation: 1 - 1 / max(factor, 1 / factor),
      standardError: (2 / residuals.degrees).squareRoot(), level: level)
    return outcome
  }
}
