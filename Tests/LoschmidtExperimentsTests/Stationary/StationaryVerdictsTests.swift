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
}
