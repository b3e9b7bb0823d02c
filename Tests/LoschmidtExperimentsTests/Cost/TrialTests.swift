import Synchronization
import Testing

@testable import LoschmidtExperiments

@Suite struct TrialTests {
  private func trial(_ text: String, limit: Double = 30) throws -> Trial? {
    let scenario = try good(text)
    let experiment = try scenario.experiments[0].settings.experiment(on: scenario.process)
    return Trial(experiment, seed: 1, index: 0, threads: 2, limit: limit)
  }

  /// Every stage has a time, and the names are those that the run begins.
  @Test(
    arguments: [
      ("entropy-production: {trajectories: 1000, steps: 50}", ["exact values", "paths"], 0),
      ("stationary: {trajectories: 1000, steps: 50, burn-in: 10}", ["steps", "verdicts"], 0),
      ("relaxation: {trajectories: 1000, steps: 50}", ["paths", "portrait", "table"], 1),
      (
        "fluctuation-theorem: {trajectories: 1000, steps: 50, theorems: [integral, detailed]}",
        ["exact path", "paths", "verdicts on paths"], 1
      ),
    ])
  func stagesAreThoseOfTheRun(experiment: String, names: [String], figures: Int) throws {
    let text = """
      loschmidt: 1
      seed: 1
      process:
        parameters: {x: "normal(0, 1)"}
        loss: 0.5*x^2
        gradient: full-batch
        algorithm: {gradient-descent: {learning-rate: 0.1}}
        temperature: 1
      experiments:
        - \(experiment)

      """
    let trial = try #require(try trial(text))
    #expect(trial.stages.keys.sorted() == names)
    #expect(trial.stages.values.allSatisfy { $0 >= 0 && $0.isFinite } && trial.seconds > 0)
    #expect(trial.paths.count == 1 && trial.isWhole && trial.writing > 0 && trial.figures >= figures)
    let begun = Names()
    let scenario = try good(text)
    let whole = try scenario.experiments[0].settings.experiment(on: scenario.process)
    var context = RunContext(seed: 1)
    context.begins = { begun.add($0.name) }
    _ = try whole.run(context)
    #expect(begun.sorted == names)
  }

  /// A trial that has no time left says so.
  @Test func whatIsBrokenOffIsNotWhole() throws {
    let trial = try #require(try trial(scenario(potentials: "learning-rates: [0.1]"), limit: 0))
    #expect(!trial.isWhole)
  }
}

/// Names that come from another thread.
private final class Names: Sendable {
  private let names = Mutex<Set<String>>([])
  func add(_ name: String) { names.withLock { _ = $0.insert(name) } }
  var sorted: [String] { names.withLock { $0.sorted() } }
}
