import LoschmidtNumerics
import LoschmidtThermodynamics

/// How far the points of a noise model are from those of the reference, and whether both are of one law.
struct ModelDistance {
  /// What is left of the energy distance once its matrix is gone: that has (n + m)² numbers.
  struct Energy {
    let value, standardError, wholeError, spread, rounding: Double
    let first, second: Int

    fileprivate init(_ distance: EnergyDistance) {
      (value, standardError, wholeError) = (distance.value, distance.standardError, distance.wholeError)
      (spread, rounding) = (distance.spread, distance.rounding)
      (first, second) = (distance.first, distance.second)
    }
  }

  /// The energy distance.
  let energy: Energy
  /// The p-value of the claim that both are of one law, exact for any law.
  let pValue: Double
  private let level: Double

  /// Compares points; `nil` with fewer than two of one kind, or where a distance is not finite.
  ///
  /// - Parameters:
  ///   - points: Independent points of the model.
  ///   - reference: Independent points of the reference.
  ///   - level: The level of the test.
  ///   - seed: Of the relabellings.
  init?(_ points: [[Double]], _ reference: [[Double]], level: Double, seed: UInt64) {
    guard points.count > 1, reference.count > 1, let energy = EnergyDistance(points, reference) else { return nil }
    self.energy = Energy(energy)
    self.level = level
    // The smallest p-value is an eighth of the level, or less.
    var bits = 17
    while bits < 24, 8 / level > Double(1 << bits) { bits += 1 }
    pValue = energy.swapTest(seed: seed, bits: bits)
  }

  /// Whether both are of one law: a fail where they are told apart; a pass where the energy distance, its error included, is
  /// within margin² times the spread of the reference, and `moments` are within the margin; else undecided.
  ///
  /// √(E/E|Y − Y′|) is about half of the relative change of a scale and 0.7 of a shift in standard deviations, so that the
  /// bound is blind to a covariance that is wrong by less than about four margins; `moments` see that.
  func outcome(margin: Double, moments: MomentAgreement) -> VerdictOutcome {
    let bound = margin * margin * energy.spread
    var outcome = VerdictOutcome(
      status: .undecided, reasons: [.notFoundToDiffer(pValue: pValue, level: level)], pValue: pValue, expected: 0,
      estimate: energy.value, standardError: energy.wholeError, margin: bound > 0 ? bound : nil)
    if pValue < level {
      outcome.status = .fail
      outcome.reasons = [.differs(pValue: pValue, level: level)]
      return outcome
    }
    let count = min(energy.first, energy.second)
    let quantile = MomentAgreement.quantile(degreesOfFreedom: count - 1)
    // A negative estimate is chance, and makes no distance smaller than 0.
    let reach = max(0, energy.value) + quantile * energy.wholeError
    if let reason = moments.obstacle(margin: margin) { outcome.reasons.append(reason) }
    if !(reach <= bound + energy.rounding) {
      outcome.reasons.append(.beyondSpread(reach: reach, bound: bound))
    }
    guard outcome.reasons.count == 1 else {
      outcome.trajectoriesToDecide = required(
        count, errors: 2 * quantile * energy.wholeError / bound, moments.required(margin: margin))
      return outcome
    }
    outcome.status = .pass
    outcome.reasons = [.oneLaw(reach: reach, bound: bound)]
    return outcome
  }

  /// How many points would do, where no more than are compared: of one law the error falls as 1/N.
  private func required(_ count: Int, errors: Double, _ moments: Int?) -> Int? {
    guard errors.isFinite, let moments else { return nil }
    let points = (Double(count) * errors).rounded(.up)
    guard points <= Double(NoiseComparisonExperiment.pointLimit) else { return nil }
    let number = max(Int(points), moments)
    return number > count ? number : 2 * count
  }
}
