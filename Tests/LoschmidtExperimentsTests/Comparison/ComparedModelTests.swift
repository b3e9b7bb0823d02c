import LoschmidtDynamics
import LoschmidtReports
import Testing

@testable import LoschmidtExperiments

/// What is known of a model before the run.
@Suite struct ComparedModelTests {
  private func models(_ texts: [String], process: String = "", settings: String = ComparisonCase.usual) throws
    -> [ComparedModel]
  {
    let scenario = try good(ComparisonCase.text(texts + ["full-batch"], settings, process: process))
    let experiment = try scenario.experiments[0].settings.experiment(on: scenario.process)
    return try #require(experiment as? NoiseComparisonExperiment).models
  }

  /// Which entropy production a model has depends on where its randomness enters.
  @Test func kindsOfProduction() throws {
    let texts = [
      "{minibatch: {size: 2}}", "{svag: {size: 2, l: 2}}", "{gaussian: {size: 2}}",
      "{minibatch: {size: 2, sampling: cyclic}}",
    ]
    let cold = try models(texts).map(\.production.word)
    #expect(cold == [nil, nil, "kernel", nil, nil])
    let hot = try models(texts, process: "temperature: 0.1").map(\.production.word)
    #expect(hot == ["marginal", "extended", "kernel", nil, "kernel"])
    // Multisets of 8 from 8 are 6435: too many to sum over at every step.
    let large = try models(["{minibatch: {size: 8}}"], process: "temperature: 0.1")
    #expect(large[0].production == .extended)
    #expect(large[0].options == PathOptions(extended: true, keepsPathsWithoutRatio: true))
  }

  @Test func epochsAreLookedAtWhereTheyEnd() throws {
    let text = "{minibatch: {size: 2, sampling: reshuffle}}"
    let every = try models([text], settings: "every: 6\n" + ComparisonCase.usual)
    #expect(every[0].epoch == 4 && every[0].every == 8 && every[1].every == 6)
    #expect(try every[0].moments.get().isEpochEnd)
  }

  /// Noise without a moment leaves θ without it.
  @Test func heavyTailsHaveFewMoments() throws {
    let found = try models([
      "{alpha-stable: {alpha: 1.5, scale: 0.1}}", "{student-t: {size: 2, degrees-of-freedom: 4}}",
    ])
    #expect((1...4).map { found[0].missing.reason(order: $0) == nil } == [true, false, false, false])
    #expect((1...4).map { found[1].missing.reason(order: $0) == nil } == [true, true, true, false])
    #expect(found[2].missing.reason(order: 4) == nil)
    #expect(throws: (any Error).self) { try found[0].exactTrace.get() }
  }

  @Test func theTheoremNeedsADensityAndAStart() throws {
    let settings = { (text: String) throws -> NoiseComparisonSettings in
      try #require(try good(text).experiments[0].settings as? NoiseComparisonSettings)
    }
    let text = ComparisonCase.text(
      ["full-batch", "{gaussian: {size: 2}}", "{minibatch: {size: 2, sampling: reshuffle}}"],
      process: "temperature: 0.1")
    let asked = try settings(text)
    let scenario = try good(text)
    let theorems = try asked.models.enumerated().map {
      try ComparedModel($0, $1, process: scenario.process, asked).theorem(asked)
    }
    let steps = try theorems.map { try $0.get().plan.clock.steps }
    #expect(steps == [4, 4, 4])
    // The ensembles are not those of the comparison itself, nor of each other.
    #expect(try theorems.map { try $0.get().firstEnsemble } == [1, 3, 5])
    var point = scenario.process
    point.initialLaw = InitialLaw([.point(0), .point(0)])
    #expect(throws: TheoremObstacle.self) {
      try ComparedModel(0, FullBatch(), process: point, asked).theorem(asked).get()
    }
  }
}
