import Foundation
import LoschmidtDynamics
import LoschmidtNumerics
import LoschmidtTestSupport
import Testing

@Suite struct AlphaStableTests {
  @Test func whatItSays() {
    let noise = AlphaStable(alpha: 1.5, scale: 0.5)
    #expect(noise.name == "alpha-stable" && noise.alpha == 1.5 && noise.scale == 0.5)
    #expect(noise.randomness == .integrated && noise.covariance(sampleCount: 4, dimension: 2) == nil)
    #expect(noise.additiveCovariance(dimension: 2) == nil)
  }

  /// α = 2 is a Gaussian noise of the variance 2c².
  @Test func twoIsGaussian() throws {
    let noise = AlphaStable(alpha: 2, scale: 0.5)
    #expect(noise.randomness == .partOfStep && noise.additiveCovariance(dimension: 2) == .diagonal([0.5, 0.5]))
    #expect(noise.covariance(sampleCount: 4, dimension: 1) == NoiseCovariance(constant: .diagonal([0.5])))
    let problem = NoiseModels.problems[0]
    let stable = try NoiseLaw(noise, problem.text, at: problem.point).draw([0, 1], lanes: 8)
    let normal = try NoiseLaw(Isotropic(.standardDeviation(0.5.squareRoot())), problem.text, at: problem.point)
      .draw([0, 1], lanes: 8)
    // The variance is rounded once more on one of the ways.
    #expect(zip(stable.ends, normal.ends).allSatisfy { deviation(of: $0, from: $1) <= 1e-15 })
  }

  /// E cos t(ĝ − ∇L) = exp(−|ct|ᵅ) in each coordinate, and the product of both for their sum: they are independent.
  @Test(arguments: [0.6, 1, 1.7]) func theCharacteristicFunction(alpha: Double) throws {
    let problem = NoiseModels.problems[0]
    let law = try NoiseLaw(AlphaStable(alpha: alpha, scale: 0.8), problem.text, at: problem.point)
    let full = law.fullGradient()
    let gradients = law.gradients(try law.draw(Array(0..<40), lanes: 256))
    let noises = zip(gradients, full).map { values, centre in values.map { $0 - centre } }
    for t in [0.3, 1, 2.5] {
      let expected = exp(-pow(0.8 * t, alpha))
      for i in 0..<2 {
        let (mean, error) = meanAndError(noises[i].map { cos(t * $0) })
        #expect(abs(mean - expected) <= 5 * error)
      }
      let (mean, error) = meanAndError(zip(noises[0], noises[1]).map { cos(t * ($0 + $1)) })
      #expect(abs(mean - expected * expected) <= 5 * error)
    }
  }

  @Test func stepsWithoutDensity() throws {
    let text = NoiseModels.problems[0].text
    func missing(
      temperature: Double = 0, preconditioner: Preconditioner = .identity, alpha: Double = 1.5
    ) throws -> MissingDensity? {
      let process = try text.process(
        temperature: .bath(temperature), gradient: AlphaStable(alpha: alpha, scale: 1), preconditioner: preconditioner)
      return try SimulationPlan(process, steps: 1).missingDensity()
    }
    let mixing = Preconditioner.matrix([1, 0.2, 0.2, 1], dimension: 2)
    #expect(try missing() == nil && missing(preconditioner: .diagonal([1, 2])) == nil)
    #expect(try missing(temperature: 0.1) == .heatedNoise)
    #expect(try missing(preconditioner: mixing) == .mixedCoordinates)
    #expect(try missing(temperature: 0.1, preconditioner: mixing, alpha: 2) == nil)
  }

  /// The autoregression x′ = ax + ξ with Cauchy noise produces 2 ln(1 + a) a step.
  @Test func entropyProductionOfAnAutoregression() throws {
    let reference = try #require(ThermodynamicReference.entries("t7_cauchy").first { $0["inputs"]["a"].double == 0.8 })
    let expected = reference["outputs"]["ep_per_step"].double
    // The reference has 17 digits of a closed form.
    #expect(abs(expected - 2 * log(1.8)) <= 1e-14)
    let result = try productionPerStep(
      ProcessText(["x"], loss: "0.5*x^2"), AlphaStable(alpha: 1, scale: 3), learningRate: 0.2)
    #expect(abs(result.mean - expected) <= 5 * result.error)
    #expect(result.error < 0.02 * expected)
  }
}
