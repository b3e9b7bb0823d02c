import LoschmidtNumerics
import LoschmidtTestSupport
import LoschmidtThermodynamics
import Testing

@Suite struct SpectralCumulantsTests {
  @Test func agreesWithTheReference() throws {
    for (chain, expected) in try GaussianChainTests.chains() {
      #expect(expected["scgf_per_step"].list.count == 5)
      for point in expected["scgf_per_step"].list {
        let value = chain.scaledCumulantGenerating(point["k"].double)
        // The reference is off by 6e-15 where λ is 0.
        #expect(agrees(value, with: point["value"].double, absolute: 2e-14))
      }
      // The reference is a second difference of λ in double precision, good to 3e-8.
      #expect(
        agrees(chain.asymptoticVarianceRate, with: expected["asymptotic_var_rate"].double, relative: 1e-7))
    }
  }

  /// The recursion over time settles at the same rates.
  @Test func ratesAreThoseOfLongPaths() throws {
    for (chain, _) in try GaussianChainTests.chains() {
      let paths = (chain.logRatio(steps: 400), chain.logRatio(steps: 401))
      for argument in [-0.2, 0.5, 1.2] {
        let difference = paths.1.cumulantGenerating(argument) - paths.0.cumulantGenerating(argument)
        // Values up to 30 are subtracted; the correlations of the boundaries have died out as 0.9⁴⁰⁰.
        #expect(agrees(chain.scaledCumulantGenerating(argument), with: difference, absolute: 1e-12))
      }
      let variance = paths.1.variance - paths.0.variance
      #expect(agrees(chain.asymptoticVarianceRate, with: variance, absolute: 1e-11))
    }
  }

  @Test func isInfiniteOutsideOfTheDomain() throws {
    let chain = try GaussianChainTests.chains()[0].0
    // Finite paths diverge earlier than the rate does not exist: beyond 1.46 at n = 20.
    #expect(chain.scaledCumulantGenerating(1.2).isFinite)
    #expect(chain.scaledCumulantGenerating(3) == .infinity)
    #expect(chain.scaledCumulantGenerating(-2) == .infinity)
  }
}
