import Foundation
import LoschmidtNumerics
import LoschmidtTestSupport
import Testing

@Suite struct HillEstimatorTests {
  @Test("the exponent of Pareto samples", arguments: [0.7, 1.5, 4]) func pareto(index: Double) throws {
    var random = TestRandom(seed: 31)
    let sample = (0..<20_000).map { _ in pow(1 - random.next(in: 0...0.999_999), -1 / index) }
    let hill = try #require(HillEstimator(sample, count: 2000))
    #expect(abs(hill.tailIndex - index) < 5 * hill.standardError)
    #expect(abs(hill.standardError - hill.tailIndex / 2000.0.squareRoot()) < 1e-15)
  }

  @Test func handArithmetic() throws {
    // ln 4 + ln 2 over two values: 1/α = 1.5 ln 2.
    let hill = try #require(HillEstimator([0.5, 4, 1, 2, -7], count: 2))
    #expect(abs(hill.tailIndex - 1 / (1.5 * log(2))) < 1e-15)
  }

  @Test func whatIsNoTail() {
    #expect(HillEstimator([3, 3, 3], count: 2) == nil)
    #expect(HillEstimator([3, -1, 2], count: 2) == nil)
    #expect(HillEstimator([3, .infinity, 2], count: 2) == nil)
  }
}
