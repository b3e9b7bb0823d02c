import LoschmidtDynamics
import Testing

@testable import LoschmidtExperiments

@Suite struct ScalingSettingsTests {
  @Test func oneVerdictWhereAnExponentIsClaimed() {
    var settings = ScalingSettings(
      ensemble: EnsembleSettings(trajectories: 2, steps: 2), over: .temperature, values: [1, 2, 3], statistic: .mean)
    #expect(settings.statisticalVerdicts == 0 && settings.correction == .none)
    settings.expected = 1
    #expect(settings.statisticalVerdicts == 1)
    // One degree of freedom at least.
    #expect(ScalingSettings.leastValues(.none) == 3 && ScalingSettings.leastValues(.linear) == 4)
  }

  @Test func reshuffledBatchesAreLookedAtWhenAnEpochEnds() throws {
    func interval(_ gradient: String) throws -> Int {
      let process = """
        parameters: {u: 1}
        loss: 0.5*h*u^2
        data: {h: [1, 2, 3, 4]}
        algorithm: {gradient-descent: {learning-rate: 0.1}}
        gradient: \(gradient)
        """
      let text = scenario(process: process, experiment: "relaxation: {trajectories: 2, steps: 2}")
      return try SimulationPlan(good(text).process, steps: 4).recordInterval
    }
    #expect(try interval("{minibatch: {size: 1, sampling: reshuffle}}") == 4)
    #expect(try interval("{minibatch: {size: 2, sampling: reshuffle}}") == 2)
    #expect(try interval("{minibatch: {size: 2}}") == 1)
    #expect(try interval("full-batch") == 1)
  }
}
