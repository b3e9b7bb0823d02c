import LoschmidtNumerics
import Testing

@Suite("The normal law")
struct NormalDistributionTests {
  @Test("log-density against 40 digits")
  func logDensity() throws {
    // Three operations, and a sum of terms that do not cancel beyond a factor of ten.
    try compare("normal", in: "distributions.json", relative: 20 * Double.ulpOfOne) {
      try NormalDistribution(mean: $0[0], standardDeviation: $0[1]).logDensity(of: $0[2])
    }
  }

  @Test("draws follow the density")
  func law() throws {
    try expectLaw(
      NormalDistribution(mean: 1.5, standardDeviation: 0.2),
      not: NormalDistribution(mean: 1.5, standardDeviation: 0.22),
      NormalDistribution(mean: 1.52, standardDeviation: 0.2))
  }

  @Test("parameters out of range are errors")
  func parameters() {
    expectError("GSL_EDOM") { try NormalDistribution(standardDeviation: 0) }
    expectError("GSL_EDOM") { try NormalDistribution(mean: .infinity) }
  }
}
