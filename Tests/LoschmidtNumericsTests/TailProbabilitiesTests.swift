import LoschmidtNumerics
import Testing

@Suite("Tails and quantiles of the laws of test statistics")
struct TailProbabilitiesTests {
  /// Fits in double precision: each of some 40 operations may lose half an ulp of 2.2e-16.
  static let fewOperations = 20 * Double.ulpOfOne
  /// Powers with exponents up to ν/2 = 100 and x/2 = 100 multiply the rounding of their bases by as much.
  static let largeExponents = 500 * Double.ulpOfOne

  @Test("the normal law against 50 digits")
  func normal() throws {
    // exp(−x²/2) at |x| = 37 turns an ulp of x²/2 = 684 into as many ulps, but for the split of x that GSL makes.
    try compare("normalCumulative", relative: Self.fewOperations) { try TailProbabilities.normalCumulative($0[0]) }
    try compare("normalTail", relative: Self.fewOperations) { try TailProbabilities.normalTail($0[0]) }
    try compare("logNormalTail", relative: Self.fewOperations) { try TailProbabilities.logNormalTail($0[0]) }
    try compare("normalQuantile", relative: Self.fewOperations) { try TailProbabilities.normalQuantile($0[0]) }
    try compare("normalTailQuantile", relative: Self.fewOperations) { try TailProbabilities.normalTailQuantile($0[0]) }
    #expect(try TailProbabilities.normalTail(.infinity) == 0)
    #expect(try TailProbabilities.normalQuantile(0) == -.infinity)
    #expect(try TailProbabilities.normalQuantile(1) == .infinity)
  }

  @Test("χ² against 50 digits")
  func chiSquared() throws {
    try compare("chiSquaredTail", relative: Self.largeExponents) {
      try TailProbabilities.chiSquaredTail($0[0], degreesOfFreedom: $0[1])
    }
    try compare("chiSquaredTailQuantile", relative: Self.largeExponents) {
      try TailProbabilities.chiSquaredTailQuantile($0[0], degreesOfFreedom: $0[1])
    }
    #expect(try TailProbabilities.chiSquaredTail(-1, degreesOfFreedom: 3) == 1)
    #expect(try TailProbabilities.chiSquaredTail(.infinity, degreesOfFreedom: 3) == 0)
  }

  @Test("Student's t against 50 digits")
  func studentT() throws {
    try compare("studentTTail", relative: Self.largeExponents) {
      try TailProbabilities.studentTTail($0[0], degreesOfFreedom: $0[1])
    }
    try compare("studentTTailQuantile", relative: Self.largeExponents) {
      try TailProbabilities.studentTTailQuantile($0[0], degreesOfFreedom: $0[1])
    }
    #expect(try TailProbabilities.studentTTail(-.infinity, degreesOfFreedom: 3) == 1)
    #expect(try TailProbabilities.studentTTailQuantile(0, degreesOfFreedom: 3) == .infinity)
    #expect(try TailProbabilities.studentTTailQuantile(1, degreesOfFreedom: 3) == -.infinity)
  }

  @Test("arguments outside the domain are errors")
  func domains() {
    expectError("GSL_EDOM") { try TailProbabilities.normalCumulative(.nan) }
    expectError("GSL_EDOM") { try TailProbabilities.normalQuantile(1.1) }
    expectError("GSL_EDOM") { try TailProbabilities.normalTailQuantile(-0.1) }
    expectError("GSL_EDOM") { try TailProbabilities.logNormalTail(-.infinity) }
    expectError("GSL_EDOM") { try TailProbabilities.chiSquaredTail(1, degreesOfFreedom: 0) }
    expectError("GSL_EDOM") { try TailProbabilities.chiSquaredTailQuantile(2, degreesOfFreedom: 1) }
    expectError("GSL_EDOM") { try TailProbabilities.studentTTail(1, degreesOfFreedom: -1) }
    expectError("GSL_EDOM") { try TailProbabilities.studentTTailQuantile(.nan, degreesOfFreedom: 1) }
  }
}
