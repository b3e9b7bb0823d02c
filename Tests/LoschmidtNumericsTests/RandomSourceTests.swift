import LoschmidtNumerics
import Testing

/// What holds for every source.
@Suite("Random numbers of blocks")
struct RandomSourceTests {
  static let key = StreamKey(seed: 31, experiment: 0)

  /// All that `source` draws for one of its trajectories in some steps, in the order of an ensemble.
  private func history(_ source: any RandomSource, lane: Int) -> [Double] {
    var result: [Double] = []
    for step in 0..<5 {
      let blocks = [
        source.normals(.thermal, step: step, dimension: 3), source.uniforms(.thermal, step: step, dimension: 1),
        source.wholeNumbers(below: 100, count: 3, step: step).map { Double($0) },
        source.normals(.gradientNoise, step: step, dimension: 1),
      ]
      for block in blocks { result += stride(from: lane, to: block.count, by: source.lanes).map { block[$0] } }
      for other in 0..<source.lanes {
        let number = source.generator(lane: other, .auxiliary, step: step).uniform()
        if other == lane { result.append(number) }
      }
    }
    return result
  }

  @Test(
    "a trajectory is the same in every block and alone, also in storage that is used again",
    arguments: RandomGenerator.Algorithm.allCases)
  func replay(algorithm: RandomGenerator.Algorithm) throws {
    let alone = try algorithm.source(key: Self.key, lanes: 1)
    for trajectory in [0, 5, 1 << 32] as [UInt64] {
      alone.begin(firstTrajectory: trajectory)
      let expected = history(alone, lane: 0)
      #expect(Set(expected).count > 20)
      for (lanes, lane) in [(4, 0), (4, 3), (7, 5), (13, 2)] where trajectory >= UInt64(lane) {
        let source = try algorithm.source(key: Self.key, lanes: lanes)
        #expect(source.lanes == lanes)
        source.begin(firstTrajectory: 12)
        _ = history(source, lane: 0)
        source.begin(firstTrajectory: trajectory - UInt64(lane))
        #expect(history(source, lane: lane) == expected)
      }
    }
  }

  @Test("other keys, trajectories and steps give other numbers", arguments: RandomGenerator.Algorithm.allCases)
  func different(algorithm: RandomGenerator.Algorithm) throws {
    var seen: [Double] = []
    for key in [Self.key, StreamKey(seed: 31, experiment: 1), StreamKey(seed: 32, experiment: 0)] {
      let source = try algorithm.source(key: key, lanes: 8)
      for step in 0..<4 { seen += source.normals(.thermal, step: step, dimension: 2) }
    }
    // Numbers of GSL's ziggurat have 32 bits, so that of 192 a pair coincides with probability 4e-6; of ours, 4e-12.
    #expect(Set(seen).count == seen.count)
  }

  @Test("every order of four things is equally likely", arguments: RandomGenerator.Algorithm.allCases)
  func permutations(algorithm: RandomGenerator.Algorithm) throws {
    let source = try algorithm.source(key: Self.key, lanes: 2)
    var counts: [[Int32]: Int] = [:]
    let repetitions = 12_000
    for step in 0..<repetitions {
      let order = permutation(source, count: 4, prefix: 4, step: step)
      #expect(order.sorted() == [0, 1, 2, 3])
      counts[order, default: 0] += 1
    }
    #expect(counts.count == 24)
    let mean = Double(repetitions) / 24
    let statistic = counts.values.reduce(0) { $0 + (Double($1) - mean) * (Double($1) - mean) / mean }
    #expect(try TailProbabilities.chiSquaredTail(statistic, degreesOfFreedom: 23) > 1e-6)  // the false-alarm rate
  }

  @Test("a prefix of an order is a batch without replacement")
  func prefix() throws {
    let source = try RandomGenerator.Algorithm.philox.source(key: Self.key, lanes: 2)
    var counts = [Int](repeating: 0, count: 10)
    for step in 0..<5000 {
      let order = permutation(source, count: 10, prefix: 3, step: step)
      #expect(order.sorted() == (0..<10).map { $0 })
      for index in order.prefix(3) { counts[Int(index)] += 1 }
    }
    // Each is in a batch with probability 0.3; five standard deviations of the binomial law.
    #expect(counts.allSatisfy { abs(Double($0) - 1500) <= 5 * (5000 * 0.3 * 0.7).squareRoot() })
    #expect(permutation(source, count: 10, prefix: 0, step: 3) == (0..<10).map { $0 })
  }

  private func permutation(_ source: any RandomSource, count: Int, prefix: Int, step: Int) -> [Int32] {
    [Int32](unsafeUninitializedCapacity: count) { buffer, initialized in
      buffer.initialize(repeating: -1)
      source.permutation(lane: 1, step: step, into: buffer, prefix: prefix)
      initialized = count
    }
  }
}
