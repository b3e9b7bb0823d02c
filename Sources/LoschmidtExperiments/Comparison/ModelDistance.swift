import LoschmidtNumerics
import LoschmidtThermodynamics

/// How far the points of a noise model are from those of the reference, and whether both are of one law.
struct ModelDistance {
  /// The energy distance.
  let energy: EnergyDistance
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
    self.energy = energy
    self.level = level
    // The smallest p-value is an eighth of the level, or less.
    var bits = 17
    while bits < 24, 8 / level > Double(1 << bits) { bits += 1 }
    pValue = energy.swapTest(seed: seed, bits: bits)
  }

  /// Whether the two can be told apart: a pass, or undecided.
  var outcome: VerdictOutcome {
    let isDifferent = pValue < level
    var outcome = VerdictOutcome(
      status: isDifferent ? .pass : .undecided,
      reasons: [
        isDifferent ? .differs(pValue: pValue, level: level) : .notFoundToDiffer(pValue: pValue, level: level)
      ], pValue: pValue, expected: 0, estimate: energy.value, standardError: energy.standardError)
    if !isDifferent, energy.value > 0 {
      let count = min(energy.first, energy.second)
      let number = RequiredTrajectories.toReject(
        current: count, deviation: energy.value, standardError: energy.standardError, level: level)
      // More points than are compared would not help.
      outcome.trajectoriesToDecide = number.map { $0 > count ? $0 : 2 * count }.flatMap {
        $0 <= NoiseComparisonExperiment.pointLimit ? $0 : nil
      }
    }
    return outcome
  }
}
