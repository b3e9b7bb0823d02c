import LoschmidtNumerics
import Testing

@Suite("The beta law")
struct BetaDistributionTests {
  @Test("log-density against 40 digits")
  func logDensity() throws {
    // The terms are up to 50 times their sum.
    try compare("beta", in: "distributions.json", relative: 100 * Double.ulpOfOne) {
      try BetaDistribution(a: $0[0], b: $0[1]).logDensity(of: $0[2])
    }
    #expect(try BetaDistribution(a: 2, b: 1).logDensity(of: -0.1) == -.infinity)
    #expect(try BetaDistribution(a: 1, b: 2).logDensity(of: 1) == -.infinity)
  }

  @Test("draws follow the density")
  func law() throws {
    try expectLaw(BetaDistribution(a: 2, b: 3), not: BetaDistribution(a: 2.2, b: 3))
    try expectLaw(BetaDistribution(a: 0.6, b: 0.9), not: BetaDistribution(a: 0.65, b: 0.9))
  }

  @Test("parameters out of range are errors")
  func parameters() {
    expectError("GSL_EDOM") { try BetaDistribution(a: 0, b: 1) }
    expectError("GSL_EDOM") { try BetaDistribution(a: 1, b: .nan) }
  }
}
