import Foundation
import LoschmidtTestSupport
import LoschmidtThermodynamics
import Testing

@testable import LoschmidtExperiments

@Suite struct ModelDistanceTests {
  private func points(_ count: Int, shift: Double = 0, width: Double = 1, seed: UInt64) -> [[Double]] {
    var random = TestRandom(seed: seed)
    return (0..<count).map { _ in [random.next(in: -width...width) + shift, random.next(in: -width...width)] }
  }

  private let alike = MomentAgreement([], trajectories: 1000, degreesOfFreedom: 255)

  /// Points of one law pass where there are enough of them, shifted ones fail: level 1e-5, 200 points and a shift of one
  /// standard deviation.
  @Test func tellsApartWhatDiffers() throws {
    let reference = points(200, seed: 1)
    let same = try #require(ModelDistance(points(200, seed: 2), reference, level: 1e-5, seed: 3))
    let few = same.outcome(margin: 0.05, moments: alike)
    #expect(few.status == .undecided && same.pValue > 1e-5)
    guard case .notFoundToDiffer = few.reasons[0], case .beyondSpread(let reach, let bound) = few.reasons[1] else {
      Issue.record("\(few.reasons)")
      return
    }
    #expect(reach > bound && few.margin == bound)
    #expect(try #require(few.trajectoriesToDecide) > 200)
    // A margin of 0.2 in the square: 0.04 of the spread, which 200 points of one law reach.
    #expect(same.outcome(margin: 0.2, moments: alike).status == .pass)
    let other = try #require(ModelDistance(points(200, shift: 0.6, seed: 2), reference, level: 1e-5, seed: 3))
    let outcome = other.outcome(margin: 0.2, moments: alike)
    #expect(outcome.status == .fail && other.pValue < 1e-5)
    #expect(outcome.reasons == [.differs(pValue: other.pValue, level: 1e-5)])
  }

  /// Laws that the points cannot tell apart do not pass where a moment disagrees.
  @Test func momentsGateAPass() throws {
    let distance = try #require(ModelDistance(points(200, seed: 2), points(200, seed: 1), level: 1e-5, seed: 3))
    let moments = MomentAgreement(
      [.init(what: "the variance of w", value: 0.1, standardError: 0.01)], trajectories: 200, degreesOfFreedom: 199)
    let outcome = distance.outcome(margin: 0.1, moments: moments)
    #expect(outcome.status == .undecided)
    let isNamed = outcome.reasons.contains { reason in
      if case .momentBeyondMargin("the variance of w", _, 0.1) = reason { true } else { false }
    }
    #expect(isNamed)
  }

  /// The distance of normal laws in units of the spread, in one dimension.
  ///
  /// For a covariance that is 10 % too large it is 5.813e-4, by 2√(2/π)(√2.1) − (2/√π)(1 + √1.1) over 2/√π.
  @Test func whatTenPercentOfTheCovarianceAre() throws {
    let (spread, cross) = (2 / Double.pi.squareRoot(), 2 * (2 / Double.pi).squareRoot() * 2.1.squareRoot())
    let expected = cross / spread - 1 - 1.1.squareRoot()
    #expect(abs(expected - 5.813050217682e-4) < 1e-14)
    #expect(expected < 0.05 * 0.05)
    // To first order the square of half the relative change of scale, (√1.1 − 1)²/4 = 5.95e-4.
    #expect(abs(expected / (pow(1.1.squareRoot() - 1, 2) / 4) - 1) < 0.05)
  }

  @Test func needsPoints() {
    #expect(ModelDistance([[1]], [[1], [2]], level: 0.1, seed: 1) == nil)
    #expect(ModelDistance([[1], [.infinity]], [[1], [2]], level: 0.1, seed: 1) == nil)
  }

  /// Two points a model: no test rejects, and no error of one degree of freedom lets pass.
  @Test func twoPointsDecideNothing() throws {
    let distance = try #require(ModelDistance([[0], [1]], [[0.1], [1.2]], level: 1e-3, seed: 1))
    #expect(distance.outcome(margin: 0.05, moments: alike).status == .undecided)
  }
}
