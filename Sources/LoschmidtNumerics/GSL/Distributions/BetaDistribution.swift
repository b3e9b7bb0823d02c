import CGSL

/// The beta law, p(x) = xᵃ⁻¹ (1 − x)ᵇ⁻¹ / B(a, b) for x in 0…1.
public struct BetaDistribution: Distribution, Equatable {
  /// The exponent a.
  public let a: Double
  /// The exponent b.
  public let b: Double
  private let logNormalisation: Double

  /// Creates the law.
  ///
  /// - Throws: `GSLError`: `GSL_EDOM` unless a and b are finite and positive.
  public init(a: Double, b: Double) throws(GSLError) {
    try requirePositive(a, "a", of: "gsl_ran_beta")
    try requirePositive(b, "b", of: "gsl_ran_beta")
    self.a = a
    self.b = b
    logNormalisation = try SpecialFunctions.logBeta(a, b)
  }

  /// The unit interval.
  public var support: ClosedRange<Double> { 0...1 }

  /// One draw, as the ratio of two gamma draws or by Jöhnk's rejection.
  public func sample(with generator: RandomGenerator) -> Double {
    gsl_ran_beta(generator.pointer, a, b)
  }

  /// ln p(x) = (a − 1) ln x + (b − 1) ln(1 − x) − ln B(a, b), and its limits at the ends.
  public func logDensity(of value: Double) -> Double {
    if value < 0 || value > 1 { return -.infinity }
    let left = a == 1 ? 0 : (a - 1) * log(value)
    let right = b == 1 ? 0 : (b - 1) * log1p(-value)
    return left + right - logNormalisation
  }
}
