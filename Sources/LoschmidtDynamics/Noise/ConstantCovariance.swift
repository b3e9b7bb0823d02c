import LoschmidtNumerics

/// The full gradient with Gaussian noise of a fixed covariance: ĝ = ∇L + ζ, ζ ~ N(0, C).
public struct ConstantCovariance: GradientNoise, Equatable {
  /// The name in scenarios.
  public static let name = "constant-covariance"

  /// C, the covariance of ζ.
  ///
  /// Symmetric and positive semidefinite. Unit: ([L]/[θ])².
  public let matrix: DenseMatrix

  /// The noise with this covariance.
  public init(matrix: DenseMatrix) { self.matrix = matrix }

  /// A sampler of the full gradient: the noise is part of the Gaussian step.
  public func sampler(_ program: FieldProgram, lanes: Int) -> any GradientSampler { FullGradientSampler() }

  /// The noise is that of a Gaussian step.
  public var randomness: GradientRandomness { .partOfStep }

  /// C everywhere.
  public func covariance(sampleCount: Int, dimension: Int) -> NoiseCovariance? { NoiseCovariance(constant: matrix) }

  /// C.
  public func additiveCovariance(dimension: Int) -> DenseMatrix? { matrix }
}
