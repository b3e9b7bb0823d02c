import Foundation
import LoschmidtNumerics
import LoschmidtThermodynamics
import Testing

@Suite struct RequiredTrajectoriesTests {
  @Test("at the number to pass, a true claim passes in nine cases of ten")
  func pass() throws {
    let number = try #require(RequiredTrajectories.toPass(current: 1000, standardError: 0.05, margin: 0.05))
    let error = 0.05 * (1000 / Double(number)).squareRoot()
    // P(|Z| + 1.645 ≤ margin/error), with 1.645 for 1.6449.
    let limit = 0.05 / error - 1.645
    #expect(abs(1 - 2 * (try TailProbabilities.normalTail(limit)) - 0.9) < 1e-3)
  }

  @Test("at the number to reject, a deviation is found in nine cases of ten")
  func reject() throws {
    let number = try #require(
      RequiredTrajectories.toReject(current: 1000, deviation: -0.1, standardError: 0.08, level: 1e-3))
    let error = 0.08 * (1000 / Double(number)).squareRoot()
    let power = try TailProbabilities.normalTail(TailProbabilities.normalTailQuantile(5e-4) - 0.1 / error)
    #expect(abs(power - 0.9) < 1e-3)
  }

  @Test func decides() throws {
    func number(_ deviation: Double, _ error: Double) -> Int? {
      RequiredTrajectories.toDecide(
        current: 1000, deviation: deviation, standardError: error, margin: 0.05, level: 1e-3)
    }
    // What a true claim needs: (2 × 1.645 × 0.05/0.05)² × 1000, and a rounding upwards.
    #expect(number(0, 0.05) == 10_825)
    // Enough for a true claim, but the deviation is beyond the margin: it is what must be found.
    #expect(
      number(0.06, 0.015)
        == RequiredTrajectories.toReject(
          current: 1000, deviation: 0.06, standardError: 0.015, level: 1e-3))
    #expect(try #require(number(0.045, 0.01)) > 1000)
    // A claim up to the margin and a deviation beyond it: how many show which it is cannot be told.
    #expect(
      RequiredTrajectories.toDecide(
        current: 1000, deviation: 0.06, standardError: 0.01, margin: 0.05, level: 1e-3, allowance: 0.05) == nil)
    // Found already, and not decided for another reason: no number, and not twice the present one.
    #expect(number(0.1, 0.001) == nil)
    #expect(number(0.1, .infinity) == nil)
    #expect(number(0.1, 1e9) == nil)
  }

  @Test("quantiles by scipy: max(t.isf(0.05, ν), t.isf(0.0005, ν)/2)")
  func quantiles() {
    // stats.t.isf in Python, with 12 digits.
    for (freedom, value) in [
      (1.0, 318.309624384), (2.0, 15.7995272882), (4.0, 4.30515079069), (9.0, 2.39045629297), (39.0, 1.77906004067),
      (199.0, 1.67004327808),
    ] {
      // Newton's method leaves a few ulps of the tail.
      #expect(abs(RequiredTrajectories.equivalenceQuantile(degreesOfFreedom: freedom) / value - 1) < 1e-9)
    }
    #expect(RequiredTrajectories.equivalenceQuantile(degreesOfFreedom: .infinity) == 1.645)
  }

  @Test("more replicas bring more degrees of freedom, more replicas in as many groups do not")
  func studentsT() throws {
    let few = try #require(
      RequiredTrajectories.toPass(current: 3, standardError: 0.01, margin: 0.05, degreesOfFreedom: 2))
    func needed(_ number: Int) -> Double {
      let quantile = RequiredTrajectories.equivalenceQuantile(degreesOfFreedom: Double(number - 1))
      return 3 * pow((1.645 + quantile) * 0.01 / 0.05, 2)
    }
    #expect(needed(few) <= Double(few) && needed(few - 1) > Double(few - 1))
    let groups = RequiredTrajectories.toPass(current: 1000, standardError: 0.05, margin: 0.05, degreesOfFreedom: 9)
    let quantile = RequiredTrajectories.equivalenceQuantile(degreesOfFreedom: 9)
    #expect(groups == Int((1000 * (1.645 + quantile) * (1.645 + quantile)).rounded(.up)))
    #expect(
      RequiredTrajectories.toReject(current: 2, deviation: 1, standardError: 0.1, level: 1e-3, degreesOfFreedom: 1)
        != nil)
  }
}
