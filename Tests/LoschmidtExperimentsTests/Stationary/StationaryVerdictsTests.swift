import Foundation
import LoschmidtThermodynamics
import Testing

@testable import LoschmidtExperiments

@Suite struct StationaryVerdictsTests {
  private func verdicts(_ process: String, _ settings: String) throws -> [Verdict] {
    try Run(try good(scenario(process: process, experiment: "stationary: " + settings)), bytes: []).result()
      .experiments[0].verdicts
  }

  @Test func marginsAreRelativeToTheExactValues() throws {
    let verdicts = try verdicts(
      quadraticWell, "{trajectories: 40, steps: 100, burn-in: 50, margin: 0.2, observables: {m: u + 5}}")
    #expect(verdicts.map(\.name) == ["stationary", "mean.m", "variance.m", "covariance"])
    // Var u = T/(h (1 − ηh/2)), as in the tests of the exact values.
    let (u, w) = (0.1 / 0.95, 0.1 / 1.8)
    let expected = [0.2, 0.2 * u.squareRoot(), 0.2 * u, 0.2 * (u + w)]
    for (verdict, margin) in zip(verdicts, expected) {
      #expect(abs(try #require(verdict.margin) - margin) < 1e-13)
      #expect(verdict.claim.hasPrefix(verdict.name + ": "))
      // Each uses a quarter of α.
      if let p = verdict.pValue { #expect(verdict.adjustedPValue == min(1, 4 * p)) }
    }
    #expect(abs(try #require(verdicts[1].expected) - 5) < 1e-13)
  }

  @Test func theErrorOfAVarianceIsThatOfTheExpectedOne() {
    #expect(StationaryVerdicts.atLeast(0.5, of: 2, at: 4) == 1)
    #expect(StationaryVerdicts.atLeast(0.5, of: 4, at: 2) == 0.5)
    #expect(StationaryVerdicts.atLeast(0, of: 0, at: 2) == 0)
    #expect(StationaryVerdicts.atLeast(.nan, of: .nan, at: 2).isNaN)
  }

  @Test func aConstantObservablePasses() throws {
    let verdicts = try verdicts(quadraticWell, "{trajectories: 40, steps: 100, observables: {c: 0*u + 3}}")
    #expect(verdicts[1].status == .pass && verdicts[1].estimate == 3)
    #expect(verdicts[2].status == .pass)
  }

  @Test func withDivergedTrajectoriesNothingIsDecided() throws {
    // A quartic well with long steps: some trajectories leave, some stay.
    let process = """
      parameters: {u: "normal(0, 1)"}
      loss: 0.25*u^4
      algorithm: {gradient-descent: {learning-rate: 0.7}}
      temperature: 0.05
      """
    let verdicts = try verdicts(process, "{trajectories: 200, steps: 20, observables: {m: u}}")
    #expect(verdicts.map(\.status) == [.undecided])
    #expect(verdicts[0].reason.contains("of 200 trajectories diverged"))
  }

  /// How often a true variance is rejected where its error comes from few numbers, 40 replicas of one step each.
  @Test(.enabled(if: ProcessInfo.processInfo.environment["LOSCHMIDT_LONG_TESTS"] == "1"))
  func falseAlarmsKeepTheirLevel() throws {
    let settings = "{trajectories: 40, steps: 1, burn-in: 60, alpha: 0.04, observables: {m: u + w}}"
    var failures: [String: Int] = [:]
    var scenario = try good(scenario(process: quadraticWell, experiment: "stationary: " + settings))
    for seed in 0..<1000 {
      scenario.seed = UInt64(seed)
      for verdict in try Run(scenario, bytes: []).result().experiments[0].verdicts where verdict.status == .fail {
        failures[verdict.name, default: 0] += 1
      }
    }
    // Four verdicts with a level of 0.01 each: ten of a thousand, and at most 30 but for a probability of 1e-7; with the
    // measured error alone the variance is rejected about 40 times.
    for (name, count) in failures { #expect(count <= 30, "\(name): \(count)") }
  }
}
