/// The random numbers of a block of consecutive trajectories.
///
/// What trajectory k draws depends neither on the number of lanes nor on the block that it is in, so that it can be
/// replayed alone. A source owns buffers that live as long as the worker that uses it: one per worker, not `Sendable`.
///
/// A counter-based source gives the same numbers for the same arguments, in any order of calls. A classical one ignores
/// purpose and step: it gives each trajectory the next numbers of its generator, call by call; whoever replays
/// a trajectory makes the same calls from `begin` on.
public protocol RandomSource: AnyObject {
  /// The number of trajectories of a block.
  var lanes: Int { get }

  /// The trajectory of lane 0, as `begin` was told.
  var firstTrajectory: UInt64 { get }

  /// Starts with the trajectories `firstTrajectory` … `firstTrajectory` + lanes − 1 from their beginning; the storage is
  /// used again. Until the first call they are 0 … lanes − 1.
  func begin(firstTrajectory: UInt64)

  /// Standard normal numbers, `dimension` × `lanes`, coordinate-major, independent for every trajectory, purpose, step
  /// and coordinate. Coordinates number fewer than 2²⁴, steps fewer than 2³³, from 0.
  func normals(_ purpose: RandomPurpose, step: Int, into values: UnsafeMutablePointer<Double>, dimension: Int)

  /// Uniform numbers in the open interval (0, 1), in the same shape as `normals` and independent of them.
  func uniforms(_ purpose: RandomPurpose, step: Int, into values: UnsafeMutablePointer<Double>, dimension: Int)

  /// Whole numbers from 0 to `bound` − 1, with replacement: `count` × `lanes`, those of one draw contiguous.
  ///
  /// Their purpose is `batch`. `bound` is from 1 to 2³¹ − 1, `count` below 2²⁵. A step gets other numbers where `bound` or
  /// `count` are others. They stay in a buffer of the source until it is asked for indices again, or begins anew.
  func indices(below bound: Int, count: Int, step: Int) -> UnsafePointer<Int32>

  /// A generator from which one trajectory draws at one step, whatever law it needs; independent of the block draws.
  ///
  /// It is valid until the next call of the source. Counter-based, it is put to the beginning of the sequence in
  /// constant time and without allocation, and asking again for the same arguments begins again.
  func generator(lane: Int, _ purpose: RandomPurpose, step: Int) -> RandomGenerator
}

extension RandomSource {
  /// The first `prefix` places of a random order of 0 … `order.count` − 1, each order equally likely.
  ///
  /// A batch without replacement is a prefix. What follows the prefix are the other numbers, in no particular order.
  /// The purpose is `permutation`.
  ///
  /// - Complexity: O(`order.count`); `prefix` random numbers.
  public func permutation(lane: Int, step: Int, into order: UnsafeMutableBufferPointer<Int32>, prefix: Int) {
    precondition(0...order.count ~= prefix, "a permutation of \(order.count) things has no prefix of \(prefix)")
    precondition(order.count <= Int(Int32.max), "a permutation of \(order.count) things does not fit")
    let generator = generator(lane: lane, .permutation, step: step)
    for i in order.indices { order[i] = Int32(i) }
    for i in 0..<prefix { order.swapAt(i, i + generator.integer(below: order.count - i)) }
  }
}

extension RandomGenerator.Algorithm {
  /// A source of this algorithm: Philox by counter, the others with a generator for each lane.
  ///
  /// - Throws: `GSLError`: `GSL_ENOMEM` when there is no memory.
  public func source(key: StreamKey, lanes: Int) throws(GSLError) -> any RandomSource {
    if self == .philox { return try PhiloxSource(key: key, lanes: lanes) }
    return try ClassicalSource(self, key: key, lanes: lanes)
  }
}
