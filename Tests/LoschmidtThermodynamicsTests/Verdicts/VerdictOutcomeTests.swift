import LoschmidtThermodynamics
import Testing

@Suite struct VerdictOutcomeTests {
  static let passed = VerdictOutcome(
    status: .pass, reasons: [.withinMargin(reach: 0.01, margin: 0.05)], pValue: 0.2, estimate: 1,
    trajectoriesToDecide: nil)

  @Test func divergenceLeavesNothingDecided() {
    #expect(Self.passed.afterDivergence(of: 0, trajectories: 10) == Self.passed)
    let outcome = Self.passed.afterDivergence(of: 3, trajectories: 10)
    #expect(outcome.status == .undecided)
    #expect(outcome.reasons == [.diverged(count: 3, trajectories: 10)] + Self.passed.reasons)
    #expect(outcome.estimate == 1)
  }

  @Test func aVerdictCarriesBothPValues() {
    let verdict = Verdict(
      name: "detailed", claim: "detailed: holds", outcome: Self.passed, level: SharedLevel(alpha: 1e-3, tests: 4),
      reason: "within the margin")
    #expect(verdict.pValue == 0.2)
    #expect(verdict.adjustedPValue == 0.8)
    #expect(verdict.status == .pass)
    #expect(verdict.estimate == 1)
  }

  /// An exact value that overflows is no value to compare with; a statistic that does still has its p-value.
  @Test func numbersThatAreNotFiniteAreLeftOut() {
    var outcome = Self.passed
    (outcome.statistic, outcome.expected) = (.infinity, 1)
    let level = SharedLevel(alpha: 1e-3, tests: 1)
    let decided = Verdict(name: "a", claim: "a: c", outcome: outcome, level: level, reason: "because")
    #expect(decided.status == .pass && decided.statistic == nil && decided.reason == "because")
    outcome.expected = .infinity
    let verdict = Verdict(name: "a", claim: "a: c", outcome: outcome, level: level, reason: "because")
    #expect(verdict.status == .undecided && verdict.expected == nil && verdict.estimate == 1)
    #expect(verdict.reason == "what is expected exceeds the range of numbers; because")
  }
}
