import CGSL

/// The Laplace law, p(x) = exp(−|x − μ|/s) / (2s).
public struct LaplaceDistribution: Distribution, Equatable {
  /// The mean μ.
  public let mean: Double
  /// The scale s; the variance is 2s².
  public let scale: Double

  /// Creates the law.
  ///
  /// - Throws: `GSLError`: `GSL_EDOM` unless μ is finite and s finite and positive.
  public init(mean: Double = 0, scale: Double = 1) throws(GSLError) {
    try requireFinite(mean, "mean", of: "gsl_ran_laplace")
    try requirePositive(scale, "scale", of: "gsl_ran_laplace")
    self.mean = mean
    self.scale = scale
  }

  /// The whole line.
  public var support: ClosedRange<Double> { -.infinity ... .infinity }

  /// One draw, by inversion.
  public func sample(with generator: RandomGenerator) -> Double {
    mean + gsl_ran_laplace(generator.pointer, scale)
  }

  /// ln p(x) = −|x − μ|/s − ln 2s.
  public func logDensity(of value: Double) -> Double {
    -abs(value - mean) / scale - log(2 * scale)
  }
}
