import Foundation
import Testing

@testable import LoschmidtThermodynamics

@Suite struct ScalarMultiplierTests {
  /// Two samples of curvatures ½ and 2.4; κ by a root of scipy.
  @Test func draws() throws {
    let large = ScalarMultiplier.draws([(0.5, 0.5), (-1.4, 0.5)])
    let largeIndex = try #require(large.tailIndex)
    #expect(abs(largeIndex - 1.467184066504148) <= 1e-12)
    #expect(abs(large.lyapunovExponent + 0.1783374719693662) <= 1e-15)
    #expect(abs(exp(large.logMoment(2)) - 1.105) <= 1e-15)
    let smaller = ScalarMultiplier.draws([(1 - 0.465, 0.5), (1 - 2.232, 0.5)])
    let smallerIndex = try #require(smaller.tailIndex)
    #expect(abs(smallerIndex - 2.920020000783996) <= 1e-12)
    #expect(ScalarMultiplier.draws([(0.5, 0.5), (-1, 0.5)]).tailIndex == .infinity)
    #expect(ScalarMultiplier.draws([(0.5, 0.5), (3, 0.5)]).tailIndex == 0)
    #expect(ScalarMultiplier.draws([(0, 0.5), (1.5, 0.5)]).lyapunovExponent == -.infinity)
    // A factor 0 that comes half of the time: ½·1.5^κ = 1.
    let index = try #require(ScalarMultiplier.draws([(0, 0.5), (1.5, 0.5)]).tailIndex)
    #expect(abs(index - log(2) / log(1.5)) <= 1e-12)
  }

  /// Numbers of mpmath, by its quadrature of 30 digits.
  @Test func normal() throws {
    let wide = ScalarMultiplier.normal(mean: 0.3, deviation: 0.8)
    // The trapezoidal rule is good to about 1e-12.
    #expect(abs(exp(wide.logMoment(3.3)) - 1.1240405660557351) <= 1e-10)
    let wideIndex = try #require(wide.tailIndex)
    #expect(abs(wideIndex - 3.021777473731313) <= 1e-9)
    #expect(abs(wide.lyapunovExponent + 0.7896299840126887) <= 1e-10)
    let loud = ScalarMultiplier.normal(mean: -0.5, deviation: 1.2)
    let loudIndex = try #require(loud.tailIndex)
    #expect(abs(loudIndex - 0.8678806573722296) <= 1e-9)
    #expect(abs(loud.lyapunovExponent + 0.3685089682341378) <= 1e-10)
    #expect(abs(exp(ScalarMultiplier.normal(mean: 0.9, deviation: 0.02).logMoment(3.3)) - 0.7076417675258104) <= 1e-10)
    #expect(ScalarMultiplier.normal(mean: 0.9, deviation: 0.02).tailIndex == nil)
  }

  /// Numbers of mpmath's quadrature over Student's density.
  @Test func student() throws {
    let law = ScalarMultiplier.student(mean: 0.2, scale: 0.5, degreesOfFreedom: 5)
    #expect(abs(exp(law.logMoment(2.5)) - 0.5143036540866948) <= 1e-8)
    let lawIndex = try #require(law.tailIndex)
    #expect(abs(lawIndex - 3.56064369359007) <= 1e-6)
    #expect(abs(law.lyapunovExponent + 1.144637707390739) <= 1e-9)
    #expect(law.logMoment(5) == .infinity)
  }
}
