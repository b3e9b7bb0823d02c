import LoschmidtDynamics
import LoschmidtThermodynamics
import Testing

@testable import LoschmidtExperiments

/// The ensemble that is replayed is the one that is simulated: its end gives the numbers of the experiment.
@Suite struct ReplayableExperimentTests {
  private func ensemble(_ process: String, _ experiment: String) throws -> Ensemble {
    let scenario = try good(scenario(process: process, experiment: experiment))
    let made = try scenario.experiments[0].settings.experiment(on: scenario.process)
    let replayable = try #require(made as? any ReplayableExperiment)
    return try replayable.ensemble(RunContext(seed: scenario.seed))
  }

  private let well = """
    parameters: {x: "normal(0, 0.3)"}
    loss: 0.5*x^2
    algorithm: {gradient-descent: {learning-rate: 0.1}}
    temperature: 0.1
    """

  @Test func relaxationEndsWhereItsReplaysDo() throws {
    let text = scenario(
      process: well, experiment: "relaxation: {trajectories: 40, steps: 6, burn-in: 2, observables: {x: x}, every: 6}")
    let scenario = try good(text)
    let table = try Run(scenario, bytes: []).result().experiments[0].tables[0].table
    let ensemble = try ensemble(
      well, "relaxation: {trajectories: 40, steps: 6, burn-in: 2, observables: {x: x}, every: 6}")
    var sum = 0.0
    for number in 0..<40 {
      var last = 0.0
      _ = try ensemble.replay(trajectory: number) { last = $0.theta[0] }
      sum += last
    }
    guard let row = table.rows.last(where: { $0[2] == .text("x") }), case .real(let mean) = row[3] else {
      Issue.record("the mean of x is missing")
      return
    }
    // The mean of forty numbers below 1.
    #expect(abs(mean - sum / 40) < 1e-15)
  }

  @Test func fluctuationTheoremsStartFromTheirOwnLaws() throws {
    let paths = try ensemble(well, "fluctuation-theorem: {trajectories: 10, steps: 5}")
    #expect(paths.firstTrajectory == 0 && paths.options.extended && paths.start is InitialLaw)
    let settled = try ensemble(well, "fluctuation-theorem: {trajectories: 10, steps: 5, reverse-initial: stationary}")
    #expect(settled.start is GaussianStart)
    let split = try ensemble(well, "fluctuation-theorem: {trajectories: 10, steps: 5, theorems: hatano-sasa}")
    #expect(split.firstTrajectory == 3 << 48 && split.start is GaussianStart)
    let driven = well.replacing("0.5*x^2", with: "0.5*(x - p)^2") + "\nprotocol: {p: t}"
    let work = try ensemble(driven, "fluctuation-theorem: {trajectories: 10, steps: 5, initial: boltzmann}")
    #expect(work.firstTrajectory == 1 << 48 && work.options.work && work.start is GaussianStart)
  }

  /// R of the experiment is the boundary plus the medium of its replays.
  @Test func theMeanOfRIsThatOfTheReplays() throws {
    let text = "fluctuation-theorem: {trajectories: 30, steps: 5, theorems: integral}"
    let result = try Run(try good(scenario(process: well, experiment: text)), bytes: []).result().experiments[0]
    let measured = try #require(result.figures.first { $0.name == "medium.mean" }?.value.value)
    let ensemble = try ensemble(well, text)
    var sum = 0.0
    for number in 0..<30 {
      var medium = 0.0
      _ = try ensemble.replay(trajectory: number) { medium = $0.medium ?? .nan }
      sum += medium
    }
    // R − boundary loses an ulp or two of numbers of order 1.
    #expect(abs(measured - sum / 30) < 1e-14)
  }
}
