import LoschmidtNumerics
import Testing

@Suite("The gamma law")
struct GammaDistributionTests {
  @Test("log-density against 40 digits")
  func logDensity() throws {
    // The terms are up to 200 times their sum.
    try compare("gamma", in: "distributions.json", relative: 500 * Double.ulpOfOne) {
      try GammaDistribution(shape: $0[0], scale: $0[1]).logDensity(of: $0[2])
    }
  }

  @Test("the density at the ends of the half line")
  func ends() throws {
    #expect(try GammaDistribution(shape: 2).logDensity(of: 0) == -.infinity)
    #expect(try GammaDistribution(shape: 1).logDensity(of: 0) == 0)
    #expect(try GammaDistribution(shape: 0.5).logDensity(of: 0) == .infinity)
    #expect(try GammaDistribution(shape: 2).logDensity(of: -1) == -.infinity)
    #expect(try GammaDistribution(shape: 2).logDensity(of: .infinity) == -.infinity)
  }

  @Test("draws follow the density")
  func law() throws {
    try expectLaw(GammaDistribution(shape: 4.5, scale: 0.1), not: GammaDistribution(shape: 4.3, scale: 0.1))
    try expectLaw(GammaDistribution(shape: 0.6, scale: 2), not: GammaDistribution(shape: 0.65, scale: 2))
  }

  @Test("parameters out of range are errors")
  func parameters() {
    expectError("GSL_EDOM") { try GammaDistribution(shape: 0) }
    expectError("GSL_EDOM") { try GammaDistribution(shape: 1, scale: .infinity) }
  }
}
