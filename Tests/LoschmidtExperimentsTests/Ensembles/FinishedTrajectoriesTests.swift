import Testing

@testable import LoschmidtExperiments

@Suite struct FinishedTrajectoriesTests {
  @Test func aReasonIsGivenOnlyWhereItIsTrue() {
    #expect(FinishedTrajectories(count: 0).reason == "no trajectory was finished")
    #expect(FinishedTrajectories(count: 1).reason == "fewer than two trajectories were finished")
    for count in [2, 35] {
      #expect(FinishedTrajectories(count: count).reason.hasPrefix("a value is not finite along the trajectories"))
    }
  }

  /// 29 of 64 leave in the burn-in, and the averages say of whom they are.
  @Test func averagesSayOfWhomTheyAre() throws {
    let process = """
      parameters: {x: "uniform(4.3, 4.6)"}
      loss: x^4/4
      algorithm: {gradient-descent: {learning-rate: 0.1}}
      temperature: 0.01
      """
    let experiment = "stationary: {burn-in: 20, steps: 10, trajectories: 64, observables: {x2: x^2}}"
    let result = try Run(try good(scenario(process: process, experiment: experiment)), bytes: []).result()
      .experiments[0]
    #expect(result.remarks.contains { $0.hasPrefix("29 of 64 trajectories of the ensemble became infinite or NaN") })
    #expect(
      result.remarks.contains(
        "All averages of the ensemble, at every step, are of the 35 trajectories that were finished; leaving the others out selects."))
  }
}
