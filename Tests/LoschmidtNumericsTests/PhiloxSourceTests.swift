import CKernels
import LoschmidtTestSupport
import Testing

@testable import LoschmidtNumerics

/// The numbers of a call of a source that writes doubles, as an array of `dimension` × `lanes`.
func numbers(_ count: Int, _ write: (UnsafeMutablePointer<Double>) -> Void) -> [Double] {
  [Double](unsafeUninitializedCapacity: count) { buffer, initialized in
    if let start = buffer.baseAddress { write(start) }
    initialized = count
  }
}

extension RandomSource {
  /// Normal numbers as an array.
  func normals(_ purpose: RandomPurpose, step: Int, dimension: Int) -> [Double] {
    numbers(dimension * lanes) { normals(purpose, step: step, into: $0, dimension: dimension) }
  }

  /// Uniform numbers as an array.
  func uniforms(_ purpose: RandomPurpose, step: Int, dimension: Int) -> [Double] {
    numbers(dimension * lanes) { uniforms(purpose, step: step, into: $0, dimension: dimension) }
  }

  /// Whole numbers as an array.
  func wholeNumbers(below bound: Int, count: Int, step: Int) -> [Int32] {
    Array(UnsafeBufferPointer(start: indices(below: bound, count: count, step: step), count: count * lanes))
  }
}

@Suite("Philox for blocks of trajectories")
struct PhiloxSourceTests {
  static let key = StreamKey(seed: 2024, experiment: 3)

  /// The two words that the scalar Philox has for a coordinate; the step chooses one.
  private func word(_ form: UInt32, _ purpose: RandomPurpose, _ trajectory: UInt64, step: Int, index: Int) -> UInt64 {
    let stream = form << 29 | UInt32(purpose.rawValue) << 24 | UInt32(index)
    let pair = ScalarPhilox(key: Self.key.word).pair(trajectory: trajectory, pair: UInt32(step / 2), stream: stream)
    return step % 2 == 0 ? pair.first : pair.second
  }

  /// Uniform numbers show word by word which counter they come from.
  @Test("each number is that of its trajectory, purpose, step and coordinate")
  func addresses() throws {
    let source = try PhiloxSource(key: Self.key, lanes: 6)
    for first in [0, 1 << 32 - 3, .max - 5] as [UInt64] {
      source.begin(firstTrajectory: first)
      for (step, purpose) in [(0, RandomPurpose.thermal), (1, .thermal), (7, .auxiliary), (1 << 33 - 1, .thermal)] {
        let values = source.uniforms(purpose, step: step, dimension: 3)
        for i in 0..<3 {
          for lane in 0..<6 {
            let bits = word(1, purpose, first + UInt64(lane), step: step, index: i)
            #expect(values[i * 6 + lane] == Double(2 * (bits >> 12) + 1) * 0x1p-53)  // exact in a double
          }
        }
      }
    }
  }

  @Test("both steps of a pair are the two normal numbers of a counter")
  func pairs() throws {
    let source = try PhiloxSource(key: Self.key, lanes: 5)
    source.begin(firstTrajectory: 40)
    let (even, odd) = (source.normals(.thermal, step: 6, dimension: 2), source.normals(.thermal, step: 7, dimension: 2))
    for i in 0..<2 {
      for lane in 0..<5 {
        let radius = word(0, .thermal, 40 + UInt64(lane), step: 6, index: i)
        let angle = word(0, .thermal, 40 + UInt64(lane), step: 7, index: i)
        var (x, y) = (0.0, 0.0)
        lk_box_muller([radius], [angle], &x, &y, 1)
        #expect(even[i * 5 + lane] == x && odd[i * 5 + lane] == y)
      }
    }
  }

  @Test("steps in any order, repeated, and of changing dimension give the same numbers")
  func order() throws {
    func fresh(_ step: Int, _ dimension: Int) throws -> [Double] {
      let source = try PhiloxSource(key: Self.key, lanes: 4)
      return source.normals(.gradientNoise, step: step, dimension: dimension)
    }
    let source = try PhiloxSource(key: Self.key, lanes: 4)
    let calls = [
      (0, 2), (1, 2), (1, 2), (0, 2), (3, 2), (2, 2), (5, 1), (4, 3), (5, 3), (4, 3), (5, 1), (9, 0), (8, 1),
    ]
    for (step, dimension) in calls {
      _ = source.uniforms(.gradientNoise, step: step, dimension: dimension)
      _ = source.normals(.thermal, step: step ^ 1, dimension: 1)
      #expect(source.normals(.gradientNoise, step: step, dimension: dimension) == (try fresh(step, dimension)))
    }
  }

  @Test("another block does not see what waited for the last one")
  func begin() throws {
    let source = try PhiloxSource(key: Self.key, lanes: 3)
    _ = source.normals(.thermal, step: 0, dimension: 1)
    source.begin(firstTrajectory: 3)
    let fresh = try PhiloxSource(key: Self.key, lanes: 3)
    fresh.begin(firstTrajectory: 3)
    #expect(source.normals(.thermal, step: 1, dimension: 1) == fresh.normals(.thermal, step: 1, dimension: 1))
    #expect(source.firstTrajectory == 3)
  }

  @Test("a generator begins the sequence of its trajectory, purpose and step, each time it is asked for")
  func generators() throws {
    let source = try PhiloxSource(key: Self.key, lanes: 4)
    source.begin(firstTrajectory: 8)
    for (lane, step) in [(0, 0), (3, 1), (2, 6), (0, 0)] {
      let generator = source.generator(lane: lane, .resampling, step: step)
      for block in 0..<10 {
        let stream = UInt32(4 + step % 2) << 29 | UInt32(RandomPurpose.resampling.rawValue) << 24 | UInt32(block)
        let pair = ScalarPhilox(key: Self.key.word).pair(
          trajectory: 8 + UInt64(lane), pair: UInt32(step / 2), stream: stream)
        #expect(generator.uniform() == Double(pair.first >> 11) * 0x1p-53)  // exact in a double
        #expect(generator.uniform() == Double(pair.second >> 11) * 0x1p-53)
      }
    }
  }
}
