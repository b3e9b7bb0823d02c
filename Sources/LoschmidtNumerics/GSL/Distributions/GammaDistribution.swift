import CGSL

/// The gamma law, p(x) = xᵃ⁻¹ exp(−x/b) / (Γ(a) bᵃ) for x ≥ 0.
///
/// With a = ν/2 and b = 2 it is χ² with ν degrees of freedom.
public struct GammaDistribution: Distribution, Equatable {
  /// The shape a.
  public let shape: Double
  /// The scale b; the mean is ab.
  public let scale: Double
  private let logNormalisation: Double

  /// Creates the law.
  ///
  /// - Throws: `GSLError`: `GSL_EDOM` unless a and b are finite and positive.
  public init(shape: Double, scale: Double = 1) throws(GSLError) {
    try requirePositive(shape, "shape", of: "gsl_ran_gamma")
    try requirePositive(scale, "scale", of: "gsl_ran_gamma")
    self.shape = shape
    self.scale = scale
    logNormalisation = try SpecialFunctions.logGamma(shape) + log(scale)
  }

  /// The half line from 0.
  public var support: ClosedRange<Double> { 0 ... .infinity }

  /// One draw, by Marsaglia and Tsang's rejection; 0 where a is so small that a draw underflows.
  public func sample(with generator: RandomGenerator) -> Double {
    gsl_ran_gamma(generator.pointer, shape, scale)
  }

  /// ln p(x) = (a − 1) ln(x/b) − x/b − ln Γ(a) − ln b for x > 0, and its limit from above at 0.
  public func logDensity(of value: Double) -> Double {
    if value < 0 || value == .infinity { return -.infinity }
    let ratio = value / scale
    let power = shape == 1 ? 0 : (shape - 1) * log(ratio)
    return power - ratio - logNormalisation
  }
}
