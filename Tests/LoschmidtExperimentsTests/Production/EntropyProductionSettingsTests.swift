import LoschmidtDynamics
import Testing

@testable import LoschmidtExperiments

@Suite struct EntropyProductionSettingsTests {
  @Test func aVerdictOnlyWhereThereIsAnExactValue() throws {
    let ensemble = EnsembleSettings(trajectories: 4, steps: 2)
    #expect(EntropyProductionSettings(ensemble: ensemble).statisticalVerdicts == 0)
    #expect(EntropyProductionSettings(ensemble: ensemble, hasExactValue: true).statisticalVerdicts == 1)
    #expect(EntropyProductionSettings.name == "entropy-production")
  }

  @Test func theExperimentHasAPlanForAllSteps() throws {
    let text = productionScenario("parameters: {x: 0}\nloss: x^2\ntemperature: 1", "burn-in: 3")
    let experiment = try production(text)
    #expect(experiment.plan.clock.steps == 13)
    #expect(experiment.resolved.map(\.key) == ["trajectories", "steps", "burn-in", "alpha", "margin"])
    #expect(experiment.estimatedSampleGradients == 520)
  }
}

/// A scenario with one experiment `entropy-production`, with gradient descent at η = 0.1 where none is named.
func productionScenario(_ process: String, _ settings: String = "", trajectories: Int = 40, steps: Int = 10) -> String {
  let rule = "\nalgorithm: {gradient-descent: {learning-rate: 0.1}}"
  let process = process.contains("algorithm") ? process : process + rule
  let lines = "trajectories: \(trajectories)\nsteps: \(steps)" + (settings.isEmpty ? "" : "\n" + settings)
  return scenario(process: process, potentials: lines).replacing("potentials:", with: "entropy-production:")
}

/// The experiment of such a scenario.
func production(_ text: String) throws -> EntropyProductionExperiment {
  let read = try good(text)
  return try #require(
    try read.experiments[0].settings.experiment(on: read.process) as? EntropyProductionExperiment)
}
