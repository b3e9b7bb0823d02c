import Foundation
import LoschmidtTestSupport
import Testing

@testable import LoschmidtDynamics

@Suite struct StableTailTests {
  /// By Zolotarev's integral with mpmath, 25 digits: P(Z > z) = I for α > 1 and ½ − I below, I = (1/π) ∫₀^(π/2)
  /// exp(−z^(α/(α − 1)) V(φ)) dφ, V = (cos φ/sin αφ)^(α/(α − 1)) cos((α − 1)φ)/cos φ; here ln 2P.
  @Test(arguments: [
    (0.5, 0.1, -0.120409770551985), (0.5, 3, -1.00214554967155), (0.5, 1e4, -4.83495057379791),
    (1.2, 0.05, -0.0303842863047264), (1.2, 2, -1.36080315914022), (1.2, 30, -4.66166391873546),
    (1.8, 0.5, -0.323745715645064), (1.8, 3, -2.83556996298242), (1.8, 40, -8.33202407168572),
  ])
  func theTailIsTheIntegral(alpha: Double, z: Double, expected: Double) throws {
    let tail = StableTail(try StableTable(alpha: alpha))
    // The density is tabulated to 1e-9, and an integral over all of it has the same relative error.
    #expect(abs(tail.logProbability(beyond: z) - expected) <= 1e-8 * max(1, abs(expected)))
    #expect(tail.logProbability(beyond: -z) == tail.logProbability(beyond: z))
  }

  /// All of the law lies beyond 0; the integral was made from the tail, so that nothing normalised it.
  @Test(arguments: [0.3, 0.8, 0.999_999_5, 1, 1.01, 1.5, 1.95, 1.9999])
  func everythingIsBeyondNothing(alpha: Double) throws {
    let tail = StableTail(try StableTable(alpha: alpha))
    #expect(abs(tail.logProbability(beyond: 0)) <= 1e-8)  // the error of the density
    var last = 0.0
    for k in 0..<4000 {
      let value = tail.logProbability(beyond: exp(-10 + 0.01 * Double(k)))
      #expect(value <= last + 1e-12)  // rounding of a cubic with values of order 1
      last = value
    }
  }

  @Test func theEnds() throws {
    for alpha in [0.7, 1, 1.6] {
      let tail = StableTail(try StableTable(alpha: alpha))
      #expect(tail.logProbability(beyond: .infinity) == -.infinity)
      #expect(tail.logProbability(beyond: .nan).isNaN)
      #expect(tail.logProbability(beyond: 1e300).isFinite)
    }
    // Cauchy: P(|Z| > 1) = ½.
    #expect(abs(StableTail(try StableTable(alpha: 1)).logProbability(beyond: 1) + log(2)) <= 4e-16)  // an ulp or two
  }
}
