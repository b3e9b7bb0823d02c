import Foundation
import LoschmidtExperiments
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

  @Test func stems() {
    #expect(Run.stem(of: "a/b.c.yaml") == "b.c")
    #expect(Run.stem(of: "plain") == "plain")
  }
}
