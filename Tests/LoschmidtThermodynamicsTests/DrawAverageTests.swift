import LoschmidtDynamics
import LoschmidtNumerics
import LoschmidtTestSupport
import Testing

@testable import LoschmidtThermodynamics

@Suite struct DrawAverageTests {
  @Test func fewOutcomesAreAllTaken() {
    let average = DrawAverage(DrawSet(.withReplacement(size: 2), sampleCount: 3), sampleSize: 5) { _ in
      Issue.record("nothing is random here")
      return 0
    }
    #expect(!average.isSampled && average.draws.count == 6)
    #expect(abs(average.weights.reduce(0, +) - 1) < 1e-15)
  }

  @Test func manyOutcomesAreSampled() {
    var random = TestRandom(seed: 4)
    var numbers = (0..<15).map { _ in random.below(200) }
    let expected = stride(from: 0, to: 15, by: 3).map { Draw(batch: Array(numbers[$0..<$0 + 3])) }
    let average = DrawAverage(DrawSet(.withReplacement(size: 3), sampleCount: 200), sampleSize: 5) { bound in
      #expect(bound == 200)
      return numbers.removeFirst()
    }
    #expect(average.isSampled && average.draws == expected)
    #expect(average.weights == [0.2, 0.2, 0.2, 0.2, 0.2])
  }

  @Test func groupsCoverAllDraws() {
    let average = DrawAverage(DrawSet(.withReplacement(size: 1), sampleCount: 10), sampleSize: 1) { _ in 0 }
    #expect(average.groups(of: 4) == [0..<4, 4..<8, 8..<10])
    #expect(average.groups(of: 16) == [0..<10])
  }

  /// Mean and standard error of a sample that comes in groups of unequal size, a small spread about a large mean.
  @Test func standardErrorsAreThoseOfAllDrawsTogether() throws {
    let values = [0.0, 1, 3, -2, 5, 4, -1]
    let shift = Double(1 << 30)
    let average = DrawAverage(DrawSet(.withReplacement(size: 30), sampleCount: 30), sampleSize: 7) { _ in 0 }
    var mean = VectorMean(dimension: 1, average: average)
    for range in [0..<3, 3..<4, 4..<7] {
      var block = Block(dimension: 1, lanes: range.count)
      block.entries = values[range].map { $0 + shift }
      mean.add(VectorMean.Part(block, weights: range.map { _ in 1.0 / 7 }, isSampled: true))
    }
    let centre = values.reduce(0, +) / 7
    let spread = values.reduce(0) { $0 + ($1 - centre) * ($1 - centre) }
    // The weights 1/7 are rounded, by 2^-56 each, and are multiplied by 2^30.
    #expect(abs(mean.result.mean[0] - shift - centre) < 1e-6)
    let error = try #require(mean.result.standardErrors)[0]
    // Deviations from means of 2^30 are good to 2^-22 of themselves.
    #expect(abs(error - (spread / 42).squareRoot()) < 1e-6)
  }
}
