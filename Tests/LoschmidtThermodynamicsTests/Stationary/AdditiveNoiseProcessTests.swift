import LoschmidtDynamics
import LoschmidtNumerics
import LoschmidtTestSupport
import Testing

@testable import LoschmidtThermodynamics

@Suite struct AdditiveNoiseProcessTests {
  private func plan(
    _ gradient: any GradientNoise, loss: String = "0.5*(u - a)^2", temperature: Double = 0, learningRate: Double = 0.2,
    force: Bool = false
  ) throws -> SimulationPlan {
    let parameters = ParameterLayout([("u", .scalar)])
    let samples = SampleTable(
      count: 4,
      columns: [
        SampleTable.Column(name: "a", values: [1, 2, 3, 5]), SampleTable.Column(name: "h", values: [1, 1, 1, 2]),
      ])
    let landscape = try ExpressionLandscape(loss: Expression(parsing: loss), parameters: parameters, samples: samples)
    let push = try ExpressionForce(
      [(parameter: "u", expression: Expression(parsing: "2 - 3*u"))], parameters: parameters, common: CommonInputs())
    let process = TrainingProcess(
      parameters: parameters, initialLaw: InitialLaw([.point(1)]), landscape: landscape, force: force ? push : nil,
      gradient: gradient, algorithm: GradientDescent(learningRate: Schedule(learningRate)),
      temperature: .uniform(.constant(temperature)))
    return try SimulationPlan(process, steps: 1)
  }

  private func stated(
    _ covariance: NoiseCovariance? = NoiseCovariance(samplingFactor: 0.5), _ tail: HeavyTail? = nil
  ) -> StatedNoise {
    StatedNoise(covariance: covariance, randomness: .integrated, isGaussian: tail == nil, heavyTail: tail)
  }

  /// a has the variance 35/16 and the mean 11/4.
  @Test func theNoiseOfSamplesOfOneCurvature() throws {
    let process = try #require(AdditiveNoiseProcess(try plan(MatchedGaussian(size: 2), temperature: 0.1), step: 0))
    #expect(process.isGaussian && process.isStable && process.map == DenseMatrix([[0.8]]))
    // A handful of roundings each.
    #expect(agrees(process.shift, with: [0.2 * 11 / 4], relative: 1e-15))
    #expect(agrees(try #require(process.gradientNoise).entries, with: [0.04 * 0.5 * 35 / 16], relative: 1e-15))
    #expect(agrees(process.thermalNoise.entries, with: [2 * 0.2 * 0.1], relative: 1e-15))
    let chain = try #require(process.gaussianChain)
    #expect(agrees(chain.stationary.mean, with: [11.0 / 4], relative: 1e-14))
    #expect(process.heavyTailedChain == nil)
    let trace = try #require(AdditiveNoiseProcess(try plan(stated(NoiseCovariance(traceFactor: 0.5))), step: 0))
    #expect(agrees(try #require(trace.gradientNoise).entries, with: [0.04 * 0.5 * 35 / 16], relative: 1e-15))
    let forced = try #require(AdditiveNoiseProcess(try plan(MatchedGaussian(), force: true), step: 0))
    #expect(agrees(forced.map.entries, with: [1 - 0.2 * 4], relative: 1e-15))
    #expect(agrees(forced.shift, with: [0.2 * (11.0 / 4 + 2)], relative: 1e-15))
  }

  @Test func heavyTails() throws {
    let student = HeavyTail.student(degreesOfFreedom: 5)
    let stable = HeavyTail.stable(alpha: 1, scale: 2)
    let first = try #require(
      AdditiveNoiseProcess(try plan(stated(NoiseCovariance(samplingFactor: 1), student)), step: 0))
    #expect(!first.isGaussian && first.gaussianChain == nil)
    #expect(first.heavyTailedChain == (try HeavyTailedChain(map: 0.8, noise: student)))
    // Stable noise has no part in the samples, whose curvatures may differ: h has the mean 5/4.
    let second = try #require(
      AdditiveNoiseProcess(try plan(stated(nil, stable), loss: "0.5*h*(u - a)^2"), step: 0))
    #expect(second.gradientNoise == nil && !second.isGaussian)
    #expect(second.heavyTailedChain == (try HeavyTailedChain(map: 1 - 0.2 * 1.25, noise: stable)))
    // The sum of normal and other noise has neither law.
    let warm = try #require(AdditiveNoiseProcess(try plan(stated(nil, stable), temperature: 0.1), step: 0))
    #expect(warm.heavyTailedChain == nil)
    let fast = try #require(AdditiveNoiseProcess(try plan(stated(nil, stable), learningRate: 3), step: 0))
    #expect(!fast.isStable && fast.heavyTailedChain == nil)
    let none = try #require(
      AdditiveNoiseProcess(try plan(stated(NoiseCovariance(samplingFactor: 1), student), loss: "0.5*u^2"), step: 0))
    #expect(none.heavyTailedChain == nil)
  }

  @Test func whatIsNotAdditive() throws {
    #expect(AdditiveNoiseProcess(try plan(stated(), loss: "0.5*h*(u - a)^2"), step: 0) == nil)
    #expect(AdditiveNoiseProcess(try plan(stated(), loss: "(u - a)^4"), step: 0) == nil)
    #expect(AdditiveNoiseProcess(try plan(Minibatch()), step: 0) == nil)
    let label = NoiseCovariance(label: NoiseCovariance.Label(column: "a", variance: 1))
    #expect(AdditiveNoiseProcess(try plan(stated(label)), step: 0) == nil)
  }
}
