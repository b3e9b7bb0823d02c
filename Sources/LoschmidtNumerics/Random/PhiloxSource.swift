import CKernels

/// Random numbers as pure functions of key, trajectory, purpose, step and coordinate.
///
/// Normal and uniform numbers are made for both steps of a pair at once; the half that was not asked for waits in a buffer
/// of its purpose. Whole numbers are taken out of words that give those of several steps. So steps in order cost the
/// fewest evaluations; in any other order the numbers are the same, at a higher cost.
public final class PhiloxSource: RandomSource {
  /// The key, one for each experiment.
  public let key: StreamKey
  /// The number of trajectories of a block, any number.
  public let lanes: Int
  /// The trajectory of lane 0.
  public private(set) var firstTrajectory: UInt64 = 0
  private let purposes = RandomPurpose.allCases.count
  /// One for each form and purpose; plain memory, so that a call costs no checks.
  private let halves: UnsafeMutableBufferPointer<WaitingHalf>
  private let wholeNumbers: WordsOfIndices
  private let sequence: RandomGenerator

  /// A source for blocks of `lanes` trajectories.
  ///
  /// - Throws: `GSLError`: `GSL_ENOMEM` when there is no memory.
  public init(key: StreamKey, lanes: Int) throws(GSLError) {
    precondition(lanes >= 1, "a block needs at least one trajectory, not \(lanes)")
    self.key = key
    self.lanes = lanes
    sequence = try RandomGenerator(.philox, seed: 0)
    halves = .allocate(capacity: 2 * purposes)
    halves.initialize(repeating: WaitingHalf())
    wholeNumbers = WordsOfIndices(lanes: lanes)
  }

  deinit {
    for half in halves { half.storage?.deallocate() }
    halves.deallocate()
  }

  /// Goes to other trajectories: another part of the counter, and nothing waits.
  public func begin(firstTrajectory: UInt64) {
    precondition(firstTrajectory <= UInt64.max - UInt64(lanes - 1), "there are 2⁶⁴ trajectories at most")
    self.firstTrajectory = firstTrajectory
    for i in halves.indices { halves[i].step = WaitingHalf.nothing }
    wholeNumbers.forget()
  }

  /// Standard normal numbers by Box and Muller's method, errors and tails as of `lk_box_muller`: 4 ulp, and the right
  /// weight up to a probability of 2⁻⁶⁴; none exceeds 9.5 in size.
  public func normals(
    _ purpose: RandomPurpose, step: Int, into values: UnsafeMutablePointer<Double>, dimension: Int
  ) {
    fill(values, purpose, .normals, step: step, dimension: dimension, with: lk_philox_normals)
  }

  /// Uniform numbers: odd multiples of 2⁻⁵³.
  public func uniforms(
    _ purpose: RandomPurpose, step: Int, into values: UnsafeMutablePointer<Double>, dimension: Int
  ) {
    fill(values, purpose, .uniforms, step: step, dimension: dimension, with: lk_philox_uniforms)
  }

  /// Whole numbers: the digits of words to the base `bound`, as many steps out of a word as it has digits for.
  ///
  /// A word gives as many digits as fit into 32 bits, whose probability differs from that of independent numbers by less than
  /// 2⁻⁶⁴, or all of its 64 bits where `bound` is a power of 2, exactly.
  public func indices(below bound: Int, count: Int, step: Int) -> UnsafePointer<Int32> {
    precondition(1...Int(Int32.max) ~= bound, "random indices need a bound from 1 to 2³¹ − 1, not \(bound)")
    return wholeNumbers.next(below: bound, count: count, step: step) { group in
      PhiloxCounter(trajectory: firstTrajectory, .batch, .indices, group: group).place(key)
    }
  }

  /// The one generator of the source, put to the sequence of 2²⁶ words of this trajectory, purpose and step.
  public func generator(lane: Int, _ purpose: RandomPurpose, step: Int) -> RandomGenerator {
    precondition(0..<lanes ~= lane, "a block of \(lanes) trajectories has no lane \(lane)")
    let trajectory = firstTrajectory + UInt64(lane)
    sequence.position(key, PhiloxCounter(trajectory: trajectory, purpose, .sequence, step: step))
    return sequence
  }

  private func place(_ purpose: RandomPurpose, _ form: PhiloxCounter.Form, step: Int) -> lk_philox_place {
    PhiloxCounter(trajectory: firstTrajectory, purpose, form, step: step).place(key)
  }

  private func requireIndices(_ count: Int) {
    precondition(
      0...PhiloxCounter.indexLimit ~= count, "there are random numbers for 2²⁴ coordinates, not for \(count)")
  }

  private typealias Kernel = (
    lk_philox_place, Int, Int, UnsafeMutablePointer<Double>?, UnsafeMutablePointer<Double>?
  ) -> Void

  @inline(__always)
  private func fill(
    _ values: UnsafeMutablePointer<Double>, _ purpose: RandomPurpose, _ form: PhiloxCounter.Form, step: Int,
    dimension: Int, with kernel: Kernel
  ) {
    if dimension == 0 { return }
    requireIndices(dimension)
    let place = place(purpose, form, step: step)
    let index = Int(form.rawValue) * purposes + Int(purpose.rawValue)
    let waiting = halves[index].storage(count: dimension * lanes)
    if halves[index].step == step && halves[index].dimension == dimension {
      values.update(from: waiting, count: dimension * lanes)
    } else if step.isMultiple(of: 2) {
      kernel(place, dimension, lanes, values, waiting)
      halves[index].hold(step: step + 1, dimension: dimension)
    } else {
      kernel(place, dimension, lanes, waiting, values)
      halves[index].hold(step: step - 1, dimension: dimension)
    }
  }
}

@available(*, unavailable, message: "the buffers of a source belong to one worker")
extension PhiloxSource: Sendable {}

/// The numbers of a step that were made along with those of the other step of its pair.
private struct WaitingHalf {
  static var nothing: Int { -1 }
  private(set) var storage: UnsafeMutablePointer<Double>?
  private var capacity = 0
  var step = -1
  private(set) var dimension = 0

  /// Room for `count` numbers; what is there stays unless it has to grow.
  mutating func storage(count: Int) -> UnsafeMutablePointer<Double> {
    if let storage, count <= capacity { return storage }
    storage?.deallocate()
    let fresh = UnsafeMutablePointer.cacheAligned(repeating: 0.0, count: count)
    (storage, capacity, step) = (fresh, count, Self.nothing)
    return fresh
  }

  mutating func hold(step: Int, dimension: Int) { (self.step, self.dimension) = (step, dimension) }
}
