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

  @Test func noiseModelsShowTheirSettings() {
    func text(_ noise: any GradientNoise) -> String { choiceText(noise.name, noise) }
    #expect(text(MatchedGaussian(size: 2)) == "gaussian: {size: 2}")
    #expect(
      text(ConstantCovariance(matrix: .diagonal([1, 0.5]))) == "constant-covariance: {matrix: [[1, 0], [0, 0.5]]}")
    #expect(text(Isotropic(.size(3))) == "isotropic: {size: 3}")
    #expect(text(Isotropic(.standardDeviation(0.5))) == "isotropic: {standard-deviation: 0.5}")
    #expect(text(StudentT(size: 2, degreesOfFreedom: 3)) == "student-t: {size: 2, degrees-of-freedom: 3}")
    #expect(text(AlphaStable(alpha: 1.5, scale: 0.1)) == "alpha-stable: {alpha: 1.5, scale: 0.1}")
    #expect(
      text(LabelNoise(column: "y", standardDeviation: 0.1, size: 2))
        == "label-noise: {column: y, standard-deviation: 0.1, size: 2}")
    #expect(text(SVAG(size: 2, substeps: 4)) == "svag: {size: 2, l: 4}")
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
