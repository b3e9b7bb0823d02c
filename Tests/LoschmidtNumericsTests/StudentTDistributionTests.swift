import LoschmidtNumerics
import Testing

@Suite("Student’s law")
struct StudentTDistributionTests {
  @Test("log-density against 40 digits")
  func logDensity() throws {
    // Some ten operations; the terms are up to ten times their sum.
    try compare("studentT", in: "distributions.json", relative: 100 * Double.ulpOfOne) {
      try StudentTDistribution(degreesOfFreedom: $0[0], location: $0[1], scale: $0[2]).logDensity(of: $0[3])
    }
  }

  @Test("draws follow the density")
  func law() throws {
    try expectLaw(
      StudentTDistribution(degreesOfFreedom: 3.5, location: -1, scale: 2),
      not: StudentTDistribution(degreesOfFreedom: 3.5, location: -1, scale: 2.25),
      StudentTDistribution(degreesOfFreedom: 1.5, location: -1, scale: 2))
    try expectLaw(
      StudentTDistribution(degreesOfFreedom: 1.2), not: StudentTDistribution(degreesOfFreedom: 1.2, scale: 1.15))
  }

  @Test("parameters out of range are errors")
  func parameters() {
    expectError("GSL_EDOM") { try StudentTDistribution(degreesOfFreedom: 0) }
    expectError("GSL_EDOM") { try StudentTDistribution(degreesOfFreedom: 3, location: .nan) }
    expectError("GSL_EDOM") { try StudentTDistribution(degreesOfFreedom: 3, scale: 0) }
  }
}
