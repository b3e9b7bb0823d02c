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
    /// A new permutation every epoch, cut into batches.
    case reshuffle
    /// One permutation for ever, cut into batches.
    case cyclic

    /// Whether an epoch is cut into batches, so that the size must divide the number of samples.
    public var usesEpochs: Bool { self == .reshuffle || self == .cyclic }
  }

  /// The number B ≥ 1 of samples in a batch.
  public let size: Int
  /// How they are chosen.
  public let sampling: Sampling

  /// A minibatch.
  public init(size: Int = 1, sampling: Sampling = .withReplacement) {
    precondition(size >= 1, "a batch has at least one sample")
    self.size = size
    self.sampling = sampling
  }
}
