import Testing

@testable import LoschmidtNumerics

@Suite("Classical generators for blocks of trajectories")
struct ClassicalSourceTests {
  static let key = StreamKey(seed: 7, experiment: 1)

  @Test("each lane is the sequence of its own generator", arguments: RandomGenerator.Algorithm.allCases.dropFirst())
  func sequences(algorithm: RandomGenerator.Algorithm) throws {
    let source = try ClassicalSource(algorithm, key: Self.key, lanes: 3)
    for first in [0, 1000] as [UInt64] {
      source.begin(firstTrajectory: first)
      let normals = source.normals(.thermal, step: 0, dimension: 2)
      let uniforms = source.uniforms(.auxiliary, step: 0, dimension: 1)
      let indices = source.wholeNumbers(below: 10, count: 2, step: 0)
      let more = (0..<3).map { source.generator(lane: $0, .resampling, step: 5).normal() }
      for lane in 0..<3 {
        let generator = try RandomGenerator(algorithm, seed: Self.key.word, stream: first + UInt64(lane))
        #expect([normals[lane], normals[3 + lane]] == [generator.normal(), generator.normal()])
        #expect(uniforms[lane] == generator.uniform())
        #expect(
          [indices[lane], indices[3 + lane]].map { Int($0) } == (0..<2).map { _ in generator.integer(below: 10) })
        #expect(more[lane] == generator.normal())
      }
    }
  }

  @Test("before the first block the trajectories count from 0")
  func start() throws {
    let (fresh, begun) = (
      try ClassicalSource(.taus2, key: Self.key, lanes: 2), try ClassicalSource(.taus2, key: Self.key, lanes: 2)
    )
    begun.begin(firstTrajectory: 0)
    #expect(fresh.normals(.thermal, step: 0, dimension: 1) == begun.normals(.thermal, step: 0, dimension: 1))
  }
}
