import Foundation
import LoschmidtNumerics
import Testing

@Suite("The symmetric α-stable law")
struct AlphaStableDistributionTests {
  @Test("log-density against Fourier integrals with 40 digits")
  func logDensity() throws {
    // The quadrature stops at a relative error of 1e-10 in the density, where logarithms below 1 in modulus begin at 0.1.
    try compare("alphaStable", in: "distributions.json", relative: 1e-9) {
      try AlphaStableDistribution(alpha: $0[0]).logDensity(of: $0[1])
    }
  }

  @Test("α = 2 is normal with variance 2c², α = 1 is Cauchy")
  func specialCases() throws {
    let normal = try NormalDistribution(standardDeviation: 3 * 2.0.squareRoot())
    let cauchy = try StudentTDistribution(degreesOfFreedom: 1, scale: 3)
    for x in [-100, -1, 0, 0.3, 20.0] {
      let two = try AlphaStableDistribution(alpha: 2, scale: 3).logDensity(of: x)
      let one = try AlphaStableDistribution(alpha: 1, scale: 3).logDensity(of: x)
      #expect(abs(two - normal.logDensity(of: x)) <= 10 * Double.ulpOfOne * max(1, abs(two)))  // ten operations
      #expect(abs(one - cauchy.logDensity(of: x)) <= 10 * Double.ulpOfOne * max(1, abs(one)))  // ten operations
    }
  }

  @Test("the density is smooth where it changes its method")
  func seams() throws {
    for alpha in [0.4, 0.9, 1 - 1.5e-6, 1 - 0.5e-6, 1 + 0.5e-6, 1 + 1.5e-6, 1.1, 1.6, 1.999] {
      let law = try AlphaStableDistribution(alpha: alpha)
      var previous = Double.infinity
      for k in 0...600 {
        // Down the right side the density falls; a jump of the method by 1e-9 against steps of 4 % would show as a rise
        // only near the flat top, so that the comparison begins at x = 0.01, where a step changes ln p by 1e-6 or more.
        let value = try law.logDensity(of: 0.01 * exp(0.04 * Double(k)))
        #expect(value < previous)
        previous = value
      }
    }
  }

  @Test("draws follow the density", arguments: [0.5, 0.9, 1, 1.3, 1.8, 2])
  func law(alpha: Double) throws {
    try expectLaw(
      AlphaStableDistribution(alpha: alpha, scale: 0.7),
      not: AlphaStableDistribution(alpha: alpha, scale: 0.8), AlphaStableDistribution(alpha: alpha * 0.7, scale: 0.7))
  }

  @Test("parameters out of range are errors")
  func parameters() {
    expectError("GSL_EDOM") { try AlphaStableDistribution(alpha: 0) }
    expectError("GSL_EDOM") { try AlphaStableDistribution(alpha: 2.1) }
    expectError("GSL_EDOM") { try AlphaStableDistribution(alpha: 1, scale: -1) }
  }
}
