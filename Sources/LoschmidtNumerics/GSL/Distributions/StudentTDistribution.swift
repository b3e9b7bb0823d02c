import CGSL

/// Student's law of ν degrees of freedom, shifted and scaled: p(x) ∝ (1 + z²/ν)^(−(ν + 1)/2) with z = (x − μ)/s.
public struct StudentTDistribution: Distribution, Equatable {
  /// The degrees of freedom ν, not necessarily whole.
  public let degreesOfFreedom: Double
  /// The centre μ, which is the mean for ν > 1.
  public let location: Double
  /// The scale s; the variance is s² ν/(ν − 2) for ν > 2.
  public let scale: Double
  private let logNormalisation: Double

  /// Creates the law.
  ///
  /// - Throws: `GSLError`: `GSL_EDOM` unless ν and s are finite and positive and μ is finite.
  public init(degreesOfFreedom: Double, location: Double = 0, scale: Double = 1) throws(GSLError) {
    try requirePositive(degreesOfFreedom, "degreesOfFreedom", of: "gsl_ran_tdist")
    try requireFinite(location, "location", of: "gsl_ran_tdist")
    try requirePositive(scale, "scale", of: "gsl_ran_tdist")
    self.degreesOfFreedom = degreesOfFreedom
    self.location = location
    self.scale = scale
    // Γ((ν + 1)/2) / (√(πν) Γ(ν/2)) = 1 / (√ν B(½, ν/2)), where GSL's ln B has no cancellation at large ν.
    let logBeta = try SpecialFunctions.logBeta(0.5, degreesOfFreedom / 2)
    logNormalisation = logBeta + 0.5 * log(degreesOfFreedom) + log(scale)
  }

  /// The whole line.
  public var support: ClosedRange<Double> { -.infinity ... .infinity }

  /// One draw, from a normal and a χ² or an exponential draw.
  public func sample(with generator: RandomGenerator) -> Double {
    location + scale * gsl_ran_tdist(generator.pointer, degreesOfFreedom)
  }

  /// ln p(x) = −½ (ν + 1) ln(1 + z²/ν) − ln B(½, ν/2) − ½ ln ν − ln s.
  public func logDensity(of value: Double) -> Double {
    let ratio = abs((value - location) / scale) / degreesOfFreedom.squareRoot()
    // Beyond 1e8, ratio² exceeds 1/ulp: the logarithm of the square, and no overflow.
    let logarithm = ratio > 1e8 ? 2 * log(ratio) : log1p(ratio * ratio)
    return -0.5 * (degreesOfFreedom + 1) * logarithm - logNormalisation
  }
}
