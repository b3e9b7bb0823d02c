import CGSL

/// The normal law, p(x) = exp(−(x − μ)²/(2σ²)) / √(2πσ²).
public struct NormalDistribution: Distribution, Equatable {
  /// The mean μ.
  public let mean: Double
  /// The standard deviation σ.
  public let standardDeviation: Double

  /// Creates the law.
  ///
  /// - Throws: `GSLError`: `GSL_EDOM` unless μ is finite and σ finite and positive.
  public init(mean: Double = 0, standardDeviation: Double = 1) throws(GSLError) {
    try requireFinite(mean, "mean", of: "gsl_ran_gaussian_ziggurat")
    try requirePositive(standardDeviation, "standardDeviation", of: "gsl_ran_gaussian_ziggurat")
    self.mean = mean
    self.standardDeviation = standardDeviation
  }

  /// The whole line.
  public var support: ClosedRange<Double> { -.infinity ... .infinity }

  /// One draw, by Marsaglia and Tsang's ziggurat.
  public func sample(with generator: RandomGenerator) -> Double {
    mean + gsl_ran_gaussian_ziggurat(generator.pointer, standardDeviation)
  }

  /// ln p(x) = −(x − μ)²/(2σ²) − ln σ − ½ ln 2π.
  public func logDensity(of value: Double) -> Double {
    let z = (value - mean) / standardDeviation
    return -0.5 * z * z - log(standardDeviation) - 0.5 * log(2 * Double.pi)
  }
}
