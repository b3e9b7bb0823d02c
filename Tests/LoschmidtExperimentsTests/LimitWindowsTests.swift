import Foundation
import Testing

@testable import LoschmidtExperiments

@Suite struct LimitWindowsTests {
  /// Ratios of a function at η = 2^−first, 2^−first−1, … with one bound.
  private func ratios(_ rungs: ClosedRange<Int>, bound: Double = 0, _ ratio: (Double) -> Double)
    -> [LimitWindows.Ratio]
  {
    rungs.map { rung in
      let rate = pow(2, -Double(rung))
      return LimitWindows.Ratio(rate: rate, value: ratio(rate), bound: bound)
    }
  }

  /// The ratio of a saturated loss: 1/4 for large η, 1 for small ones.
  private func plateau(_ rate: Double) -> Double { 0.25 + 0.75 * exp(-rate) }

  @Test func aPolynomialIsExtrapolatedToItsConstant() throws {
    let limit = try #require(
      LimitWindows(ratios: ratios(0...9) { 1 + 0.3 * $0 - 0.2 * $0 * $0 }, others: []).limit)
    // Three ratios are enough for a polynomial of degree two; what is left is rounding.
    #expect(abs(limit.value - 1) < 1e-14 && limit.error < 1e-13 && limit.rounding == 0)
  }

  /// The plateau is flat to all digits, and the true limit is reached by windows with a larger error.
  @Test func aPlateauThatSmallerRatesLeaveDoesNotCount() throws {
    let limit = try #require(LimitWindows(ratios: ratios(-20...12, plateau), others: []).limit)
    #expect(abs(limit.value - 1) <= limit.error && limit.error < 1e-9)
  }

  @Test func aPlateauThatTheRatesAskedForContradictDoesNotCount() {
    let flat = ratios(-20 ... -6, plateau)
    #expect(LimitWindows(ratios: flat, others: []).limit?.value == 0.25)
    let asked = ratios(3...5, bound: 1e-6, plateau)
    #expect(LimitWindows(ratios: flat, others: asked).limit == nil)
    // Where they are not known, they say nothing; neither do those that are larger than the window.
    #expect(LimitWindows(ratios: flat, others: ratios(3...5, bound: 10, plateau)).limit?.value == 0.25)
    #expect(LimitWindows(ratios: flat, others: ratios(-30 ... -21) { _ in 7 }).limit?.value == 0.25)
  }

  /// Ratios that jump by more than their bounds have at most a limit with a large error.
  @Test func noiseHasNoLimit() {
    // Bounds far too small for ratios that jump.
    let jumps = [1.4, 0.8, 1.0, 1.7, 1.5, 0.7, 1.9, 0.3]
    let values = zip(ratios(0...7, bound: 1e-9) { $0 }, jumps).map {
      LimitWindows.Ratio(rate: $0.rate, value: $1, bound: $0.bound)
    }
    #expect(!(LimitWindows(ratios: values, others: []).limit?.error ?? .infinity < 1e-3))
  }

  /// Against the weights written out: T_{2,2} = (8 a_2 − 6 a_1 + a_0)/3, so 5 times a common bound.
  @Test func boundsOfRoundingAreCarriedThrough() throws {
    let limit = try #require(LimitWindows(ratios: ratios(0...3, bound: 1e-5) { _ in 1 }, others: []).limit)
    // Sums of three terms.
    #expect(abs(limit.rounding - 5e-5) < 1e-18 && limit.error == limit.rounding && limit.value == 1)
  }

  @Test func missingRatiosInterruptAWindow() {
    var known: [LimitWindows.Ratio?] = ratios(0...6) { 1 + $0 }
    known[3] = nil
    #expect(LimitWindows(ratios: known, others: []).limit == nil, "three on each side, and none confirmed by another")
  }
}
