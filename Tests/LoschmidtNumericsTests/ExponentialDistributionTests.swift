import LoschmidtNumerics
import Testing

@Suite("The exponential law")
struct ExponentialDistributionTests {
  @Test("log-density against 40 digits")
  func logDensity() throws {
    // Three operations, and a sum of terms that do not cancel beyond a factor of ten.
    try compare("exponential", in: "distributions.json", relative: 20 * Double.ulpOfOne) {
      try ExponentialDistribution(mean: $0[0]).logDensity(of: $0[1])
    }
    #expect(try ExponentialDistribution().logDensity(of: -0.1) == -.infinity)
  }

  @Test("draws follow the density")
  func law() throws {
    try expectLaw(ExponentialDistribution(mean: 2.5), not: ExponentialDistribution(mean: 2.75))
  }

  @Test("parameters out of range are errors")
  func parameters() {
    expectError("GSL_EDOM") { try ExponentialDistribution(mean: -1) }
  }
}
