import Synchronization
import Testing

@testable import LoschmidtExperiments

@Suite struct RunScheduleTests {
  /// A clock that is set by hand.
  private final class Clock: Sendable {
    private let time = Mutex(0.0)
    var now: Double {
      get { time.withLock { $0 } }
      set { time.withLock { $0 = newValue } }
    }
  }

  private func experiments() throws -> [any Experiment] {
    let scenario = try good(
      productionScenario("parameters: {x: 0}\nloss: x^2\ntemperature: 1", trajectories: 1000, steps: 100))
    return try scenario.experiments.map { try $0.settings.experiment(on: scenario.process) }
  }

  /// Stages of experiments, files and figures follow each other; the fraction never falls, and ends at 1.
  @Test func everyStageCounts() throws {
    let clock = Clock()
    let schedule = RunSchedule(patience: 1) { clock.now }
    schedule.take(try experiments(), seed: 1, threads: 1) { false }
    var seen: [RunProgress] = []
    schedule.begin(WorkStage(name: "paths", growth: [.paths]), of: 0)
    for step in 1...4 {
      clock.now = 0.2 * Double(step)
      seen.append(schedule.told(0.2 * Double(step), of: 0, "paths"))
    }
    // So far the run lasts less than a trial is worth.
    #expect(seen.allSatisfy { $0.secondsLeft == nil })
    clock.now = 1.1
    seen.append(schedule.told(0.9, of: 0, "paths"))
    #expect(seen[4].secondsLeft != nil)
    schedule.begin(WorkStage(name: "exact values"), of: 0)
    clock.now = 1.2
    seen.append(schedule.told(0, of: 0, "exact values"))
    seen.append(schedule.beginWriting())
    clock.now = 2
    seen.append(schedule.beginDrawing(2))
    #expect(seen.map(\.what).suffix(2) == ["writing files", "drawing 2 figures"])
    clock.now = 3
    seen.append(schedule.told(0.5))
    // One of two figures took a second.
    #expect(seen.last?.secondsLeft == 1)
    #expect(seen.map(\.fraction) == seen.map(\.fraction).sorted())
    #expect(seen.allSatisfy { $0.fraction >= 0 && $0.fraction <= 1 })
  }

  /// An experiment that ends early leaves no stages behind.
  @Test func stagesThatDoNotComeAreForgotten() throws {
    let clock = Clock()
    let schedule = RunSchedule(patience: 1) { clock.now }
    schedule.take(try experiments(), seed: 1, threads: 1) { false }
    schedule.begin(WorkStage(name: "paths", growth: [.paths]), of: 0)
    clock.now = 2
    _ = schedule.told(0.5, of: 0, "paths")
    let last = schedule.beginWriting()
    // What is left is the writing of a small result, however slow the machine: a thousandth of the ensemble's second.
    #expect(last.secondsLeft.map { $0 >= 0 && $0.isFinite } == true)
  }
}
