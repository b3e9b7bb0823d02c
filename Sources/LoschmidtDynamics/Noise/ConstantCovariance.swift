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
  public func sampler(sampleCount: Int, lanes: Int) -> any GradientSampler { FullGradientSampler() }

  /// C.
  public var additiveCovariance: DenseMatrix? { matrix }
}
