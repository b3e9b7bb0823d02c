import LoschmidtNumerics

/// The exact gradient: ĝ = ∇L, the mean over all samples.
public struct FullBatch: GradientNoise, Equatable {
  /// The name in scenarios.
  public static let name = "full-batch"

  /// The exact gradient.
  public init() {}

  /// A sampler that draws nothing.
  public func sampler(_ program: FieldProgram, lanes: Int) -> any GradientSampler { FullGradientSampler() }

  /// There is none.
  public var randomness: GradientRandomness { .partOfStep }

  /// Zero.
  public func covariance(sampleCount: Int, dimension: Int) -> NoiseCovariance? { NoiseCovariance() }
}

/// The full gradient at every step.
final class FullGradientSampler: GradientSampler {
  var isDeterministic: Bool { true }

  func draw(step: Int, from source: any RandomSource) {}

  func evaluate(
    _ field: BlockField, at theta: UnsafePointer<Double>, into result: UnsafeMutablePointer<Double>
  ) {
    field.gradient(at: theta, into: result)
  }
}
