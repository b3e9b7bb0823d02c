import LoschmidtDynamics
import Testing

@testable import LoschmidtExperiments

/// A scenario with one experiment on a process.
func scenario(process: String, experiment: String) -> String {
  """
  loschmidt: 1
  seed: 1
  process:
  \(process.split(separator: "\n").map { "  " + $0 }.joined(separator: "\n"))
  experiments:
    - \(experiment)

  """
}

/// A Langevin process in a quadratic well.
let quadraticWell = """
  parameters: {u: 1.0, w: 0.0}
  loss: 0.5*(u^2 + 2*w^2)
  algorithm: {gradient-descent: {learning-rate: 0.1}}
  temperature: 0.1
  """

@Suite struct StationaryDecodingTests {
  private func settings(_ text: String, process: String = quadraticWell) throws -> StationarySettings {
    let scenario = try good(scenario(process: process, experiment: "stationary: " + text))
    return try #require(scenario.experiments[0].settings as? StationarySettings)
  }

  @Test func defaultsAndEverythingSet() throws {
    let plain = try settings("{trajectories: 10, steps: 20}")
    #expect(plain.ensemble == EnsembleSettings(trajectories: 10, steps: 20))
    #expect(plain.observables.isEmpty && plain.title == nil && plain.claim == nil)
    let full = try settings(
      "{trajectories: 10, steps: 20, burn-in: 5, alpha: 0.01, margin: 0.1, title: T, claim: C, "
        + "observables: {sum: u + w, z: 'exp(u)'}}")
    #expect(full.title == "T" && full.claim == "C")
    #expect(full.ensemble.burnIn == 5 && full.ensemble.alpha == 0.01 && full.ensemble.margin == 0.1)
    #expect(full.observables.map(\.name) == ["sum", "z"])
    #expect(full.observables.map(\.expression.text) == ["u + w", "exp(u)"])
  }

  @Test func whatChangesBeforeTheEndOfBurnInIsAllowed() throws {
    let warming = quadraticWell.replacing("learning-rate: 0.1", with: "learning-rate: '0.1*min(1, (step + 1)/10)'")
    #expect(try settings("{trajectories: 10, steps: 20, burn-in: 10}", process: warming).exactVerdicts == 1)
    let text = scenario(process: warming, experiment: "stationary: {trajectories: 10, steps: 20, burn-in: 5}")
    #expect(report(text).contains("the learning rate or the temperature changes at step 6"))
  }

  @Test(arguments: [
    ("{steps: 20}", "'trajectories'"), ("{trajectories: 1, steps: 20}", "2 … "),
    ("{trajectories: 10, steps: 0}", "1 … "),
    ("{trajectories: 10, steps: 20, observables: [u]}", "'observables' must be a map"),
    ("{trajectories: 10, steps: 20, observables: {z: v}}", "'v'"),
    ("{trajectories: 10, steps: 20, observables: {z: u +}}", "s.yaml:9:"),
    ("{trajectories: 10, steps: 20, observables: {z: t*u}}", "'z' changes in time by itself"),
    ("{trajectories: 10, steps: 20, burnin: 3}", "did you mean 'burn-in'"),
    ("{trajectories: 10, steps: 20, margin: 0}", "'margin' must be"),
  ])
  func badInput(text: String, message: String) {
    #expect(report(scenario(process: quadraticWell, experiment: "stationary: " + text)).contains(message))
  }

  @Test func aProcessThatChangesInTimeIsRefused() {
    for process in [
      quadraticWell.replacing("2*w^2", with: "2*w^2 + t*u"),
      quadraticWell.replacing("2*w^2", with: "2*w^2 + p*u") + "\nprotocol: {p: sin(t)}",
      quadraticWell.replacing("temperature: 0.1", with: "temperature: 0.1 + 0.01*t"),
    ] {
      let text = scenario(process: process, experiment: "stationary: {trajectories: 10, steps: 20}")
      #expect(report(text).contains("'stationary' cannot run"), "\(report(text))")
    }
  }
}
