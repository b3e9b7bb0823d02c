import Foundation
import LoschmidtNumerics
import LoschmidtTestSupport
import LoschmidtThermodynamics
import Testing

@Suite struct SignTestTests {
  @Test("the simulated chain has the golden entropy production")
  func chain() throws {
    let chain = try GaussianChainPaths()
    let moments = Moments(chain.values(count: 20_000, steps: 4, seed: 1))
    #expect(abs(moments.mean - 4 * chain.perStep) < 5 * moments.standardError)
  }

  @Test("a right density passes and one with D × 1.1 fails, on the same paths")
  func decides() throws {
    let chain = try GaussianChainPaths()
    let right = try SignTest(chain.values(count: 40_000, steps: 16, seed: 2), level: 1e-3, seed: 1)
    #expect(right.status == .pass)
    #expect(right.method == .asymptotic)
    let wrong = try SignTest(chain.values(count: 40_000, steps: 16, factor: 1.1, seed: 2), level: 1e-3, seed: 1)
    #expect(wrong.status == .fail)
    #expect(try #require(wrong.slope) > 1.05)
  }

  @Test("few trajectories decide nothing, and say how many would")
  func undecided() throws {
    let chain = try GaussianChainPaths()
    var calibration = VerdictCalibration()
    for seed in 0..<60 {
      let test = try SignTest(
        chain.values(count: 1000, steps: 4, seed: UInt64(3000 + seed)), level: 1e-3, seed: UInt64(seed))
      calibration.add(test.status)
      guard case .resampled = test.method else {
        Issue.record("1000 values need resampling")
        return
      }
      guard test.status == .undecided else { continue }
      let number = try #require(test.outcome.trajectoriesToDecide)
      // The golden standard error of the cell, 0.0778: (3.29 × 0.0778/0.05)² × 1000 = 26000, within its scatter.
      #expect(number > 15_000 && number < 50_000)
    }
    #expect(calibration.passes == 0)
    #expect(try calibration.pValue(of: .fail, atMost: 1e-3) > 1e-6)
  }

  @Test func manyWrongSignsAmongFewExpectedFail() throws {
    let values = normalValues(mean: 10, count: 2000, seed: 4)
    let test = try SignTest(values, level: 1e-3, seed: 1)
    #expect(test.expectedMinority < 25)
    #expect(test.method == .count)
    #expect(test.status == .undecided)
    #expect(test.outcome.reasons == [.fewMinorityEvents(expected: test.expectedMinority, required: 25)])
    #expect(try #require(test.outcome.trajectoriesToDecide) > 2000)
    // The missing boundary term: far too many negative values.
    let shifted = try SignTest(values.map { $0 - 6 }, level: 1e-3, seed: 1)
    #expect(shifted.status == .fail)
    let mirrored = try SignTest(values.map { -$0 }, level: 1e-3, seed: 1)
    #expect(mirrored.status == .fail)
    #expect(mirrored.observedMinority > 1900)
  }

  @Test func vanishingValuesHoldExactly() throws {
    let zero = try SignTest([0, 0, 0], level: 1e-3, seed: 1)
    #expect(zero.status == .pass)
    #expect(zero.outcome.reasons == [.vanishesIdentically])
    // Rounding that is always positive is no evidence.
    let rounding = try SignTest([Double](repeating: 1e-15, count: 500), level: 1e-3, seed: 1, roundingBound: 1e-14)
    #expect(rounding.status == .pass)
    #expect(rounding.pValue == nil)
    let without = try SignTest([Double](repeating: 1e-15, count: 500), level: 1e-3, seed: 1)
    #expect(without.status == .fail)
  }

  @Test("a wrong variance of normal values is found with resampling", arguments: [0.6, 1.7])
  func wrongVariance(factor: Double) throws {
    let values = normalValues(mean: 1, varianceFactor: factor, count: 1500, seed: 6)
    let test = try SignTest(values, level: 1e-2, seed: 1)
    #expect(test.status == .fail)
    #expect(try #require(test.pValue) >= 1 / Double(SequentialMonteCarlo(level: 1e-2).maximum + 1))
  }
}
