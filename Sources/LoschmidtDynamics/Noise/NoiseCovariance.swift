import LoschmidtNumerics

/// The covariance of an estimated gradient at θ in terms of the gradients g_i of single samples.
///
/// With C(θ) = mean (g_i − ḡ)(g_i − ḡ)ᵀ over the samples and v_i = ∂g_i/∂y for a column y of the data,
/// Cov ĝ = f C(θ) + s tr C(θ) 1 + C₀ + σ² mean v_iv_iᵀ. Unit: ([L]/[θ])², per step of the algorithm.
public struct NoiseCovariance: Sendable, Equatable {
  /// f ≥ 0: 1/B for a batch drawn with replacement.
  public var samplingFactor: Double
  /// s ≥ 0: 1/(Bd) for isotropic noise of the same trace.
  public var traceFactor: Double
  /// C₀, the same at every θ; `nil` for zero.
  public var constant: DenseMatrix?
  /// σ² with the name of the column y: fresh noise of variance σ²B on that column of every element of a batch.
  public var label: Label?

  /// Noise on a column of the data.
  public struct Label: Sendable, Equatable {
    /// The name of the column.
    public var column: String
    /// σ², the variance of the noise of one element divided by B.
    ///
    /// Unit: that of the column squared.
    public var variance: Double

    /// Noise from its parts.
    public init(column: String, variance: Double) { (self.column, self.variance) = (column, variance) }
  }

  /// A covariance from its parts; by default zero.
  public init(
    samplingFactor: Double = 0, traceFactor: Double = 0, constant: DenseMatrix? = nil, label: Label? = nil
  ) {
    self.samplingFactor = samplingFactor
    self.traceFactor = traceFactor
    self.constant = constant
    self.label = label
  }
}
