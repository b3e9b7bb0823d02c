import Testing

@testable import LoschmidtExperiments

@Suite struct TimeEstimateTests {
  @Test(arguments: [(0.2, "under a second"), (12.4, "about 12 s"), (600, "about 10 min"), (7200, "about 2 h")])
  func textsForPeople(seconds: Double, text: String) {
    #expect(TimeEstimate.text(seconds) == text)
  }

  /// Ten times the trajectories take ten times as long; a trial on a busy machine is right within a factor of five.
  @Test func growsWithTheWork() throws {
    func seconds(_ trajectories: Int) throws -> Double {
      let scenario = try good(
        productionScenario("parameters: {x: 0}\nloss: x^2\ntemperature: 1", trajectories: trajectories, steps: 100))
      let experiment = try scenario.experiments[0].settings.experiment(on: scenario.process)
      return try #require(TimeEstimate.seconds(experiment, seed: 1, index: 0, threads: 1))
    }
    let (few, many) = (try seconds(100_000), try seconds(10_000_000))
    #expect(few > 0 && many / few > 20 && many / few < 500)
  }

  /// What simulates nothing has no time.
  @Test func nothingToTry() throws {
    let scenario = try good(scenario(potentials: "learning-rates: [0.1]"))
    let experiment = try scenario.experiments[0].settings.experiment(on: scenario.process)
    #expect(TimeEstimate.seconds(experiment, seed: 1, index: 0, threads: 1) == nil)
  }
}
