import LoschmidtNumerics
import Testing

@Suite("The log-normal law")
struct LogNormalDistributionTests {
  @Test("log-density against 40 digits")
  func logDensity() throws {
    // Three operations, and a sum of terms that do not cancel beyond a factor of ten.
    try compare("logNormal", in: "distributions.json", relative: 20 * Double.ulpOfOne) {
      try LogNormalDistribution(logMean: $0[0], logStandardDeviation: $0[1]).logDensity(of: $0[2])
    }
    #expect(try LogNormalDistribution().logDensity(of: 0) == -.infinity)
  }

  @Test("draws follow the density")
  func law() throws {
    try expectLaw(
      LogNormalDistribution(logMean: 1, logStandardDeviation: 0.5),
      not: LogNormalDistribution(logMean: 1.05, logStandardDeviation: 0.5))
  }

  @Test("parameters out of range are errors")
  func parameters() {
    expectError("GSL_EDOM") { try LogNormalDistribution(logMean: .nan) }
    expectError("GSL_EDOM") { try LogNormalDistribution(logStandardDeviation: -1) }
  }
}
