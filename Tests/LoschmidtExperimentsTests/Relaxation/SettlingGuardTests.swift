import LoschmidtNumerics
import LoschmidtThermodynamics
import Testing

@testable import LoschmidtExperiments

@Suite struct SettlingGuardTests {
  private let rule = EquivalenceRule(claim: .withinMargin, margin: 0.05, level: 0.01)

  private func decide(_ estimate: Double, motion: Uncertain, change: Uncertain) -> VerdictOutcome {
    func again(_ allowance: Double) -> VerdictOutcome {
      rule.decide(
        estimate: estimate, expected: 0, standardError: 0.01, trajectories: 1000, degreesOfFreedom: 999,
        roundingBound: allowance)
    }
    return SettlingGuard(motion: motion, change: change, count: 1000, level: 0.01).honoured(again(0), again: again)
  }

  private let small = Uncertain(value: 0.001, error: 0.01)

  /// A charge that moves as its drift says has not settled.
  @Test func aMovingChargeDecidesNothing() {
    let outcome = decide(0.9, motion: Uncertain(value: 0.9, error: 0.02), change: small)
    #expect(outcome.status == .undecided)
    #expect(outcome.reasons.first == .notSettled(motion: 0.9, standardError: 0.02))
    #expect(outcome.sentence.hasPrefix("not settled: the charge still moves"))
  }

  /// One whose motion has so large an error that the drift fits into it may not have settled.
  @Test func aMotionWithALargeErrorDecidesNothing() {
    let outcome = decide(0.9, motion: Uncertain(value: 0.3, error: 0.4), change: small)
    #expect(outcome.status == .undecided)
    // The quantile is t of 999 degrees of freedom at 0.005 (scipy.stats.t.isf(0.005, 999) = 2.580760).
    guard case .motionPossible(let explained) = outcome.reasons[0] else {
      Issue.record("\(outcome.reasons)")
      return
    }
    #expect(abs(explained - (0.301 + 2.580760 * 0.41)) < 1e-5)
  }

  /// A drift that grew since the middle is no contradiction to a charge that did not move.
  @Test func aDriftThatChangesDecidesNothing() {
    let outcome = decide(0.9, motion: small, change: Uncertain(value: 0.85, error: 0.02))
    #expect(outcome.status == .undecided)
  }

  /// The control: a drift that is there all the time, and a charge that stays where it is, contradict each other.
  @Test func aSettledChargeWithADriftFails() {
    #expect(decide(0.9, motion: small, change: small).status == .fail)
  }

  @Test func withoutAnErrorOfTheMotionNothingFails() {
    let outcome = decide(0.9, motion: Uncertain(value: 0, error: .nan), change: small)
    #expect(outcome.status == .undecided && outcome.sentence.hasPrefix("how far the charge still moves has no error"))
    #expect(decide(0.001, motion: Uncertain(value: 0, error: .nan), change: small).status == .pass)
  }

  /// (2 ± 0.1)/(4 ± 0.4) with errors that may be of one sign: 0.5 ± (0.1 + 0.5 · 0.4)/4.
  @Test func errorsAddBySize() {
    let ratio = Uncertain(value: 2, error: 0.1) / Uncertain(value: 4, error: 0.4)
    #expect(ratio.value == 0.5 && abs(ratio.error - 0.075) < 1e-15)
    #expect((ratio * -2).error == 2 * ratio.error && (ratio + ratio).value == 1)
  }
}
