import Testing

@testable import LoschmidtExperiments

@Suite struct TimeEstimateTests {
  @Test(arguments: [(0.2, "under a second"), (12.4, "about 12 s"), (600, "about 10 min"), (7200, "about 2 h")])
  func textsForPeople(seconds: Double, text: String) {
    #expect(TimeEstimate.text(seconds) == text)
  }

  private func estimate(_ texts: [String], limit: Double = 30) throws -> TimeEstimate {
    let scenarios = try texts.map { try good($0) }
    let experiments = try scenarios.map { try $0.experiments[0].settings.experiment(on: $0.process) }
    return TimeEstimate(experiments, seed: 1, threads: 1, limit: limit)
  }

  private func production(_ trajectories: Int) -> String {
    productionScenario("parameters: {x: 0}\nloss: x^2\ntemperature: 1", trajectories: trajectories, steps: 100)
  }

  /// Every experiment has a time, those on ensembles and those that simulate nothing.
  @Test func everyExperimentIsTried() throws {
    let times = try estimate([production(100_000), scenario(potentials: "learning-rates: [0.1]")])
    #expect(times.seconds.allSatisfy { ($0 ?? 0) > 0 } && times.isAtLeast == [false, false])
    #expect(times.text(of: 0) != nil && times.picture == 0)
    #expect(times.stages(of: 0).keys.sorted() == ["exact values", "paths"])
  }

  /// Without time for trials nothing is said; an experiment that comes too late is compared by its gradients.
  @Test func withoutTimeNothingIsTried() throws {
    let times = try estimate([production(100), production(100)], limit: 0)
    #expect(times.seconds == [nil, nil] && times.text(of: 0) == nil && times.stages(of: 1).isEmpty)
  }
}
