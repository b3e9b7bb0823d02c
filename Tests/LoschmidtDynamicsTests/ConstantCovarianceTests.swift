import LoschmidtDynamics
import LoschmidtNumerics
import LoschmidtTestSupport
import Testing

@Suite struct ConstantCovarianceTests {
  private let noise = ConstantCovariance(matrix: DenseMatrix([[2, 0.5], [0.5, 1]]))

  @Test func theNoiseIsInTheStep() throws {
    #expect(noise.name == "constant-covariance" && noise.additiveCovariance(dimension: 2) == noise.matrix)
    #expect(noise.covariance(sampleCount: 5, dimension: 2) == NoiseCovariance(constant: noise.matrix))
    #expect(noise.randomness == .partOfStep && noise.substeps == 1)
    #expect(noise.batchLaw(sampleCount: 5, limit: 100) == nil)
    #expect(noise.isReversalInvariant(sampleCount: 5, steps: 3))
    #expect(noise.sampler(try ProcessText(["x", "y"], loss: "x^2 + y^2").program(), lanes: 4).isDeterministic)
  }

  /// Σ = η²C without temperature: Langevin dynamics in all but name where C = 2T/η.
  @Test func theLawHasTheCovariance() throws {
    let text = ProcessText(["x", "y"], loss: "x^2 + y^2")
    let law = try #require(
      try SimulationPlan(text.process(learningRate: Schedule(0.5), gradient: noise), steps: 3).constantLaw)
    // A factor, multiplied out.
    #expect((law.covariance - 0.25 * noise.matrix).largestEntry <= 4 * Double.ulpOfOne)
    let same = ConstantCovariance(matrix: .diagonal([4, 4]))
    let one = try SimulationPlan(text.process(learningRate: Schedule(0.5), gradient: same), steps: 3).constantLaw
    let hot = try text.process(learningRate: Schedule(0.5), temperature: .bath(1))
    let other = try SimulationPlan(hot, steps: 3).constantLaw
    #expect(one?.covariance == other?.covariance && one?.mobility == other?.mobility)
  }
}
