/// The exact gradient: ĝ = ∇L, the mean over all samples.
public struct FullBatch: GradientNoise, Equatable {
  /// The name in scenarios.
  public static let name = "full-batch"

  /// The exact gradient.
  public init() {}
}
