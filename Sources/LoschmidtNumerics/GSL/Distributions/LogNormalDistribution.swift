import CGSL

/// The law of exp(X) for a normal X of mean μ and standard deviation σ.
public struct LogNormalDistribution: Distribution, Equatable {
  /// The mean μ of the logarithm.
  public let logMean: Double
  /// The standard deviation σ of the logarithm.
  public let logStandardDeviation: Double

  /// Creates the law.
  ///
  /// - Throws: `GSLError`: `GSL_EDOM` unless μ is finite and σ finite and positive.
  public init(logMean: Double = 0, logStandardDeviation: Double = 1) throws(GSLError) {
    try requireFinite(logMean, "logMean", of: "gsl_ran_lognormal")
    try requirePositive(logStandardDeviation, "logStandardDeviation", of: "gsl_ran_lognormal")
    self.logMean = logMean
    self.logStandardDeviation = logStandardDeviation
  }

  /// The half line from 0.
  public var support: ClosedRange<Double> { 0 ... .infinity }

  /// One draw, as the exponential of a normal draw by the polar method.
  public func sample(with generator: RandomGenerator) -> Double {
    gsl_ran_lognormal(generator.pointer, logMean, logStandardDeviation)
  }

  /// ln p(x) = −(ln x − μ)²/(2σ²) − ln x − ln σ − ½ ln 2π for x > 0.
  public func logDensity(of value: Double) -> Double {
    if value <= 0 || value == .infinity { return -.infinity }
    let logarithm = log(value)
    let z = (logarithm - logMean) / logStandardDeviation
    return -0.5 * z * z - logarithm - log(logStandardDeviation) - 0.5 * log(2 * Double.pi)
  }
}
