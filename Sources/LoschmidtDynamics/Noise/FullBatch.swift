/// The exact gradient: ĝ = ∇L, the mean over all samples.
public struct FullBatch: GradientNoise, Equatable {
  public static let name = "full-batch"

  /// The exact gradient.
  public init() {}
}
