import LoschmidtDynamics
import LoschmidtNumerics
import LoschmidtTestSupport
import Testing

@Suite struct MinibatchTests {
  @Test func namesAndDefaults() {
    #expect(Minibatch().size == 1 && Minibatch().sampling == .withReplacement)
    #expect(Minibatch().name == "minibatch" && FullBatch().name == "full-batch")
    #expect(
      Minibatch.Sampling.allCases.map(\.rawValue) == [
        "with-replacement", "without-replacement", "reshuffle", "cyclic",
      ])
    #expect(Minibatch.Sampling.allCases.filter(\.usesEpochs) == [.reshuffle, .cyclic])
  }

  @Test func lawsOfOneBatch() throws {
    func outcomes(_ size: Int, _ sampling: Minibatch.Sampling) throws -> [(draw: Draw, probability: Double)] {
      try #require(Minibatch(size: size, sampling: sampling).batchLaw(sampleCount: 4, limit: 100)?.outcomes)
    }
    #expect(try outcomes(2, .withReplacement).count == 10)
    #expect(try outcomes(2, .withoutReplacement).count == 6 && outcomes(2, .reshuffle).count == 6)
    #expect(try outcomes(2, .cyclic).map(\.draw) == [Draw(batch: [0, 1]), Draw(batch: [2, 3])])
  }

  @Test func reversalOfBatchSequences() {
    #expect(Minibatch(size: 2).isReversalInvariant(sampleCount: 6, steps: 7))
    #expect(Minibatch(size: 2, sampling: .withoutReplacement).isReversalInvariant(sampleCount: 6, steps: 7))
    #expect(Minibatch(size: 2, sampling: .reshuffle).isReversalInvariant(sampleCount: 6, steps: 9))
    #expect(!Minibatch(size: 2, sampling: .reshuffle).isReversalInvariant(sampleCount: 6, steps: 7))
    // Seven samples in batches of three: an epoch has two steps, and one sample is left out.
    let dropping = Minibatch(size: 3, sampling: .reshuffle, dropsLast: true)
    #expect(dropping.stepsPerEpoch(sampleCount: 7) == 2 && Minibatch(size: 3).stepsPerEpoch(sampleCount: 7) == 1)
    #expect(
      dropping.isReversalInvariant(sampleCount: 7, steps: 4) && !dropping.isReversalInvariant(sampleCount: 7, steps: 3))
    // Epochs of one step are independent draws of distinct samples.
    let single = Minibatch(size: 2, sampling: .reshuffle, dropsLast: true)
    let distinct = Minibatch(size: 2, sampling: .withoutReplacement)
    #expect(single.covariance(sampleCount: 3, dimension: 1) == distinct.covariance(sampleCount: 3, dimension: 1))
    #expect(dropping.covariance(sampleCount: 7, dimension: 1) == nil)
    #expect(!Minibatch(size: 2, sampling: .cyclic).isReversalInvariant(sampleCount: 6, steps: 9))
    #expect(Minibatch(size: 6, sampling: .cyclic).isReversalInvariant(sampleCount: 6, steps: 1))
  }
}

/// The batches of the sampler, read off gradients: ∇ of sample i is 8 to the power of i.
@Suite struct MinibatchSamplerTests {
  private static let samples = 6

  /// The batch of every lane, sorted, for each of some steps.
  private func batches(
    _ noise: Minibatch, lanes: Int, steps: [Int], firstTrajectory: UInt64 = 0
  ) throws -> [[[Int]]] {
    // Sums of up to seven powers of 8 are exact, means of them to rounding, and tell how often each was taken.
    let powers = (0..<Self.samples).map { 1 << (3 * $0) }
    let table = SampleTable(count: Self.samples, columns: [.init(name: "p", values: powers.map(Double.init))])
    let field = BlockField(try ProcessText(["x"], loss: "p*x", samples: table).program(), lanes: lanes)
    let sampler = noise.sampler(field.program, lanes: lanes)
    #expect(!sampler.isDeterministic)
    let source = try PhiloxSource(key: StreamKey(seed: 9), lanes: lanes)
    source.begin(firstTrajectory: firstTrajectory)
    let theta = LaneStorage(dimension: 1, lanes: lanes)
    let result = LaneStorage(dimension: 1, lanes: lanes)
    return steps.map { step in
      sampler.draw(step: step, from: source)
      sampler.evaluate(field, at: theta.pointer, into: result.pointer)
      return (0..<lanes).map { lane in
        var code = Int((result[0, lane] * Double(noise.size)).rounded())
        var batch: [Int] = []
        for i in 0..<Self.samples {
          batch += [Int](repeating: i, count: code % 8)
          code /= 8
        }
        return batch
      }
    }
  }

