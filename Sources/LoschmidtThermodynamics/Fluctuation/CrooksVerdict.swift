/// The verdict on Crooks' theorem from pooled forward and backward work.
public struct CrooksVerdict: Sendable, Equatable {
  /// The overlap from which on the test is made.
  public static let requiredOverlap = 25.0

  /// The decision; its estimate is the slope b.
  public let outcome: VerdictOutcome

  /// Decides.
  ///
  /// Undecided with an overlap below 25, and where b is far from 1 though the test does not exclude 1: then b has no error.
  /// Fail where the score test of b = 1, jointly with ΔF where that is known, has p < level. Pass where |b − 1| + 1.645 standard errors ≤ margin, and, with ΔF known, also
  /// |ΔF_BAR − ΔF|/T + 1.645 standard errors ≤ margin. Work that is the same on every path is decided by its value.
  ///
  /// - Parameters:
  ///   - pairs: The pooled values.
  ///   - freeEnergy: ΔF, where it is known exactly.
  ///   - level: The level of this test, after sharing.
  ///   - margin: The largest deviation that a pass allows, of b and of ΔF/T.
  ///   - roundingBound: Of W, in its units: a smaller spread of all values is none.
  public init(
    _ pairs: ForwardBackwardPairs, freeEnergy: Double? = nil, level: Double, margin: Double = 0.05,
    roundingBound: Double = 0
  ) {
    precondition(level > 0 && level < 1, "a level lies between 0 and 1")
    precondition(margin > 0, "equivalence needs a margin")
    var outcome = VerdictOutcome(
      status: .undecided, reasons: [.noEstimate], expected: 1, estimate: pairs.slope,
      standardError: pairs.slopeStandardError, margin: margin)
    if pairs.spread <= roundingBound {
      let deviation = freeEnergy.map { abs(pairs.freeEnergy - $0) } ?? 0
      // Bennett's root carries a few ulps of its own.
      let isEqual = deviation <= roundingBound + 8 * max(pairs.freeEnergy.ulp, pairs.temperature.ulp)
      outcome.status = isEqual ? .pass : .fail
      outcome.reasons = isEqual ? [.constantWork] : [.rejected(pValue: 0, level: level)]
      outcome.pValue = isEqual ? nil : 0
      self.outcome = outcome
      return
    }
    let test = freeEnergy.map { pairs.jointTest(freeEnergy: $0) } ?? pairs.slopeTest
    if let test { (outcome.statistic, outcome.pValue) = (test.statistic, test.pValue) }
    Self.decide(&outcome, pairs, freeEnergy, level: level, margin: margin)
    self.outcome = outcome
  }

  private static func decide(
    _ outcome: inout VerdictOutcome, _ pairs: ForwardBackwardPairs, _ freeEnergy: Double?, level: Double,
    margin: Double
  ) {
    let count = min(pairs.forwardCount, pairs.backwardCount)
    guard pairs.overlap >= requiredOverlap else {
      outcome.reasons = [.littleOverlap(expected: pairs.overlap, required: requiredOverlap)]
      outcome.trajectoriesToDecide = RequiredTrajectories.scaled(
        count, by: (requiredOverlap / pairs.overlap).squareRoot())
      return
    }
    guard let pValue = outcome.pValue, let error = outcome.standardError else {
      if pairs.deviation < littleSpread { outcome.reasons = [littleSpread(pairs, freeEnergy, nil)] }
      return
    }
    if pValue < level {
      outcome.status = .fail
      outcome.reasons = [.rejected(pValue: pValue, level: level)]
      return
    }
    guard let slope = outcome.estimate else { return }
    if abs(slope - 1) > farOff * error {
      // Between the two the likelihood is no parabola, as where the directions overlap in a part of their works only.
      outcome.standardError = nil
      outcome.reasons = [.slopeWithoutError(slope: slope, pValue: pValue)]
      return
    }
    var deviations = [(abs(slope - 1), error)]
    if let freeEnergy {
      let scale = pairs.temperature
      deviations.append((abs(pairs.freeEnergy - freeEnergy) / scale, pairs.freeEnergyStandardError / scale))
    }
    let reach = deviations.map { $0.0 + RequiredTrajectories.equivalenceQuantile(degreesOfFreedom: .infinity) * $0.1 }
      .reduce(0, max)
    if reach <= margin {
      outcome.status = .pass
      outcome.reasons = [.withinMargin(reach: reach, margin: margin)]
      return
    }
    outcome.reasons = [.beyondMargin(reach: reach, margin: margin)]
    let numbers = deviations.map {
      RequiredTrajectories.toDecide(
        current: count, deviation: $0.0, standardError: $0.1, margin: margin, level: level)
    }
    if !numbers.contains(nil) { outcome.trajectoriesToDecide = numbers.compactMap(\.self).max() }
    if pairs.deviation < littleSpread {
      outcome.reasons = [littleSpread(pairs, freeEnergy, outcome.trajectoriesToDecide)]
      outcome.trajectoriesToDecide = nil
    }
  }

  /// A slope so many standard errors from 1 excludes 1 where the error means anything: the chance is 2·10⁻⁹.
  private static let farOff = 6.0

  /// A standard deviation of W/T below which the slope needs more than about a million trajectories: its error is
  /// 2/(deviation √(2N)), of which 2 × 1.645 must fit into a margin of 0.05.
  private static let littleSpread = 0.1

  private static func littleSpread(
    _ pairs: ForwardBackwardPairs, _ freeEnergy: Double?, _ number: Int?
  ) -> VerdictReason {
    .littleSpread(
      deviation: pairs.deviation, trajectories: number, freeEnergy: pairs.freeEnergy,
      standardError: pairs.freeEnergyStandardError, expected: freeEnergy)
  }
}
