import LoschmidtNumerics
import LoschmidtTestSupport
import LoschmidtThermodynamics
import Testing

@Suite struct EquivalenceRuleTests {
  static let equality = EquivalenceRule(margin: 0.05, level: 1e-3)
  static let interval = EquivalenceRule(claim: .withinMargin, margin: 0.05, level: 1e-3)

  /// Estimate, standard error, status for equality, status for the interval.
  static let cases: [(Double, Double, VerdictStatus, VerdictStatus)] = [
    (1.01, 0.02, .pass, .pass),
    (1.01, 0.03, .undecided, .undecided),
    // Significantly off, and yet within the margin: only the claim of equality is excluded.
    (1.01, 0.001, .fail, .pass),
    (1.06, 0.02, .undecided, .undecided),
    (1.08, 0.02, .fail, .undecided),
    (0.8, 0.02, .fail, .fail),
    (1, 0, .pass, .pass),
    (1.04, 0, .fail, .pass),
  ]

  @Test(arguments: cases) func threeOutcomes(
    estimate: Double, error: Double, equality: VerdictStatus, interval: VerdictStatus
  ) {
    let outcomes = [Self.equality, Self.interval].map {
      $0.decide(estimate: estimate, expected: 1, standardError: error, trajectories: 100)
    }
    #expect(outcomes.map(\.status) == [equality, interval])
    for outcome in outcomes { #expect((outcome.trajectoriesToDecide != nil) == (outcome.status == .undecided)) }
  }

  @Test func pValues() throws {
    let equal = Self.equality.decide(estimate: 1.06, expected: 1, standardError: 0.02, trajectories: 10)
    #expect(equal.pValue == 2 * (try TailProbabilities.normalTail(abs(1.06 - 1) / 0.02)))
    let within = Self.interval.decide(estimate: 1.06, expected: 1, standardError: 0.02, trajectories: 10)
    let expected = try TailProbabilities.normalTail(0.5) + TailProbabilities.normalTail(5.5)
    // 1.06 − 1 and 0.01/0.02 round: a few ulps of 5.5.
    #expect(abs(try #require(within.pValue) - expected) < 1e-13)
    let few = Self.equality.decide(
      estimate: 1.1, expected: 1, standardError: 0.02, trajectories: 4, degreesOfFreedom: 3)
    #expect(few.status == .undecided)
  }

  @Test func whatCannotBeCompared() {
    for (estimate, error) in [(Double.nan, 0.1), (1, .nan), (1, .infinity), (.infinity, 0.1)] {
      let outcome = Self.equality.decide(estimate: estimate, expected: 1, standardError: error, trajectories: 9)
      #expect(outcome.status == .undecided)
      #expect(outcome.reasons == [.noEstimate])
    }
    let rounded = Self.equality.decide(
      estimate: 1 + 1e-15, expected: 1, standardError: 0, trajectories: 9, roundingBound: 4e-15)
    #expect(rounded.status == .pass)
  }

  @Test("the rate of false failures is the level")
  func level() {
    var random = TestRandom(seed: 61)
    let rule = EquivalenceRule(margin: 5, level: 0.02)
    var calibration = VerdictCalibration()
    for _ in 0..<5000 {
      calibration.add(
        rule.decide(estimate: random.boxMullerNormal(), expected: 0, standardError: 1, trajectories: 1).status)
    }
    #expect(abs(calibration.share(of: .fail) - 0.02) < 5 * (0.02 * 0.98 / 5000).squareRoot())
  }
}
