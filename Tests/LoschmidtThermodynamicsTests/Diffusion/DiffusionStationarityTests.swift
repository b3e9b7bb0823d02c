import LoschmidtDynamics
import LoschmidtNumerics
import LoschmidtTestSupport
import Testing

@testable import LoschmidtThermodynamics

@Suite struct DiffusionStationarityTests {
  /// dx = −k(1 + ηk/2) x dt + √(2T + ηC) dW.
  @Test func oneDimensionInClosedForm() throws {
    let (k, eta, temperature, noise) = (1.5, 0.2, 0.3, 2.0)
    let process = try ProcessText(["x"], loss: "0.75*x^2").process(
      learningRate: Schedule(eta), temperature: .bath(temperature),
      gradient: ConstantCovariance(matrix: DenseMatrix([[noise]])))
    let moments = try LinearNoise.moments(process)
    let found = try #require(moments.stationary(order: .second, interpretation: .stratonovich))
    let expected = (2 * temperature + eta * noise) / (2 * k * (1 + eta * k / 2))
    // A handful of roundings.
    #expect(abs(found.covariance[0, 0] - expected) <= 16 * Double.ulpOfOne && abs(found.mean[0]) <= Double.ulpOfOne)
    #expect(moments.isNoiseConstant)
  }

  /// What the equation of the moments relaxes to, which shares only the drift with the linear system.
  @Test(arguments: ModifiedSDE.Interpretation.allCases)
  func itIsTheLimitOfTheMoments(interpretation: ModifiedSDE.Interpretation) throws {
    let columns: [SampleTable.Column] = [
      .init(name: "a", values: [1, -0.8, 0.3, 1.5]), .init(name: "b", values: [0.5, 1.2, -1, 0.2]),
      .init(name: "y", values: [1.1, -0.3, 0.4, 1.9]),
    ]
    let process = try ProcessText(
      ["u", "w"], loss: "0.5*(u*a + w*b - y)^2", forces: [("u", "0.5*w")],
      samples: SampleTable(count: 4, columns: columns)
    ).process(learningRate: Schedule(0.2), temperature: .bath(0.1), gradient: Minibatch(size: 1))
    let moments = try LinearNoise.moments(process)
    #expect(!moments.isNoiseConstant)
    let found = try #require(moments.stationary(order: .first, interpretation: interpretation))
    let limit = try moments.diffusion(
      QuadraticMoments.Moments(process.initialLaw), time: 120, order: .first, interpretation: interpretation)
    // The slowest mode has a rate above 0.4, and e^−48 is below rounding; the integration is good to 1e-12.
    #expect(zip(found.mean, limit.mean).allSatisfy { abs($0 - $1) <= 1e-11 })
    #expect((found.covariance - limit.covariance).largestEntry <= 1e-11)
  }

  @Test func withoutStationaryState() throws {
    let hill = try ProcessText(["x"], loss: "-0.5*x^2").process(temperature: .bath(1))
    #expect(try LinearNoise.moments(hill).stationary(order: .second, interpretation: .ito) == nil)
    // The noise grows faster than the drift pulls: k = 1, Var a = 9, η = 1/2, and 2(1 + η/2) < 9η.
    let samples = SampleTable(count: 2, columns: [.init(name: "a", values: [4, -2])])
    let loud = try ProcessText(["x"], loss: "0.5*a*x^2", samples: samples)
      .process(learningRate: Schedule(0.5), gradient: Minibatch(size: 1))
    #expect(try LinearNoise.moments(loud).stationary(order: .second, interpretation: .ito) == nil)
  }
}
