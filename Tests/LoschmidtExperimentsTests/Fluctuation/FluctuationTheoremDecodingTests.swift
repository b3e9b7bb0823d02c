import LoschmidtDynamics
import Testing

@testable import LoschmidtExperiments

struct FluctuationTheoremDecodingTests {
  private func settings(_ text: String, process: String = FluctuationCase.chain) throws -> FluctuationTheoremSettings {
    let reading = Scenario.read(bytes: Array(FluctuationCase.text(process, text).utf8), path: "s.yaml")
    #expect(reading.diagnostics.map(\.description) == [])
    return try #require(reading.scenario?.experiments[0].settings as? FluctuationTheoremSettings)
  }

  @Test func defaults() throws {
    let settings = try settings("steps: 3\ntrajectories: 1e4")
    #expect(settings.ensemble == EnsembleSettings(trajectories: 10_000, steps: 3))
    #expect(settings.theorems == [.integral, .detailed] && settings.statisticalVerdicts == 2)
    #expect(settings.level == .extended && settings.reverseInitial == .same)
    #expect(settings.control == 1.1 && settings.misspecifiedNoise == 1)
    #expect(settings.repetitions == nil && !settings.startsInEquilibrium)
    let driven = try self.settings(
      "steps: 3\ntrajectories: 100\ninitial: boltzmann", process: FluctuationCase.trap)
    #expect(driven.theorems == [.jarzynski, .crooks] && driven.startsInEquilibrium)
  }

  @Test func everythingSet() throws {
    let settings = try settings(
      """
      title: first
      claim: mine
      steps: 3
      trajectories: 100
      alpha: 0.01
      margin: 0.1
      theorems: [integral]
      level: extended
      reverse-initial: {x: "normal(0, 2)", y: "normal(1, 1)"}
      control: none
      misspecify: {noise: 1.2}
      """)
    #expect(settings.title == "first" && settings.claim == "mine")
    #expect(settings.ensemble.alpha == 0.01 && settings.ensemble.margin == 0.1)
    #expect(settings.theorems == [.integral] && settings.control == nil && settings.misspecifiedNoise == 1.2)
    #expect(
      settings.reverseInitial
        == .given(
          InitialLaw([.normal(mean: 0, standardDeviation: 2), .normal(mean: 1, standardDeviation: 1)])))
  }

  @Test(arguments: [
    ("steps: 3", "'fluctuation-theorem' needs the key 'trajectories', which is missing"),
    ("steps: 0\ntrajectories: 10", "'steps' must be a whole number, 1 … 1000000000, got '0'"),
    ("steps: 3\ntrajectories: 1", "'trajectories' must be a whole number, 2 … 1000000000000, got '1'"),
    ("steps: 3\ntrajectories: 10\nalpha: 1", "'alpha' must be a number between 0 and 0.5, got '1'"),
    ("steps: 3\ntrajectories: 10\ntheorems: []", "'theorems' is an empty list; name at least one"),
    (
      "steps: 3\ntrajectories: 10\ntheorems: [integal]",
      "'theorems' must be one of integral, detailed, jarzynski, crooks, hatano-sasa, got 'integal'; did you mean "
        + "'integral'?"
    ),
    ("steps: 3\ntrajectories: 10\ntheorems: [integral, integral]", "'theorems' has integral twice"),
    (
      "steps: 3\ntrajectories: 10\nlevel: both", "'level' must be one of extended, marginal, got 'both'"
    ),
    ("steps: 3\ntrajectories: 10\ncontrol: 1", "'control' must be a factor > 0 other than 1, or none, got '1'"),
    ("steps: 3\ntrajectories: 10\nmisspecify: {noise: 0}", "'noise' must be a factor > 0, got '0'"),
    ("steps: 3\ntrajectories: 10\ninitial: gibbs", "'initial' must be boltzmann, got 'gibbs'"),
    (
      "steps: 3\ntrajectories: 10\nreverse-initial: {x: \"normal(0, 1)\"}",
      "'reverse-initial' needs a distribution for 'y', which is missing"
    ),
    (
      "steps: 3\ntrajectories: 10\nreverse-initial: {x: 1, y: 2}",
      "'reverse-initial' needs a density: write normal(mean, standard deviation) for every parameter"
    ),
    ("steps: 3\ntrajectories: 10\nstep: 3", "unknown key 'step' in 'fluctuation-theorem'; did you mean 'steps'?"),
  ])
  func problems(settings: String, message: String) {
    let text = FluctuationCase.text(FluctuationCase.chain, settings)
    let reading = Scenario.read(bytes: Array(text.utf8), path: "s.yaml")
    #expect(reading.scenario == nil)
    #expect(reading.diagnostics.map(\.message).contains(message), "\(reading.diagnostics.map(\.message))")
  }
}
