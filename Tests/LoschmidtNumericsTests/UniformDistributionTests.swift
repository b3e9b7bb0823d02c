import LoschmidtNumerics
import Testing

@Suite("The uniform law")
struct UniformDistributionTests {
  @Test("log-density against 40 digits")
  func logDensity() throws {
    // One logarithm of one difference.
    try compare("uniform", in: "distributions.json", relative: 4 * Double.ulpOfOne) {
      try UniformDistribution(from: $0[0], to: $0[1]).logDensity(of: $0[2])
    }
    #expect(try UniformDistribution().logDensity(of: 1.1) == -.infinity)
  }

  @Test("draws follow the density")
  func law() throws {
    try expectLaw(UniformDistribution(from: -2, to: 5), not: UniformDistribution(from: -2, to: 5.2))
  }

  @Test("parameters out of range are errors")
  func parameters() {
    expectError("GSL_EDOM") { try UniformDistribution(from: 1, to: 1) }
    expectError("GSL_EDOM") { try UniformDistribution(from: 0, to: .infinity) }
    expectError("GSL_EDOM") { try UniformDistribution(from: -1e308, to: 1e308) }  // whose length overflows
  }
}
