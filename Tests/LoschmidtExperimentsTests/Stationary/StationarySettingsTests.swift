import Testing

@testable import LoschmidtExperiments

@Suite struct StationarySettingsTests {
  @Test(arguments: [
    ("{}", "temperature: 0.1", 2), ("{m: u + w}", "temperature: 0.1", 4), ("{m: u + w, q: u*w}", "temperature: 0.1", 6),
    ("{m: 'sin(u)'}", "temperature: 0.1", 2), ("{m: u}", "temperature: 0", 1),
  ])
  func verdictsAreCountedBeforeTheRun(observables: String, temperature: String, count: Int) throws {
    let text = scenario(
      process: quadraticWell.replacing("temperature: 0.1", with: temperature),
      experiment: "stationary: {trajectories: 10, steps: 2, observables: \(observables)}")
    let scenario = try good(text)
    #expect(scenario.experiments[0].settings.statisticalVerdicts == count)
    let result = try Run(scenario, bytes: []).result()
    #expect(result.experiments[0].verdicts.count == count)
    try result.validate()
  }
}
