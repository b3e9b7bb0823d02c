import Foundation
import LoschmidtDynamics
import LoschmidtExperiments
import LoschmidtNumerics
import LoschmidtReports
import Synchronization
import Testing

@Suite struct RunTests {
  private static let text = """
    loschmidt: 1
    title: A quadratic well
    seed: 3
    process:
      parameters: {x: 1.0}
      loss: 0.5*x^2
      algorithm: {gradient-descent: {learning-rate: 0.1}}
    experiments:
      - potentials: {learning-rates: [0.01, 0.005], title: First, claim: My own.}
      - potentials: {learning-rates: [0.01, 0.005]}

    """

  private func run(overrides: [ScenarioOverride] = [], threads: Int = 1) throws -> Run {
    let reading = Scenario.read(bytes: Array(Self.text.utf8), path: "folder/well.yaml", overrides: overrides)
    return Run(try #require(reading.scenario), bytes: reading.bytes, overrides: overrides, threads: threads)
  }

  @Test func theResultSaysWhatWasRun() throws {
    let override = try #require(ScenarioOverride("process.parameters.x=2"))
    let result = try run(overrides: [override], threads: 2).result()
    #expect(result.scenario == "well")
    #expect(result.title == "A quadratic well")
    #expect(result.seed == 3)
    #expect(result.threads == 2)
    #expect(result.overrides == ["process.parameters.x=2"])
    #expect(result.scenarioSHA256 == SHA256.hexadecimal(of: Array(Self.text.utf8)))
    #expect(result.experiments.map(\.kind) == ["potentials", "potentials"])
    #expect(result.experiments.map(\.title) == ["First", nil])
    #expect(result.experiments[0].verdicts.allSatisfy { $0.note == "My own." })
    #expect(result.experiments[1].verdicts.allSatisfy { $0.note == nil })
    try result.validate()
  }

  @Test func progressGoesForwardFromNothingToAll() throws {
    let seen = Mutex<[Double]>([])
    _ = try run().result(isStopped: { false }) { progress in seen.withLock { $0.append(progress.fraction) } }
    let fractions = seen.withLock { $0 }
    #expect(fractions.allSatisfy { $0 >= 0 && $0 <= 1 })
    #expect(fractions == fractions.sorted())
    #expect(fractions.contains { $0 >= 0.5 })
  }

  /// An experiment that keeps a part and then fails, or is stopped.
  private struct Broken: ExperimentSettings, Experiment {
    struct Fault: Error {}

    static let name = "broken"
    var title: String? { "Broken" }
    var claim: String? { nil }
    var error: any Error & Sendable = Fault()

    func experiment(on process: TrainingProcess) throws -> any Experiment { self }

    func run(_ context: RunContext) throws -> ExperimentResult {
      var result = ExperimentResult(kind: Self.name)
      result.figures = [("part", .exact(7))]
      context.keep(result)
      throw error
    }
  }

  @Test func anExperimentThatFailsLeavesTheOthers() throws {
    var run = try run()
    run.scenario.experiments.insert(ExperimentSpecification(Broken()), at: 1)
    let result = try run.result()
    #expect(result.experiments.map(\.kind) == ["potentials", "broken", "potentials"])
    #expect(result.experiments[1].figures.map(\.name) == ["part"])
    #expect(result.experiments[1].title == "Broken")
    let sentence = "A fault of the program ended the experiment, please report it: Fault()."
    #expect(result.experiments[1].remarks == [sentence])
    #expect(result.faults == [sentence])
    #expect(!result.isInterrupted)
    try result.validate()

    run.scenario.experiments[1] = ExperimentSpecification(Broken(error: Stopped()))
    let stopped = try run.result()
    #expect(stopped.faults.isEmpty)
    #expect(stopped.experiments[1].remarks == ["The experiment was stopped before its end."])
  }

  /// Each thing kept has all that came before it, and counts as stopped.
  @Test func whatIsKeptGrows() throws {
    let kept = Mutex<[RunResult]>([])
    let result = try run().result(keep: { part in kept.withLock { $0.append(part) } })
    let parts = kept.withLock { $0 }
    #expect(parts.allSatisfy { $0.isInterrupted })
    #expect(parts.map(\.experiments.count) == parts.map(\.experiments.count).sorted())
    #expect(parts.last?.experiments.count == result.experiments.count)
    #expect(parts.first?.experiments.first?.verdicts.isEmpty == false, "a point of the first experiment")
    #expect(parts.allSatisfy { $0.experiments.first?.title == "First" })
    for part in parts { try part.validate() }
  }

  /// Flows that are broken off leave no numbers: the point at which the run was stopped is not there.
  @Test func aPointThatIsStoppedIsLeftOut() throws {
    let asked = Mutex(0)
    let result = try run().result(isStopped: {
      asked.withLock { count in
        count += 1
        return count > 20
      }
    })
    #expect(result.isInterrupted)
    #expect(result.experiments.count == 1)
    #expect(result.experiments[0].verdicts.isEmpty && result.experiments[0].figures.isEmpty)
    #expect(result.experiments[0].remarks == ["The run was stopped at point 0 of 1."])
    try result.validate()
  }

  @Test func stems() {
    #expect(Run.stem(of: "a/b.c.yaml") == "b.c")
    #expect(Run.stem(of: "plain") == "plain")
  }
}
