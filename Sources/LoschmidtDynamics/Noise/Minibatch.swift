import LoschmidtNumerics

/// A gradient from `size` of N samples: ĝ = (1/B) Σ ∇ℓ_i over the batch, so that E ĝ = ∇L.
public struct Minibatch: GradientNoise, Equatable {
  /// The name in scenarios.
  public static let name = "minibatch"

  /// How the samples of a batch are chosen.
  public enum Sampling: String, Sendable, CaseIterable {
    /// Every element of a batch is drawn from all samples, independently.
    case withReplacement = "with-replacement"
    /// The elements of a batch are distinct; batches are independent.
    case withoutReplacement = "without-replacement"
    /// A new permutation every epoch, cut into batches; what is left over at its end belongs to none.
    case reshuffle
    /// One permutation for ever, cut into batches.
    case cyclic

    /// Whether an epoch is cut into batches.
    public var usesEpochs: Bool { self == .reshuffle || self == .cyclic }
  }

  /// The number B ≥ 1 of samples in a batch.
  public let size: Int
  /// How they are chosen.
  public let sampling: Sampling

  /// Whether the samples of an epoch that make no whole batch are left out; without it the size of reshuffled batches divides
  /// the number of samples.
  public let dropsLast: Bool

  /// A minibatch.
  public init(size: Int = 1, sampling: Sampling = .withReplacement, dropsLast: Bool = false) {
    precondition(size >= 1, "a batch has at least one sample")
    precondition(!dropsLast || sampling == .reshuffle, "only reshuffled epochs leave samples out")
    self.dropsLast = dropsLast
    self.size = size
    self.sampling = sampling
  }

  /// A sampler that draws a batch for every trajectory and step.
  public func sampler(_ program: FieldProgram, lanes: Int) -> any GradientSampler {
    MinibatchSampler(self, sampleCount: program.sampleCount, lanes: lanes)
  }

  /// B.
  public func samplesPerGradient(sampleCount: Int) -> Int { size }

  /// A batch is drawn, and may be summed over.
  public var randomness: GradientRandomness { .batches }

  /// C/B with replacement, C (N − B)/(B(N − 1)) without; `nil` where the batches of an epoch depend on each other.
  public func covariance(sampleCount: Int, dimension: Int) -> NoiseCovariance? {
    if stepsPerEpoch(sampleCount: sampleCount) > 1 { return nil }
    return batchLaw(sampleCount: sampleCount, limit: 0)?.covarianceFactor.map { NoiseCovariance(samplingFactor: $0) }
  }

  /// ⌊N/B⌋ where batches come in epochs, else 1: the steps after which the sequence of batches begins anew.
  public func stepsPerEpoch(sampleCount: Int) -> Int { sampling.usesEpochs ? sampleCount / size : 1 }

  /// The law of one batch.
  public func batchLaw(sampleCount: Int, limit: Int) -> DrawSet? {
    switch sampling {
    case .withReplacement: DrawSet(.withReplacement(size: size), sampleCount: sampleCount, limit: limit)
    // One batch of a new permutation, taken alone, is any subset with equal probability.
    case .withoutReplacement, .reshuffle:
      DrawSet(.withoutReplacement(size: size), sampleCount: sampleCount, limit: limit)
    case .cyclic: DrawSet(.cyclic(size: size), sampleCount: sampleCount, limit: limit)
    }
  }

  /// Independent batches, and whole epochs of reshuffled ones; a fixed order never.
  public func isReversalInvariant(sampleCount: Int, steps: Int) -> Bool {
    switch sampling {
    case .withReplacement, .withoutReplacement: true
    case .reshuffle: steps % (sampleCount / size) == 0
    case .cyclic: sampleCount == size
    }
  }
}

/// The batches of a block of trajectories, one for each lane.
final class MinibatchSampler: GradientSampler {
  private let noise: Minibatch
  private let sampleCount: Int
  private let lanes: Int
  /// `size` × `lanes`: the rows of this sampler, or those in the buffer of the source.
  private var batch: UnsafePointer<Int32>
  private let rows: UnsafeMutablePointer<Int32>
  /// The permutations of an epoch, `sampleCount` for each lane; empty unless there are epochs.
  private var orders: [Int32]
  private var epoch = (number: -1, trajectory: UInt64.max)

  init(_ noise: Minibatch, sampleCount: Int, lanes: Int) {
    self.noise = noise
    self.sampleCount = sampleCount
    self.lanes = lanes
    rows = .allocate(capacity: noise.size * lanes)
    rows.initialize(repeating: 0, count: noise.size * lanes)
    batch = UnsafePointer(rows)
    let hasOrders = noise.sampling == .reshuffle || noise.sampling == .withoutReplacement
    orders = hasOrders ? [Int32](repeating: 0, count: sampleCount * lanes) : []
  }

  deinit { rows.deallocate() }

  func draw(step: Int, from source: any RandomSource) {
    switch noise.sampling {
    case .withReplacement: batch = source.indices(below: sampleCount, count: noise.size, step: step)
    case .withoutReplacement:
      order(step: step, prefix: noise.size, source)
      copyBatch(from: 0)
    case .reshuffle:
      let batches = sampleCount / noise.size
      let number = step / batches
      if epoch.number != number || epoch.trajectory != source.firstTrajectory {
        epoch = (number, source.firstTrajectory)
        order(step: number, prefix: sampleCount, source)
      }
      copyBatch(from: step % batches * noise.size)
    case .cyclic:
      let first = step % (sampleCount / noise.size) * noise.size
      for b in 0..<noise.size { (rows + b * lanes).update(repeating: Int32(first + b), count: lanes) }
    }
  }

  private func order(step: Int, prefix: Int, _ source: any RandomSource) {
    orders.withUnsafeMutableBufferPointer { orders in
      for lane in 0..<lanes {
        let place = UnsafeMutableBufferPointer(rebasing: orders[lane * sampleCount..<(lane + 1) * sampleCount])
        source.permutation(lane: lane, step: step, into: place, prefix: prefix)
      }
    }
  }

  private func copyBatch(from first: Int) {
    for b in 0..<noise.size {
      for lane in 0..<lanes { rows[b * lanes + lane] = orders[lane * sampleCount + first + b] }
    }
  }

  func evaluate(
    _ field: BlockField, at theta: UnsafePointer<Double>, into result: UnsafeMutablePointer<Double>
  ) {
    field.gradient(ofBatch: batch, size: noise.size, at: theta, into: result)
  }
}
