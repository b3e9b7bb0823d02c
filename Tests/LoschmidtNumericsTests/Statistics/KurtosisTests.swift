import LoschmidtNumerics
import LoschmidtTestSupport
import Testing

@Suite struct KurtosisTests {
  @Test func handArithmetic() throws {
    // {0, 1, 1, 0 | 0, 3 | 2, 1}: without each group, by sums over the values.
    let groups: [[Double]] = [[0, 1, 1, 0], [0, 3], [2, 1]]
    func kurtosis(_ values: [Double]) -> Double {
      let mean = values.reduce(0, +) / Double(values.count)
      let powers = values.map { ($0 - mean) * ($0 - mean) }
      let second = powers.reduce(0, +) / Double(values.count)
      return powers.reduce(0) { $0 + $1 * $1 } / Double(values.count) / (second * second)
    }
    let without = (0..<3).map { skip in kurtosis(groups.indices.filter { $0 != skip }.flatMap { groups[$0] }) }
    let mean = without.reduce(0, +) / 3
    let square = without.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } * 2 / 3
    let result = try #require(Kurtosis(groups.map { Moments($0) } + [Moments()]))
    // Some ten roundings of numbers of order 1.
    #expect(abs(result.value - kurtosis(groups.flatMap { $0 })) < 1e-14)
    #expect(abs(result.standardError - square.squareRoot()) < 1e-14)
  }

  /// Values whose kurtosis is known: uniform 9/5; the sum of two uniforms 3 − 6/10; a mixture of two uniforms of half-width 1
  /// and 3, in equal parts, (1 + 81)/5/2 over ((1 + 9)/3/2)².
  @Test("known laws, and the scatter of the estimates", arguments: [0, 1, 2])
  func laws(kind: Int) throws {
    let exact = [1.8, 2.4, 8.2 / (25.0 / 9)][kind]
    var random = TestRandom(seed: 40 + UInt64(kind))
    func value() -> Double {
      let uniform = random.next(in: -1...1)
      return kind == 0 ? uniform : kind == 1 ? uniform + random.next(in: -1...1) : uniform * [1, 3][random.below(2)]
    }
    var (estimates, errors) = (Moments(), Moments())
    for _ in 0..<200 {
      // Replicas that are correlated inside: each value twice.
      let groups = (0..<50).map { _ in Moments((0..<5).flatMap { _ in [Double](repeating: value(), count: 2) }) }
      let kurtosis = try #require(Kurtosis(groups))
      estimates.add(kurtosis.value)
      errors.add(kurtosis.standardError)
    }
    // The bias is of order kurtosis²/250.
    #expect(abs(estimates.mean - exact) < 5 * estimates.standardError + exact * exact / 250)
    // A standard deviation from 200 values is good to 1/√400; the jackknife's error is biased by some 1/50.
    #expect(abs(errors.mean / estimates.variance.squareRoot() - 1) < 5.0 / 20 + 0.02)
  }

  @Test func whatHasNoKurtosis() {
    #expect(Kurtosis([Moments([1, 2, 4])]) == nil)
    #expect(Kurtosis([Moments([1, 1]), Moments([1])]) == nil)
    // Without the first group nothing varies.
    #expect(Kurtosis([Moments([0, 2]), Moments([1, 1])]) == nil)
  }
}
