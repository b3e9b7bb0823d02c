import CGSL

/// The uniform law on an interval, p(x) = 1/(b − a).
public struct UniformDistribution: Distribution, Equatable {
  /// The interval a…b.
  public let support: ClosedRange<Double>

  /// Creates the law.
  ///
  /// - Throws: `GSLError`: `GSL_EDOM` unless `lower` < `upper` and b − a is finite.
  public init(from lower: Double = 0, to upper: Double = 1) throws(GSLError) {
    try requireFinite(lower, "lower", of: "gsl_ran_flat")
    try requireFinite(upper, "upper", of: "gsl_ran_flat")
    try requirePositive(upper - lower, "upper − lower", of: "gsl_ran_flat")
    support = lower...upper
  }

  /// One draw, in the interval without its upper bound but for rounding.
  public func sample(with generator: RandomGenerator) -> Double {
    gsl_ran_flat(generator.pointer, support.lowerBound, support.upperBound)
  }

  /// ln p(x) = −ln(b − a) on the interval, its bounds included.
  public func logDensity(of value: Double) -> Double {
    support.contains(value) ? -log(support.upperBound - support.lowerBound) : value.isNaN ? .nan : -.infinity
  }
}
