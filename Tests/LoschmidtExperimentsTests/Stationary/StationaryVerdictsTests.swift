import Foundation
import LoschmidtReports
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

  /// Two samples whose factors 1 − ηa² are 1 − η/2 and 1 − 2.4η.
  ///
  /// At η = 1 E m² = 1.105 and κ = 1.467, at η = 0.93 E m² = 0.902 and E m⁴ = 1.193. Mean and variance are those of the
  /// recursion, written out.
  static func heavySteps(learningRate: String) -> String {
    """
    parameters: {w: "normal(0, 1)"}
    loss: 0.5*(a*w - y)^2
    data: {a: [0.7071067811865476, 1.5491933384829668], y: [1.0, -0.5]}
    gradient: {minibatch: {size: 1, sampling: with-replacement}}
    algorithm: {gradient-descent: {learning-rate: \(learningRate)}}
    """
  }

  private func heavy(_ learningRate: String, seed: UInt64 = 18) throws -> ExperimentResult {
    let settings = "{burn-in: 400, steps: 400, trajectories: 4000, observables: {w: w, square: w^2, bounded: tanh(w)}}"
    var scenario = try good(
      scenario(process: Self.heavySteps(learningRate: learningRate), experiment: "stationary: " + settings))
    scenario.seed = seed
    let result = try Run(scenario, bytes: []).result()
    try result.validate()
    return result.experiments[0]
  }

  private func cells(_ result: ExperimentResult, _ row: Int) -> [Double?] {
    result.tables[0].table.rows[row].dropFirst().map { cell in if case .real(let value) = cell { value } else { nil } }
  }

  @Test func aStateWithoutVarianceIsStationaryAllTheSame() throws {
    let result = try heavy("1")
    let (w, square, bounded) = (cells(result, 0), cells(result, 1), cells(result, 2))
    #expect(w[0] != nil && w[1] == nil && w[2] == nil && w[3] == nil && w[5] == nil)
    // −0.0232724: the minimum of the mean loss, as κ > 1.
    let mean = try #require(w[4])
    #expect(abs(mean + 0.0232724) <= 5e-8)
    #expect(square[0..<6].allSatisfy { $0 == nil })
    #expect(bounded[0..<4].allSatisfy { $0 != nil })
    #expect(result.figures[0].value.value == nil)
    #expect(result.verdicts.map(\.name) == ["stationary", "mean.w"])
    for verdict in result.verdicts {
      #expect(verdict.status == .undecided && verdict.reason.contains("the stationary law of θ has no variance"))
      #expect(verdict.reason.contains("1.467") && !verdict.reason.contains("no stationary state"))
    }
  }

  @Test func aVarianceWithoutErrorIsUndecided() throws {
    let result = try heavy("0.93")
    let (w, square) = (cells(result, 0), cells(result, 1))
    #expect(w[0..<3].allSatisfy { $0 != nil } && w[3] == nil)
    let (mean, variance) = (try #require(w[4]), try #require(w[5]))
    #expect(abs(mean + 0.02327238) <= 5e-9 && abs(variance - 4.56032324) <= 5e-9)
    #expect(square[0] != nil && square[1] == nil && square[2] == nil)
    #expect(result.figures[0].value.value != nil && result.figures[0].value.standardError == nil)
    let undecided = result.verdicts.filter { $0.status == .undecided }
    #expect(undecided.map(\.name) == ["stationary", "variance.w", "mean.square", "covariance"])
    #expect(undecided.allSatisfy { $0.reason.contains("no moment of order 4") && $0.reason.contains("2.92") })
    // The control: with a step that keeps all moments the same numbers have errors, and are decided.
    let light = try heavy("0.4")
    #expect(light.verdicts.allSatisfy { $0.status == .pass }, "\(light.verdicts.map(\.reason))")
  }

  @Test func noLawIsSaidWhereThereIsNone() throws {
    let process = Self.heavySteps(learningRate: "3")
    let all = try verdicts(process, "{burn-in: 20, steps: 20, trajectories: 40, observables: {w: w}}")
    #expect(all.count == 1 && all[0].reason.contains("there is no stationary state"))
    #expect(all[0].status == .undecided)
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
