import Foundation
import LoschmidtDynamics
import LoschmidtNumerics
import LoschmidtTestSupport
import Testing

@Suite struct StableTableTests {
  /// Against the integral, whose own error is 1e-10, at random points from the peak to where tails are a power.
  @Test(arguments: [0.3, 0.5, 0.8, 0.999_999_5, 1, 1.01, 1.2, 1.5, 1.8, 1.95, 1.9999])
  func theTableIsTheIntegral(alpha: Double) throws {
    let table = try StableTable(alpha: alpha)
    let law = try AlphaStableDistribution(alpha: alpha)
    var random = TestRandom(seed: 5)
    let points = (0..<300).map { _ in exp(random.next(in: -12...9)) } + (0..<200).map { _ in random.next(in: 0...12) }
    for z in points + [0, 1e-300, 1e30] {
      let (value, expected) = (table.logDensity(of: z), try law.logDensity(of: z))
      #expect(abs(value - expected) <= 1e-9, "z = \(z)")
    }
    #expect(table.logDensity(of: -0.7) == table.logDensity(of: 0.7))
  }

  /// Exactly: ln p = −ln π(1 + z²).
  @Test func cauchysLawIsClosed() throws {
    let table = try StableTable(alpha: 1)
    for z in [0, 0.3, 1, 20, 1e7] { #expect(table.logDensity(of: z) == -log1p(z * z) - log(.pi)) }
    #expect(abs(table.logDensity(of: 1e200) + 400 * log(10) + log(.pi)) <= 1e-12 * 1000)  // rounding of 921
  }

  @Test func whatIsNotFinite() throws {
    for alpha in [0.7, 1, 1.6] {
      let table = try StableTable(alpha: alpha)
      #expect(table.logDensity(of: .infinity) == -.infinity && table.logDensity(of: -.infinity) == -.infinity)
      #expect(table.logDensity(of: .nan).isNaN)
      #expect(table.logDensity(of: 1e300).isFinite)
    }
  }
}
