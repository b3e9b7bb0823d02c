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

  /// The draw of a batch of samples in any order, repetitions allowed.
  public init(batch: [Int]) {
    var runs: [(sample: Int, count: Int)] = []
    for sample in batch.sorted() {
      if let last = runs.last, last.sample == sample {
        runs[runs.count - 1].count += 1
      } else {
        runs.append((sample, 1))
      }
    }
    self.init(counts: runs)
  }

  /// The draw in which each of these samples, distinct and ascending, was drawn `count` ≥ 1 times.
  init(counts: [(sample: Int, count: Int)]) {
    precondition(!counts.isEmpty, "a batch holds at least one sample")
    let size = Double(counts.reduce(0) { $0 + $1.count })
    members = counts.map { Member(sample: $0.sample, weight: Double($0.count) / size) }
  }
}
