import LoschmidtDynamics
import LoschmidtNumerics
import Testing

@testable import LoschmidtExperiments

@Suite struct SettingsTextTests {
  @Test func choicesAreWrittenAsInAScenario() {
    #expect(choiceText("full-batch", FullBatch()) == "full-batch")
    #expect(
      choiceText("minibatch", Minibatch(size: 4, sampling: .reshuffle)) == "minibatch: {size: 4, sampling: reshuffle}")
  }

  @Test func equationsShowTheirDefaults() {
    #expect(
      choiceText("modified-sde", ModifiedSDE(learningRate: Schedule(0.1)))
        == "modified-sde: {learning-rate: 0.1, order: 2, interpretation: ito, substeps: 2}")
  }

  @Test func preconditioners() {
    #expect(Preconditioner.identity.scenarioText == "identity")
    #expect(Preconditioner.diagonal([1, 0.5]).scenarioText == "diagonal [1, 0.5]")
    #expect(Preconditioner.matrix([1, 0, 0, 1], dimension: 2).scenarioText == "a 2 × 2 matrix")
  }

  @Test func longListsAreShortened() {
    #expect(shortened(["a", "b"]) == "[a, b]")
    #expect(shortened((0..<9).map(String.init)) == "[0, 1, 2, 3, 4, 5, 6, 7, … (9)]")
  }
}
