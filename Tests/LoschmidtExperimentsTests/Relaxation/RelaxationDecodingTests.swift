import Testing

@testable import LoschmidtExperiments

@Suite struct RelaxationDecodingTests {
  @Test func everythingSet() throws {
    let text = scenario(
      process: quadraticWell,
      experiment:
        "relaxation: {trajectories: 10, steps: 20, burn-in: 3, every: 5, title: T, claim: C, observables: {z: t*u}}")
    let settings = try #require(try good(text).experiments[0].settings as? RelaxationSettings)
    #expect(settings.title == "T" && settings.claim == "C" && settings.every == 5 && settings.ensemble.burnIn == 3)
    #expect(settings.observables.map(\.name) == ["z"])
  }

  @Test(arguments: [
    ("{trajectories: 10}", "'steps'"),
    ("{trajectories: 10, steps: 20, every: 0}", "'every' must be a whole number, 1 … 20"),
    ("{trajectories: 10, steps: 20, every: 21}", "1 … 20"),
    ("{trajectories: 10, steps: 20, observables: {loss: u}}", "the observable 'loss' is always there"),
    ("{trajectories: 10, steps: 20, observables: {z: v}}", "'v'"),
    ("{trajectories: 10, steps: 1e6, every: 1}", "at most 1000000 are written"),
  ])
  func badInput(text: String, message: String) {
    #expect(report(scenario(process: quadraticWell, experiment: "relaxation: " + text)).contains(message))
  }
}
