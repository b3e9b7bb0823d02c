import LoschmidtDynamics
import LoschmidtTestSupport
import Testing

@Suite struct DrawSetTests {
  /// All sequences of `length` numbers from 0 to one below each bound.
  private func sequences(_ bounds: [Int]) -> [[Int]] {
    bounds.reduce([[]]) { found, bound in found.flatMap { head in (0..<bound).map { head + [$0] } } }
  }

  private func key(_ draw: Draw) -> String { draw.members.map { "\($0.sample):\($0.weight)" }.joined(separator: " ") }

  /// The multinomial probabilities against the N^B ordered batches, counted one by one.
  @Test(arguments: [(1, 3), (2, 5), (3, 2), (4, 4), (5, 1)])
  func outcomesWithReplacementAreThoseOfOrderedBatches(count: Int, size: Int) throws {
    let outcomes = try #require(DrawSet(.withReplacement(size: size), sampleCount: count).outcomes)
    var ordered: [String: Int] = [:]
    let batches = sequences(Array(repeating: count, count: size))
    for batch in batches { ordered[key(Draw(batch: batch)), default: 0] += 1 }
    #expect(outcomes.count == ordered.count)
    for (draw, probability) in outcomes {
      let expected = Double(ordered[key(draw)] ?? 0) / Double(batches.count)
      // A ratio of products of at most five factors: a few roundings.
      #expect(abs(probability - expected) <= 8 * .ulpOfOne * expected)
    }
  }

  @Test func outcomesWithoutReplacementAreAllSubsets() throws {
    let outcomes = try #require(DrawSet(.withoutReplacement(size: 2), sampleCount: 4).outcomes)
    #expect(outcomes.map { $0.draw.members.map(\.sample) } == [[0, 1], [0, 2], [0, 3], [1, 2], [1, 3], [2, 3]])
    #expect(outcomes.allSatisfy { $0.probability == 1.0 / 6 && $0.draw.members.allSatisfy { $0.weight == 0.5 } })
    let all = try #require(DrawSet(.withoutReplacement(size: 3), sampleCount: 3).outcomes)
    #expect(all.map(\.draw) == [Draw(batch: [0, 1, 2])])
  }

  @Test func cyclicBatchesAreConsecutive() throws {
    let outcomes = try #require(DrawSet(.cyclic(size: 2), sampleCount: 6).outcomes)
    #expect(outcomes.map(\.draw) == [Draw(batch: [0, 1]), Draw(batch: [2, 3]), Draw(batch: [4, 5])])
    #expect(outcomes.allSatisfy { $0.probability == 1.0 / 3 })
  }

  @Test func theFullBatchIsOneOutcome() throws {
    let outcomes = try #require(DrawSet(.fullBatch, sampleCount: 3).outcomes)
    #expect(outcomes.map(\.draw) == [Draw(batch: [0, 1, 2])] && outcomes[0].probability == 1)
  }

  /// 90 · 91/2 = 4095 multisets are listed, 91 · 92/2 = 4186 are not; sizes that no factorial holds are no obstacle.
  @Test func onlyFewOutcomesAreListed() {
    #expect(DrawSet(.withReplacement(size: 2), sampleCount: 90).outcomes?.count == 4095)
    #expect(DrawSet(.withReplacement(size: 2), sampleCount: 91).outcomes == nil)
    #expect(DrawSet(.withoutReplacement(size: 999), sampleCount: 1000).outcomes?.count == 1000)
    #expect(DrawSet(.withoutReplacement(size: 500), sampleCount: 1000).outcomes == nil)
    let long = DrawSet(.withReplacement(size: 2000), sampleCount: 2).outcomes
    #expect(long?.count == 2001)
    // 2001 probabilities, each a product of thousands of factors.
    #expect(abs((long ?? []).reduce(0) { $0 + $1.probability } - 1) < 1e-12)
  }

  /// The variance of the mean of a batch, from all outcomes, against the factor that is said.
  @Test(arguments: [
    DrawSet.Scheme.fullBatch, .withReplacement(size: 1), .withReplacement(size: 3), .withoutReplacement(size: 1),
    .withoutReplacement(size: 3), .withoutReplacement(size: 5),
  ])
  func theCovarianceFactorIsThatOfTheOutcomes(scheme: DrawSet.Scheme) throws {
    let values = [1.0, -2, 0.5, 4, -1]
    let law = DrawSet(scheme, sampleCount: 5)
    let mean = values.reduce(0, +) / 5
    let single = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 5
    let variance = try #require(law.outcomes).reduce(0) { sum, outcome in
      let estimate = outcome.draw.members.reduce(0) { $0 + $1.weight * values[$1.sample] }
      return sum + outcome.probability * (estimate - mean) * (estimate - mean)
    }
    // Sums of at most 35 terms of size one.
    #expect(abs(variance - (try #require(law.covarianceFactor)) * single) < 1e-14)
    #expect(DrawSet(.cyclic(size: 1), sampleCount: 5).covarianceFactor == nil)
  }

  /// Every way in which the indices can fall, so that each draw is met as often as its probability says.
  @Test func samplingHasTheProbabilitiesOfTheOutcomes() throws {
    let cases: [(DrawSet, [Int])] = [
      (DrawSet(.withReplacement(size: 3), sampleCount: 3), [3, 3, 3]),
      // Floyd's algorithm asks for an index below N − B + 1, …, N.
      (DrawSet(.withoutReplacement(size: 2), sampleCount: 4), [3, 4]),
      (DrawSet(.withoutReplacement(size: 3), sampleCount: 3), [1, 2, 3]),
      (DrawSet(.cyclic(size: 2), sampleCount: 6), [3]),
      (DrawSet(.fullBatch, sampleCount: 2), []),
    ]
    for (law, bounds) in cases {
      var found: [String: Int] = [:]
      let all = sequences(bounds)
      for sequence in all {
        var asked: [Int] = []
        let draw = law.sample { bound in
          asked.append(bound)
          return sequence[asked.count - 1]
        }
        #expect(asked == bounds)
        found[key(draw), default: 0] += 1
      }
      for (draw, probability) in try #require(law.outcomes) {
        #expect(abs(Double(found[key(draw)] ?? 0) - probability * Double(all.count)) < 1e-12)
      }
    }
  }
}
