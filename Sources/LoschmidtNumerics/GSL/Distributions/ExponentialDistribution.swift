import CGSL

/// The exponential law, p(x) = exp(−x/m)/m for x ≥ 0.
public struct ExponentialDistribution: Distribution, Equatable {
  /// The mean m.
  public let mean: Double

  /// Creates the law.
  ///
  /// - Throws: `GSLError`: `GSL_EDOM` unless m is finite and positive.
  public init(mean: Double = 1) throws(GSLError) {
    try requirePositive(mean, "mean", of: "gsl_ran_exponential")
    self.mean = mean
  }

  /// The half line from 0.
  public var support: ClosedRange<Double> { 0 ... .infinity }

  /// One draw, by inversion.
  public func sample(with generator: RandomGenerator) -> Double {
    gsl_ran_exponential(generator.pointer, mean)
  }

  /// ln p(x) = −x/m − ln m for x ≥ 0.
  public func logDensity(of value: Double) -> Double {
    value < 0 ? -.infinity : -value / mean - log(mean)
  }
}
