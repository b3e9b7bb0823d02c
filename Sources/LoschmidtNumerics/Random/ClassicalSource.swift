/// One of GSL's generators for each trajectory of the block, seeded by key and trajectory when the block begins.
///
/// Draws are consumed one after the other; purpose and step do not enter. The seed is `RandomGenerator.classicalSeed`
/// with the key for its seed and the trajectory for its stream: trajectories that agree in their upper 33 bits never
/// start alike.
public final class ClassicalSource: RandomSource {
  /// The key, one for each experiment.
  public let key: StreamKey
  /// The number of trajectories of a block.
  public let lanes: Int
  /// The trajectory of lane 0.
  public private(set) var firstTrajectory: UInt64 = 0
  private let generators: [RandomGenerator]
  private var wholeNumbers = UnsafeMutableBufferPointer<Int32>.allocate(capacity: 1)

  /// A source for blocks of `lanes` trajectories; `algorithm` is any but Philox.
  ///
  /// - Throws: `GSLError`: `GSL_ENOMEM` when there is no memory.
  public init(_ algorithm: RandomGenerator.Algorithm, key: StreamKey, lanes: Int) throws(GSLError) {
    precondition(algorithm != .philox, "Philox has a source of its own")
    precondition(lanes >= 1, "a block needs at least one trajectory, not \(lanes)")
    self.key = key
    self.lanes = lanes
    var generators: [RandomGenerator] = []
    for lane in 0..<lanes {
      generators.append(try RandomGenerator(algorithm, seed: key.word, stream: UInt64(lane)))
    }
    self.generators = generators
  }

  deinit { wholeNumbers.deallocate() }

  /// Seeds the generator of every lane for its trajectory.
  public func begin(firstTrajectory: UInt64) {
    precondition(firstTrajectory <= UInt64.max - UInt64(lanes - 1), "there are 2⁶⁴ trajectories at most")
    self.firstTrajectory = firstTrajectory
    for (lane, generator) in generators.enumerated() {
      generator.reseed(key.word, stream: firstTrajectory + UInt64(lane))
    }
  }

  /// Standard normal numbers by Marsaglia and Tsang's ziggurat.
  public func normals(
    _ purpose: RandomPurpose, step: Int, into values: UnsafeMutablePointer<Double>, dimension: Int
  ) {
    for (lane, generator) in generators.enumerated() {
      for i in 0..<dimension { values[i * lanes + lane] = generator.normal() }
    }
  }

  /// Uniform numbers of 32 random bits, or 48 of RANLUX.
  public func uniforms(
    _ purpose: RandomPurpose, step: Int, into values: UnsafeMutablePointer<Double>, dimension: Int
  ) {
    for (lane, generator) in generators.enumerated() {
      for i in 0..<dimension { values[i * lanes + lane] = generator.uniform() }
    }
  }

  /// Whole numbers, all equally likely, as `RandomGenerator.integer(below:)` gives them.
  public func indices(below bound: Int, count: Int, step: Int) -> UnsafePointer<Int32> {
    precondition(1...Int(Int32.max) ~= bound, "random indices need a bound from 1 to 2³¹ − 1, not \(bound)")
    if wholeNumbers.count < count * lanes {
      wholeNumbers.deallocate()
      wholeNumbers = .allocate(capacity: count * lanes)
    }
    for (lane, generator) in generators.enumerated() {
      for k in 0..<count { wholeNumbers[k * lanes + lane] = Int32(generator.integer(below: bound)) }
    }
    guard let first = wholeNumbers.baseAddress else { preconditionFailure("the buffer has an address") }
    return UnsafePointer(first)
  }

  /// The generator of the lane where it stands; purpose and step do not matter.
  public func generator(lane: Int, _ purpose: RandomPurpose, step: Int) -> RandomGenerator {
    precondition(0..<lanes ~= lane, "a block of \(lanes) trajectories has no lane \(lane)")
    return generators[lane]
  }
}

@available(*, unavailable, message: "the generators of a source belong to one worker")
extension ClassicalSource: Sendable {}