  /// The p-value of chi-squared for counts that should be proportional to `weights`.
  private func pValue(_ counts: [Int], _ weights: [Double]) throws -> Double {
    let total = Double(counts.reduce(0, +))
    let whole = weights.reduce(0, +)
    let statistic = zip(counts, weights).reduce(0.0) { sum, pair in
      let expected = total * pair.1 / whole
      return sum + (Double(pair.0) - expected) * (Double(pair.0) - expected) / expected
    }
    return try TailProbabilities.chiSquaredTail(statistic, degreesOfFreedom: Double(counts.count - 1))
  }

  private func counts(_ batches: [[Int]], _ outcomes: [[Int]]) -> [Int] {
    let found = Dictionary(grouping: batches) { $0 }.mapValues(\.count)
    return outcomes.map { found[$0] ?? 0 }
  }

  /// False alarm 10⁻⁶; weights of another scheme are rejected.
  @Test func withReplacement() throws {
    let all = try batches(Minibatch(size: 2), lanes: 2000, steps: Array(0..<10)).flatMap { $0 }
    #expect(all.allSatisfy { $0.count == 2 })
    let pairs = (0..<6).flatMap { i in (i..<6).map { [i, $0] } }
    let observed = counts(all, pairs)
    #expect(observed.reduce(0, +) == all.count)
    #expect(try pValue(observed, pairs.map { $0[0] == $0[1] ? 1 : 2 }) > 1e-6)
    #expect(try pValue(observed, pairs.map { _ in 1 }) < 1e-6)
  }

  @Test func withoutReplacement() throws {
    let noise = Minibatch(size: 3, sampling: .withoutReplacement)
    let all = try batches(noise, lanes: 2000, steps: Array(0..<5)).flatMap { $0 }
    let triples = (0..<4).flatMap { i in (i + 1..<5).flatMap { j in (j + 1..<6).map { [i, j, $0] } } }
    let observed = counts(all, triples)
    #expect(triples.count == 20 && observed.reduce(0, +) == all.count)
    #expect(try pValue(observed, triples.map { _ in 1 }) > 1e-6)
    #expect(try pValue(observed, triples.map { $0[0] == 0 ? 1.2 : 1 }) < 1e-6)
  }

  /// Every epoch takes every sample once in every lane, epochs differ, and each batch alone is any pair.
  @Test func reshuffling() throws {
    let noise = Minibatch(size: 2, sampling: .reshuffle)
    let lanes = 2000
    let steps = try batches(noise, lanes: lanes, steps: Array(0..<9))
    var changed = 0
    for lane in 0..<lanes {
      for epoch in 0..<3 {
        let taken = (0..<3).flatMap { steps[3 * epoch + $0][lane] }
        #expect(taken.sorted() == Array(0..<6))
      }
      if steps[0][lane] != steps[3][lane] { changed += 1 }
    }
    // A pair comes again with probability 1/15: 1867 ± 11 of 2000 lanes.
    #expect(abs(changed - 1867) <= 56)
    let pairs = (0..<5).flatMap { i in (i + 1..<6).map { [i, $0] } }
    for place in 0..<3 {
      let observed = counts([0, 3, 6].flatMap { steps[$0 + place] }, pairs)
      #expect(try pValue(observed, pairs.map { _ in 1 }) > 1e-6)
    }
  }

  @Test func cycling() throws {
    let steps = try batches(Minibatch(size: 2, sampling: .cyclic), lanes: 4, steps: [0, 1, 2, 3, 7])
    let expected = [[0, 1], [2, 3], [4, 5], [0, 1], [2, 3]]
    for (step, batch) in zip(steps, expected) { #expect(step.allSatisfy { $0 == batch }) }
  }

  /// What a trajectory draws depends on its number alone, not on its lane, nor on the steps before.
  @Test(arguments: Minibatch.Sampling.allCases)
  func aTrajectoryCanBeReplayed(sampling: Minibatch.Sampling) throws {
    let noise = Minibatch(size: 2, sampling: sampling)
    let many = try batches(noise, lanes: 16, steps: [0, 1, 2, 3, 4])
    let few = try batches(noise, lanes: 4, steps: [0, 1, 2, 3, 4], firstTrajectory: 8)
    #expect(few == many.map { Array($0[8..<12]) })
    let late = try batches(noise, lanes: 4, steps: [4, 1], firstTrajectory: 8)
    #expect(late == [few[4], few[1]])
  }
}
