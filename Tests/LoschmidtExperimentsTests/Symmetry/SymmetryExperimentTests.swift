import Foundation
import LoschmidtReports
import LoschmidtThermodynamics
import Testing

@testable import LoschmidtExperiments

/// Runs `symmetry` with these generators.
func symmetryResult(
  _ generators: String, process: String = rescalingProcess, more: String = "", threads: Int = 1
) throws -> ExperimentResult {
  let result = try Run(
    try good(symmetryScenario(generators, process: process, more: more)), bytes: [], threads: threads
  ).result()
  try result.validate()
  return result.experiments[0]
}

extension ExperimentResult {
  /// A figure by its name.
  func found(_ name: String) -> FigureValue? { figures.first { $0.name == name }?.value }
  /// A verdict by its name.
  func decided(_ name: String) -> Verdict? { verdicts.first { $0.name == name } }
}

@Suite struct SymmetryExperimentTests {
  private let rescaling = "{rescaling: {u: u*exp(s), w: w*exp(-s)}}"

  @Test func everyFigureAndVerdictOfTheFormat() throws {
    let result = try symmetryResult(rescaling, more: "\n      trajectories: 400\n      steps: 20")
    #expect(
      result.figures.map(\.name) == [
        "invariance.rescaling", "isometry.rescaling", "orbit-derivative.rescaling", "orbit-derivative.exact.rescaling",
        "balanced.rescaling", "balanced-residual.rescaling", "charge-drift.rescaling", "charge-drift.exact.rescaling",
        "charge-violation.rescaling",
      ])
    #expect(result.verdicts.map(\.name) == ["invariance.rescaling", "emergent-force.rescaling", "charge.rescaling"])
    #expect(result.verdicts.allSatisfy { $0.status == .pass && $0.claim.hasPrefix($0.name + ": ") })
    // By hand: E gᵀKg = (w² − u²) mean(r²x²), and dφ/ds = −(η/2) of it.
    var mean = 0.0
    for (x, y) in [(1, 0.8), (-0.5, -0.1), (2, 1.7), (0.3, 0.4)] {
      let r = 1.3 * 0.4 * x - y
      mean += r * r * x * x / 4
    }
    let balance = (0.16 - 1.69) * mean
    func value(_ name: String) throws -> Double { try #require(result.found("\(name).rescaling")?.value) }
    #expect(abs(try value("orbit-derivative") / (-0.025 * balance) - 1) < 1e-13)
    #expect(abs(try value("orbit-derivative.exact") / (-0.025 * balance) - 1) < 1e-13)
    #expect(abs(try value("charge-drift.exact") / (0.0025 * balance) - 1) < 1e-13)
    #expect(try value("isometry") == 8.squareRoot())
    #expect(abs(try value("balanced") - 0.5 * log(0.4 / 1.3)) < 3e-7)
    let drift = try #require(result.found("charge-drift.rescaling"))
    let error = try #require(drift.standardError)
    let distance = try value("charge-drift") - 0.0025 * balance
    #expect(!drift.exact && abs(distance) < 5 * error)
    #expect(
      result.remarks.count == 1 && result.remarks[0].contains("falls towards s < 0; it is smallest at s = -0.589"))
  }

  @Test func threadsChangeNothing() throws {
    func run(_ threads: Int) throws -> ExperimentResult {
      try symmetryResult(rescaling, more: "\n      trajectories: 200\n      steps: 10", threads: threads)
    }
    let (one, three) = (try run(1), try run(3))
    #expect(one.figures.map(\.value) == three.figures.map(\.value) && one.verdicts == three.verdicts)
    #expect(one.tables.map(\.table) == three.tables.map(\.table))
  }

  @Test func severalPointsHaveEnsemblesOfTheirOwn() throws {
    let result = try symmetryResult(rescaling, more: "\n      points: [{}, {}, {u: 2}]\n      steps: 2")
    #expect(
      result.verdicts.map(\.name).suffix(3) == [
        "invariance.rescaling[2]", "emergent-force.rescaling[2]", "charge.rescaling[2]",
      ])
    let drifts = (0..<3).map { result.found("charge-drift.rescaling[\($0)]")?.value }
    // The same point with other random numbers.
    #expect(drifts[0] != drifts[1])
    #expect(result.found("orbit-derivative.rescaling[0]") == result.found("orbit-derivative.rescaling[1]"))
    let starts = result.tables[1].table.rows.map { $0[2] }
    #expect(starts.count == 3 && starts[2] == .real(4 - 0.4 * 0.4))
  }

  @Test func thermalNoiseAndWhatHasNoCharge() throws {
    let warm = try symmetryResult(rescaling, process: rescalingProcess + "\ntemperature: 0.1")
    #expect(warm.verdicts.map(\.name) == ["invariance.rescaling", "emergent-force.rescaling"])
    for name in ["charge-drift", "charge-drift.exact", "charge-violation"] {
      #expect(warm.found("\(name).rescaling")?.reason?.contains("thermal noise moves the charge") == true)
    }
    #expect(warm.tables.map(\.name) == ["invariance"])
    let circle = """
      parameters: {x: 1.2, y: -0.7}
      loss: (x^2 + y^2 - 1)^2
      algorithm: {gradient-descent: {learning-rate: 0.01}}
      """
    let result = try symmetryResult("{r: {x: cos(s)*x - sin(s)*y, y: sin(s)*x + cos(s)*y}}", process: circle)
    #expect(result.verdicts.map(\.status) == [.pass, .pass] && result.verdicts[1].claim.contains("preserves"))
    #expect(result.found("charge-drift.r")?.reason == "the generator is not symmetric, so that it has no charge θᵀKθ")
    #expect(result.found("balanced.r")?.reason?.contains("isometry") == true && result.remarks.isEmpty)
  }

  /// Control: a loss without the symmetry fails every verdict.
  @Test func withoutTheSymmetryEverythingFails() throws {
    let process = rescalingProcess.replacing("(u*w*x - y)^2", with: "(u*w*x - y)^2 + 0.001*u^2")
    let result = try symmetryResult(rescaling, process: process)
    #expect(result.verdicts.map(\.status) == [.fail, .fail, .fail], "\(result.verdicts)")
    #expect(result.remarks.isEmpty)
    let reason = try #require(result.decided("invariance.rescaling")?.reason)
    #expect(reason.contains("at s = 1 for sample") && reason.contains("times what rounding explains"))
  }

  @Test func aBalancedPointLeavesTheForceUndecided() throws {
    let result = try symmetryResult(rescaling, more: "\n      at: {u: 0.7, w: 0.7}")
    #expect(result.verdicts.map(\.status) == [.pass, .undecided, .pass])
    #expect(result.verdicts[1].reason.contains("balanced at the point"))
  }

  /// At a point where every gradient is 0 the charge stays, and nothing was tried.
  @Test func withoutGradientsTheChargeIsUndecided() throws {
    let result = try symmetryResult(rescaling, more: "\n      at: {u: 0, w: 0}")
    let verdict = try #require(result.decided("charge.rescaling"))
    #expect(verdict.status == .undecided && verdict.reason.contains("every gradient of the"))
  }

  @Test func divergenceLeavesTheChargeUndecided() throws {
    let process = rescalingProcess.replacing("learning-rate: 0.05", with: "learning-rate: 30")
    let result = try symmetryResult(rescaling, process: process, more: "\n      trajectories: 8\n      steps: 60")
    let verdict = try #require(result.decided("charge.rescaling"))
    #expect(verdict.status != .pass && result.remarks.contains { $0.contains("became infinite or NaN") })
  }

  @Test func resolvedSettingsAndReplay() throws {
    let scenario = try good(symmetryScenario(rescaling, more: "\n      steps: 5"))
    let experiment = try scenario.experiments[0].settings.experiment(on: scenario.process)
    #expect(experiment.resolved.map(\.key) == ["generators", "points", "range", "trajectories", "steps"])
    #expect(experiment.resolved[0].value == "[rescaling: {u: u*exp(s), w: w*exp(-s)}]")
    // 100 trajectories of 5 single samples, and 300 passes over four.
    #expect(experiment.estimatedSampleGradients == 1700.0)
    let replayable = try #require(experiment as? any ReplayableExperiment)
    let ensemble = try replayable.ensemble(RunContext(seed: 1))
    #expect(ensemble.steps == 5 && ensemble.trajectories == 100)
  }
}
