import Foundation
import LoschmidtNumerics
import LoschmidtThermodynamics
import Testing

@testable import LoschmidtExperiments

@Suite struct StationarityGuardTests {
  private let rule = EquivalenceRule(margin: 0.05, level: 1e-3)

  private func decide(_ estimate: Double, _ error: Double) -> (Double, Double) -> VerdictOutcome {
    { shift, allowance in
      rule.decide(
        estimate: estimate, expected: 1 + shift, standardError: error, trajectories: 1000, degreesOfFreedom: 999,
        roundingBound: allowance)
    }
  }

  private func outcome(
    _ estimate: Double, _ error: Double, change: Moments = Moments(), _ relaxation: StationarityGuard.Relaxation,
    burnIn: Int = 0, steps: Int = 100
  ) throws -> VerdictOutcome {
    var ensemble = try #require(
      try good(scenario(process: quadraticWell, experiment: "stationary: {trajectories: 9, steps: 1}"))
        .experiments[0].settings as? StationarySettings
    ).ensemble
    (ensemble.burnIn, ensemble.steps) = (burnIn, steps)
    let guardian = StationarityGuard(change: change, relaxation: relaxation, ensemble: ensemble, level: 1e-3)
    let again = decide(estimate, error)
    return guardian.honoured(again(0, 0), again: again)
  }

  /// Replicas with a mean and a standard error.
  private func moments(_ mean: Double, _ error: Double) -> Moments {
    Moments((0..<1000).map { mean + error * 999.0.squareRoot() * ($0 % 2 == 0 ? 1 : -1) })
  }

  @Test("with an exact bias a fail stands only beside it, and a pass only with it")
  func exactBias() throws {
    #expect(try outcome(1.2, 0.01, .exact(bias: 0)).status == .fail)
    let explained = try outcome(1.2, 0.01, .exact(bias: 0.2))
    #expect(explained.status == .undecided && explained.reasons.first == .startRemembered(bias: 0.2))
    #expect(try outcome(1.2, 0.01, .exact(bias: 0.01)).status == .fail)
    #expect(try outcome(1, 0.01, .exact(bias: 0.001)).status == .pass)
    #expect(try outcome(1, 0.01, .exact(bias: 0.1)).status == .undecided)
  }

  @Test("halves that differ decide nothing")
  func halves() throws {
    for estimate in [1, 1.5] {
      let found = try outcome(estimate, 0.01, change: moments(0.2, 0.01), .unknown)
      #expect(found.status == .undecided && found.trajectoriesToDecide == nil)
      guard case .notStationary = found.reasons.first else {
        Issue.record("\(found.reasons)")
        continue
      }
    }
  }

  @Test("a slow change within the errors of the halves may explain a deviation")
  func slowChanges() throws {
    // A mode that needs all steps: (1 + e^−½)/(2(1 − e^−½)) = 2.0415; 2.04 × 3.3 × 0.02 = 0.135.
    #expect(try outcome(1.1, 0.01, change: moments(0, 0.02), .unknown).status == .undecided)
    #expect(try outcome(1.3, 0.01, change: moments(0, 0.02), .unknown).status == .fail)
    // With a mode that is known to decay within the steps half of that is left: 0.5 × 0.066.
    #expect(try outcome(1.1, 0.01, change: moments(0, 0.02), .factor(0.5)).status == .fail)
    #expect(try outcome(1.05, 0.005, change: moments(0, 0.02), .factor(0.5)).status == .undecided)
    // After 100 halvings no start is left.
    #expect(try outcome(1.05, 0.005, change: moments(0, 0.02), .factor(0.5), burnIn: 100).status == .fail)
    // A single step has no halves.
    #expect(try outcome(1.3, 0.01, .unknown).status == .undecided)
  }

  @Test func adviceDependsOnWhetherItSettles() {
    #expect(StationarityGuard.advice(settles: true) == "a longer 'burn-in' is needed")
    #expect(StationarityGuard.advice(settles: false).contains("only if the state settles"))
  }

  @Test("the factor of the slowest mode")
  func relaxationFactor() throws {
    // Curvatures 1 and 2 with η = 0.1: 0.9 of the mean is the slowest, and 0.81 of second moments its square.
    let plan = try #require(
      try good(scenario(process: quadraticWell, experiment: "stationary: {trajectories: 9, steps: 1}"))
        .experiments[0].settings.experiment(
          on: good(scenario(process: quadraticWell, experiment: "stationary: {trajectories: 9, steps: 1}")).process)
        as? StationaryExperiment
    ).plan
    #expect(abs(try #require(plan.relaxationFactor(step: 0)) - 0.9) < 1e-14)
  }
}
