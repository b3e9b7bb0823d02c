import LoschmidtNumerics
import LoschmidtTestSupport
import LoschmidtThermodynamics
import Testing

@Suite struct GaussianLawTests {
  private let covariance = [[1.5, 0.4], [0.4, 0.7]]

  @Test(arguments: 1...4) func theFormOfTheDensityIsTheDensity(seed: Int) throws {
    var random = TestRandom(seed: UInt64(seed))
    let mean = random.vector(2)
    let law = try GaussianLaw(mean: mean, covariance: DenseMatrix(covariance))
    let point = random.vector(2, in: -3...3)
    let expected = DensePathOracle.logDensity(of: point, mean: mean, covariance: covariance)
    // Terms up to 30 cancel in the form.
    #expect(abs(law.logDensity.value(at: point) - expected) < 1e-13)
  }

  @Test func refusesWhatIsNoCovariance() {
    #expect(throws: GaussianFailure.notPositiveDefinite("the covariance of a law")) {
      try GaussianLaw(mean: [0, 0], covariance: DenseMatrix([[1, 2], [2, 1]]))
    }
  }
}
