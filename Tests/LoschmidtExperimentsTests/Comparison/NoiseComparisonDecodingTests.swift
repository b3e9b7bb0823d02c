import LoschmidtDynamics
import Testing

@testable import LoschmidtExperiments

@Suite struct NoiseComparisonDecodingTests {
  private func settings(_ models: [String], _ more: String = "") throws -> NoiseComparisonSettings {
    let text = ComparisonCase.text(models, ComparisonCase.usual + "\n" + more)
    return try #require(try good(text).experiments[0].settings as? NoiseComparisonSettings)
  }

  @Test func readsModelsAndDefaults() throws {
    let read = try settings(["full-batch", "{minibatch: {size: 2}}"])
    #expect(read.models.map(\.name) == ["full-batch", "minibatch"])
    #expect(read.reference == 0 && read.every == 1 && read.theoremSteps == 4 && read.observables.isEmpty)
    // The full batch has no density without a temperature; both have exact values, one is compared.
    #expect(read.statisticalVerdicts == 2 && read.verdictCount == 2)
    let more = try settings(
      ["full-batch", "{gaussian: {size: 2}}"], "reference: 1\nevery: 5\ntheorem-steps: 2\nobservables: {sum: u + w}")
    #expect(more.reference == 1 && more.every == 5 && more.theoremSteps == 2)
    #expect(more.observables.map(\.name) == ["sum"])
    #expect(more.statisticalVerdicts == 4)
  }

  private static let wrong: [(models: [String], more: String, message: String)] = [
    (["full-batch"], "", "'models' must be a list of at least two gradients"),
    (["full-batch", "{minibach: {size: 2}}"], "", "unknown gradient 'minibach'; did you mean 'minibatch'?"),
    (["full-batch", "{minibatch: {size: 20}}"], "", "'size' is larger than the data: got 20, allowed are 1 … 8"),
    (["full-batch", "minibatch"], "reference: 2", "'reference' must be a whole number, 0 … 1, got 2"),
    (["full-batch", "minibatch"], "every: 61", "'every' must be a whole number, 1 … 60, got 61"),
    (["full-batch", "minibatch"], "observables: {late: t*u}", "the observable 'late' changes in time by itself"),
    (
      ["full-batch", "{minibatch: {size: 2, sampling: reshuffle}}"], "every: 60",
      "no step of 'minibatch: {size: 2, sampling: reshuffle}' would be recorded"
    ),
  ]

  @Test(arguments: 0..<wrong.count) func refusesWithASentence(index: Int) throws {
    let (models, more, message) = Self.wrong[index]
    let settings = index == 6 ? "trajectories: 600\nsteps: 3\nburn-in: 101\nevery: 3" : ComparisonCase.usual + "\n" + more
    let text = ComparisonCase.text(models, settings)
    let diagnostics = Scenario.read(bytes: Array(text.utf8), path: "s.yaml").diagnostics.map(\.description)
    #expect(diagnostics.count == 1 && diagnostics[0].contains(message), "\(diagnostics)")
  }

  /// The ends of epochs are compared, and the last step has to be one.
  @Test func epochsHaveToEnd() throws {
    let text = ComparisonCase.text(
      ["full-batch", "{minibatch: {size: 2, sampling: reshuffle}}"], "trajectories: 60\nsteps: 9\nburn-in: 1")
    let diagnostics = Scenario.read(bytes: Array(text.utf8), path: "s.yaml").diagnostics.map(\.description)
    #expect(diagnostics.count == 1 && diagnostics[0].contains("make 'burn-in' + 'steps' a multiple of it, got 10"))
  }
}
