import CKernels

/// A counter of Philox: which 128 bits of a key are meant.
///
/// The 128 bits are, from the first word to the last: trajectory (64), pair of steps (32), index (24), purpose (5), form
/// (3). Form tells what the bits are made into, so that normal and uniform numbers of one purpose and step are
/// independent. Each part has bits of its own, hence no two uses share a counter.
struct PhiloxCounter: Hashable {
  /// What the bits of a counter become.
  enum Form: UInt32, CaseIterable {
    /// Two normal numbers of a coordinate, one for each step of the pair.
    case normals = 0
    /// Two uniform numbers of a coordinate, one for each step of the pair.
    case uniforms = 1
    /// As many whole numbers as two words give, for the steps of a group.
    case indices = 2
    /// Four words of the sequence of one step.
    case sequence = 4
  }

  /// Steps are below this, 2³³.
  static let stepLimit = 1 << 33
  /// Indices, such as a coordinate, are below this, 2²⁴.
  static let indexLimit = 1 << 24

  let trajectory: UInt64
  let pair: UInt32
  let stream: UInt32

  /// The counter of a use of random bits.
  ///
  /// Numbers of the steps 2m and 2m + 1 share a counter, and take one of its two words each. Sequences have a code for
  /// even and one for odd steps.
  init(trajectory: UInt64, _ purpose: RandomPurpose, _ form: Form, step: Int, index: Int = 0) {
    precondition(0..<Self.stepLimit ~= step, "a step must be from 0 to 2³³ − 1, not \(step)")
    precondition(0..<Self.indexLimit ~= index, "an index of random numbers must be from 0 to 2²⁴ − 1, not \(index)")
    let parity = form == .sequence ? UInt32(step & 1) : 0
    self.trajectory = trajectory
    pair = UInt32(step >> 1)
    stream = (form.rawValue + parity) << 29 | UInt32(purpose.rawValue) << 24 | UInt32(index)
  }

  /// The counter of whole numbers, whose words serve a group of steps.
  init(trajectory: UInt64, _ purpose: RandomPurpose, _ form: Form, group: Int) {
    self.init(trajectory: trajectory, purpose, form, step: 2 * group)
  }

  /// The first counter of a sequence that belongs to no trajectory, but has the number `stream` in its place.
  init(freestanding stream: UInt64) {
    trajectory = stream
    pair = 0
    self.stream = 6 << 29
  }

  /// The counter under a key, as the kernels take it.
  func place(_ key: StreamKey) -> lk_philox_place {
    lk_philox_place(key: key.word, trajectory: trajectory, pair: pair, stream: stream)
  }
}
