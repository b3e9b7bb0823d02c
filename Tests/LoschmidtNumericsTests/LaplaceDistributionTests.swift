import LoschmidtNumerics
import Testing

@Suite("The Laplace law")
struct LaplaceDistributionTests {
  @Test("log-density against 40 digits")
  func logDensity() throws {
    // Three operations, and a sum of terms that do not cancel beyond a factor of ten.
    try compare("laplace", in: "distributions.json", relative: 20 * Double.ulpOfOne) {
      try LaplaceDistribution(mean: $0[0], scale: $0[1]).logDensity(of: $0[2])
    }
  }

  @Test("draws follow the density")
  func law() throws {
    try expectLaw(LaplaceDistribution(mean: 1, scale: 0.3), not: LaplaceDistribution(mean: 1, scale: 0.34))
  }

  @Test("parameters out of range are errors")
  func parameters() {
    expectError("GSL_EDOM") { try LaplaceDistribution(mean: .nan) }
    expectError("GSL_EDOM") { try LaplaceDistribution(scale: 0) }
  }
}
