import LoschmidtDynamics
import Testing

@testable import LoschmidtExperiments

@Suite struct TrajectoryReplayTests {
  private func text(_ replay: TrajectoryReplay) throws -> String {
    var text = ""
    #expect(try replay.write { text += $0 } == nil)
    return text
  }

  private func lines(_ scenario: Scenario, experiment: Int? = nil, trajectory: Int) throws -> [[Substring]] {
    try text(TrajectoryReplay(scenario, experiment: experiment, trajectory: trajectory))
      .split(separator: "\r\n").map { $0.split(separator: ",", omittingEmptySubsequences: false) }
  }

  @Test func columnsAndRows() throws {
    let scenario = try good(
      scenario(process: quadraticWell, experiment: "stationary: {trajectories: 10, steps: 3, burn-in: 2}"))
    let lines = try lines(scenario, trajectory: 4)
    #expect(lines[0] == ["step", "time", "u", "w", "medium"])
    #expect(lines.dropFirst().map { $0[0] } == ["0", "1", "2", "3", "4", "5"])
    #expect(lines[1] == ["0", "0", "1", "0", ""])
    #expect(lines[2][4] == "" && lines[3][4] == "0" && lines[4][4] != "")
  }

  /// The medium is the sum of ln K/K reversed, recomputed from the points.
  @Test func theMediumIsThatOfThePoints() throws {
    let scenario = try good(scenario(process: quadraticWell, experiment: "stationary: {trajectories: 10, steps: 30}"))
    let rows = try lines(scenario, trajectory: 2).dropFirst().map { $0.compactMap { Double($0) } }
    var sum = 0.0
    for (now, next) in zip(rows, rows.dropFirst()) {
      for (i, h) in [(2, 1.0), (3, 2.0)] {
        let (forward, backward) = (next[i] - (1 - 0.1 * h) * now[i], now[i] - (1 - 0.1 * h) * next[i])
        sum += (backward * backward - forward * forward) / (4 * 0.1 * 0.1)
      }
      // Sixty terms of order 1, each divided by 0.04.
      #expect(abs(next[4] - sum) < 1e-12)
    }
  }

  @Test func withoutDensityThereIsNoMedium() throws {
    let scenario = try good(
      scenario(
        process: quadraticWell.replacing("temperature: 0.1", with: "temperature: 0"),
        experiment: "stationary: {trajectories: 10, steps: 3000}"))
    let lines = try lines(scenario, trajectory: 9)
    #expect(lines[0] == ["step", "time", "u", "w"])
    // More than two pieces, with one header.
    #expect(lines.count == 3002 && lines.last?[0] == "3000")
  }

  @Test func eachExperimentHasPathsOfItsOwn() throws {
    let two = try good(
      scenario(
        process: quadraticWell,
        experiment: "potentials: {learning-rates: [0.1]}\n    - relaxation: {trajectories: 5, steps: 3}\n"
          + "    - relaxation: {trajectories: 5, steps: 3}"
      ).replacing("\n    - relax", with: "\n  - relax"))
    let first = try lines(two, trajectory: 1)
    #expect(try lines(two, experiment: 1, trajectory: 1) == first)
    #expect(try lines(two, experiment: 2, trajectory: 1) != first)
    #expect(throws: TrajectoryReplay.Fault.noTrajectories("potentials")) {
      _ = try TrajectoryReplay(two, experiment: 0, trajectory: 1)
    }
    #expect(throws: TrajectoryReplay.Fault.noTrajectory(5, count: 5)) {
      _ = try TrajectoryReplay(two, experiment: 1, trajectory: 5)
    }
    #expect(throws: TrajectoryReplay.Fault.noExperiment(3, count: 3)) {
      _ = try TrajectoryReplay(two, experiment: 3, trajectory: 0)
    }
  }

  @Test func aScenarioWithoutPathsHasNothingToReplay() throws {
    let scenario = try good(scenario())
    #expect(throws: TrajectoryReplay.Fault.nothing) { _ = try TrajectoryReplay(scenario, trajectory: 0) }
    let faults: [TrajectoryReplay.Fault] = [
      .noExperiment(3, count: 3), .noTrajectories("potentials"), .nothing, .noTrajectory(5, count: 5),
    ]
    #expect(Set(faults.map(\.sentence)).count == faults.count)
  }
}
