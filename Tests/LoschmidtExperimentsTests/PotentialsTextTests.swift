import LoschmidtExperiments
import Testing

@Suite struct PotentialsTextTests {
  private func experiment(_ settings: String, gradient: String = "full-batch") throws -> any Experiment {
    let text = """
      loschmidt: 1
      seed: 3
      process:
        parameters: {u: 1.5, w: -2}
        loss: 0.5*(u*w*x)^2
        data: {x: [1, 2, 3]}
        gradient: \(gradient)
        algorithm: {gradient-descent: {learning-rate: 0.1}}
      experiments:
        - potentials: \(settings)
      """
    let reading = Scenario.read(bytes: Array(text.utf8), path: "a.yaml")
    let scenario = try #require(reading.scenario)
    return try scenario.experiments[0].settings.experiment(on: scenario.process)
  }

  @Test func settingsAreShownWithTheirDefaults() throws {
    let resolved = try experiment("{learning-rates: [0.01, 0.005]}", gradient: "{minibatch: {size: 2}}").resolved
    #expect(
      resolved.map { "\($0.key): \($0.value)" } == [
        "points: [(1.5, -2)]", "learning-rates: [0.01, 0.005]", "orders: 4", "renormalisation-steps: [2, inf]",
        "margin: 0.001", "draws: all 6",
      ])
  }

  /// 15 learning rates with those of the experiment's own, 3 samples in the one draw, 20 + 2 gradients and 100 for the flow.
  @Test func theCostGrowsWithTheWork() throws {
    let small = try experiment("{learning-rates: [0.01, 0.005]}").estimatedSampleGradients
    #expect(small == 15.0 * 3 * 122)
    let points = "{u: {from: 1, to: 2, count: 5}, w: {from: 1, to: 2, count: 2}}"
    let large = try experiment("{learning-rates: [0.01, 0.005], points: \(points)}").estimatedSampleGradients
    #expect(large == 10.0 * 15 * 3 * 122)
  }
}
