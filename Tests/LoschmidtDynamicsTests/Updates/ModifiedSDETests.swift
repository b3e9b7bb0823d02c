import LoschmidtNumerics
import LoschmidtTestSupport
import Testing

@testable import LoschmidtDynamics

@Suite struct ModifiedSDETests {
  @Test func noisesThatHaveAnEquation() {
    func noise(_ gradient: any GradientNoise) -> NoiseCovariance? {
      ModifiedSDE.noise(of: gradient, sampleCount: 6, dimension: 2)
    }
    #expect(noise(FullBatch()) == NoiseCovariance())
    #expect(noise(Minibatch(size: 4))?.samplingFactor == 0.25)
    // (N − B)/(B(N − 1)), rounded.
    let factor = noise(Minibatch(size: 2, sampling: .withoutReplacement))?.samplingFactor ?? 0
    #expect(abs(factor - 0.4) <= 0.4.ulp)
    #expect(noise(MatchedGaussian(size: 2)) == NoiseCovariance(samplingFactor: 0.5))
    let matrix = DenseMatrix([[2, 1], [1, 2]])
    #expect(noise(ConstantCovariance(matrix: matrix))?.constant == matrix)
    #expect(noise(Minibatch(size: 3, sampling: .reshuffle)) == nil)
    #expect(noise(Minibatch(size: 3, sampling: .cyclic)) == nil)
  }

  /// The mobility and the additive noise of gradient descent.
  @Test func theLawIsThatOfDescent() throws {
    let setting = StepSetting(index: 0, startTime: 0, time: 0.1, learningRate: 0.1, temperatures: [2])
    let law = try ModifiedSDE(learningRate: Schedule(0.1)).stepLaw(setting, additiveCovariance: nil, dimension: 2)
    #expect(law.mobility == .diagonal([0.1, 0.1]))
    // A variance goes through its square root.
    #expect((law.covariance - .diagonal([0.4, 0.4])).largestEntry <= 0.4.ulp)
  }

  /// Four stages of Runge and Kutta and twice Heun's two, counted by hand.
  @Test func evaluationsOfAStep() {
    func count(_ order: ModifiedSDE.Order, _ reading: ModifiedSDE.Interpretation, _ factor: Double) -> Int {
      ModifiedSDE(learningRate: Schedule(0.1), order: order, interpretation: reading, substeps: 2)
        .sampleGradients(
          factor == 0 ? FullBatch() : MatchedGaussian(), sampleCount: 3, dimension: 2)
    }
    // Without noise 4 gradients of 3 samples in each of 2 intervals, and as many products.
    #expect(count(.first, .ito, 0) == 24 && count(.second, .stratonovich, 0) == 48)
    // 4 gradients of the noise, and none of the correction, for the plain equation of Stratonovich.
    #expect(count(.first, .stratonovich, 1) == 48 && count(.first, .ito, 1) == 96)
    #expect(count(.second, .ito, 1) == 120)
  }

  @Test func thereIsNoDensity() throws {
    var process = try ProcessText(["x"], loss: "0.5*x^2").process(temperature: .bath(1))
    process.algorithm = ModifiedSDE(learningRate: Schedule(0.1))
    let plan = try SimulationPlan(process, steps: 3)
    #expect(try plan.missingDensity() == .continuousTime)
    #expect(try plan.missingMarginalDensity() == .continuousTime)
  }
}
