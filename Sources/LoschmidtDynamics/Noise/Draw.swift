import LoschmidtNumerics

/// One possible outcome ξ of the gradient's randomness: samples with weights, so that g_ξ = Σ w ∇ℓ_sample.
public struct Draw: Sendable, Equatable {
  /// The distinct samples in ascending order, and the weight of each; the weights add up to 1.
  public let members: [Member]

  /// A sample with its weight.
  public struct Member: Sendable, Equatable {
    /// The number of the sample, from 0.
    public let sample: Int
    /// How often it was drawn, divided by the batch size.
    public let weight: Double
  }

  /// The draw of a batch of samples, repetitions allowed.
  public init(batch: [Int]) {
    precondition(!batch.isEmpty, "a batch holds at least one sample")
    var counts: [Int: Int] = [:]
    for sample in batch { counts[sample, default: 0] += 1 }
    members = counts.keys.sorted().map { Member(sample: $0, weight: Double(counts[$0] ?? 0) / Double(batch.count)) }
  }
}
