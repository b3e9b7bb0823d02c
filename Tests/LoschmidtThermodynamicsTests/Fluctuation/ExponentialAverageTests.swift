import Foundation
import LoschmidtNumerics
import LoschmidtTestSupport
import LoschmidtThermodynamics
import Testing

@Suite struct ExponentialAverageTests {
  @Test("against plain sums")
  func plainSums() throws {
    let values = normalValues(mean: 0.4, count: 500, seed: 31)
    let average = try ExponentialAverage(values)
    let weights = values.map { exp(-$0) }
    let sum = weights.reduce(0, +)
    let mean = sum / 500
    let deviation = weights.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    // 500 additions of rounded exponentials.
    let rounding = 500 * 0x1p-52
    #expect(abs(average.mean / mean - 1) < rounding)
    #expect(abs(average.standardError / (deviation / 499 / 500).squareRoot() - 1) < rounding)
    #expect(abs(average.effectiveSampleSize / (sum * sum / weights.reduce(0) { $0 + $1 * $1 }) - 1) < rounding)
    #expect(abs(average.largestShare / ((weights.max() ?? 0) / sum) - 1) < rounding)
    let tail = try #require(ParetoTail(upperTailOf: weights))
    // The fit does not depend on the scale of the weights, but for rounding along its sums and Bayesian weights.
    #expect(abs(try #require(average.tail).shape - tail.shape) < 1e-9)
  }

  @Test("the true value lies within five standard errors, and passes")
  func passes() throws {
    let average = try ExponentialAverage(normalValues(mean: 0.05, count: 20_000, seed: 32))
    #expect(abs(average.mean - 1) < 5 * average.standardError)
    let outcome = average.outcome(level: 1e-3)
    #expect(outcome.status == .pass)
  }

  /// A needle that no forward path meets: 40 % of the average are missing, and nothing in the weights tells.
  ///
  /// R is normal of mean m and variance s², with E e^−R = 0.6, but for a rare value far below with the rest of the
  /// average. Reversed paths have the law times e^−R: normal about m − s² in 60 %, and in the needle in 40 %.
  @Test func whatWasNotSeenIsShownByReversedPaths() throws {
    let (mean, variance) = (-log(0.6) + 0.005, 0.01)
    func normals(_ mean: Double, _ count: Int, seed: UInt64) -> [Double] {
      // Of mean ½ and variance 1.
      normalValues(mean: 0.5, count: count, seed: seed).map { mean + variance.squareRoot() * ($0 - 0.5) }
    }
    let (values, bulk) = (normals(mean, 20_000, seed: 35), normals(mean - variance, 600, seed: 36))
    let blind = try ExponentialAverage(values)
    #expect(blind.doubts == [] && abs(blind.mean - 0.6) < 5 * blind.standardError)
    let average = try ExponentialAverage(values, reversed: bulk + [Double](repeating: -50, count: 400))
    #expect(average.unseenShare == 0.4 && average.doubts == [.unseenShare(share: 0.4, allowed: 0.05)])
    let outcome = average.outcome(level: 1e-3)
    #expect(outcome.status == .undecided && outcome.standardError == nil && outcome.trajectoriesToDecide == nil)
    // The control: reversed paths without a needle leave the average alone.
    #expect(try ExponentialAverage(values, reversed: bulk).doubts == [])
  }

  @Test func onlyAnEValueFails() throws {
    // A mean far below 1 with a tiny error: 3 σ bands would refute, but a rare large weight may be missing.
    let low = try ExponentialAverage((0..<1000).map { 2 + 0.01 * Double($0 % 7) }).outcome(level: 1e-3)
    #expect(low.status == .undecided)
    let high = try ExponentialAverage((0..<1000).map { -6 + 0.01 * Double($0 % 7) })
    #expect(high.outcome(level: 1e-3).status == .undecided)
    // e⁶ ≈ 403 is beyond 1/0.01.
    let outcome = high.outcome(level: 1e-2)
    #expect(outcome.status == .fail)
    #expect(outcome.pValue == exp(-high.logMean))
    #expect(outcome.reasons == [.exponentialAverageTooLarge(mean: high.mean, limit: 100)])
  }

  @Test func everyDoubtIsNamed() throws {
    let wild = try ExponentialAverage(normalValues(mean: 12, count: 3000, seed: 33), divergence: 1.5)
    let outcome = wild.outcome(level: 1e-3)
    #expect(outcome.status == .undecided)
    #expect(outcome.reasons == wild.doubts)
    #expect(outcome.reasons.count == 4)
    #expect(outcome.trajectoriesToDecide == nil)
    let few = try ExponentialAverage([0, 0.1, 0.2]).outcome(level: 1e-3)
    #expect(few.reasons.count == 2)
    #expect(few.trajectoriesToDecide != nil)
    let calm = normalValues(mean: 0.05, count: 20_000, seed: 32)
    #expect(try ExponentialAverage(calm, divergence: 2).outcome(level: 1e-3).status == .undecided)
    #expect(try ExponentialAverage(calm, divergence: 2.1).outcome(level: 1e-3).status == .pass)
  }

  @Test func extremeValuesDoNotOverflow() throws {
    let large = try ExponentialAverage([-2000, -2000 + log(2)])
    // ln((1 + ½)/2) + 2000; an ulp of 2000.
    #expect(abs(large.logMean - (2000 + log(0.75))) <= 2000.0.ulp)
    #expect(large.mean == .infinity)
    #expect(large.outcome(level: 1e-3).status == .fail)
    #expect(try ExponentialAverage([-.infinity, 1]).outcome(level: 1e-3).status == .fail)
    #expect(try ExponentialAverage([.infinity, .infinity]).mean == 0)
    #expect(try ExponentialAverage([.infinity, 0]).mean == 0.5)
    #expect(throws: FluctuationInputError.empty) { try ExponentialAverage([]) }
    #expect(throws: FluctuationInputError.self) { try ExponentialAverage([1, .nan]) }
  }

  @Test func vanishingValuesPass() throws {
    let outcome = try ExponentialAverage([Double](repeating: 0, count: 300)).outcome(level: 1e-3)
    #expect(outcome.status == .pass)
    #expect(outcome.estimate == 1)
    #expect(outcome.standardError == 0)
  }
}
