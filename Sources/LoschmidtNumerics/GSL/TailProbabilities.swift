import CGSL

/// Probabilities and quantiles of the laws of test statistics.
///
/// Every function throws `GSLError` with the name `GSL_EDOM` for an argument outside the domain that it states, NaN
/// always being outside. A tail is computed as itself, not as one minus the rest.
public enum TailProbabilities {
  // MARK: Standard normal

  /// Φ(x) = P(Z ≤ x) of a standard normal Z.
  public static func normalCumulative(_ x: Double) throws(GSLError) -> Double {
    try value("gsl_cdf_ugaussian_P", !x.isNaN, "x = \(x), allowed is every number") { gsl_cdf_ugaussian_P(x) }
  }

  /// P(Z > x) of a standard normal Z.
  public static func normalTail(_ x: Double) throws(GSLError) -> Double {
    try value("gsl_cdf_ugaussian_Q", !x.isNaN, "x = \(x), allowed is every number") { gsl_cdf_ugaussian_Q(x) }
  }

  /// ln P(Z > x) of a standard normal Z, also where the probability is too small for a double; x finite.
  public static func logNormalTail(_ x: Double) throws(GSLError) -> Double {
    if x < -1 && x.isFinite { return log1p(-(try normalTail(-x))) }
    return try SpecialFunctions.logErfc(x * 0.5.squareRoot()) - log(2)
  }

  /// The x with Φ(x) = p; p in 0…1, where 0 and 1 give the infinities.
  public static func normalQuantile(_ p: Double) throws(GSLError) -> Double {
    try value("gsl_cdf_ugaussian_Pinv", p >= 0 && p <= 1, "p = \(p), allowed are 0…1") { gsl_cdf_ugaussian_Pinv(p) }
  }

  /// The x with P(Z > x) = p; p in 0…1, where 0 and 1 give the infinities.
  public static func normalTailQuantile(_ p: Double) throws(GSLError) -> Double {
    try value("gsl_cdf_ugaussian_Qinv", p >= 0 && p <= 1, "p = \(p), allowed are 0…1") { gsl_cdf_ugaussian_Qinv(p) }
  }

  // MARK: χ²

  /// P(X > x) of χ² with `degreesOfFreedom` ν; ν finite and positive, not necessarily whole.
  public static func chiSquaredTail(_ x: Double, degreesOfFreedom: Double) throws(GSLError) -> Double {
    let allowed = degreesOfFreedom > 0 && degreesOfFreedom.isFinite && !x.isNaN
    let detail = "x = \(x) and ν = \(degreesOfFreedom), allowed are ν above 0"
    guard allowed else { throw .domain("gsl_sf_gamma_inc_Q_e", detail) }
    return x <= 0 ? 1 : try SpecialFunctions.upperIncompleteGamma(degreesOfFreedom / 2, x / 2)
  }

  /// The x with P(X > x) = p of χ² with `degreesOfFreedom` ν; p in 0…1, ν finite and positive.
  public static func chiSquaredTailQuantile(_ p: Double, degreesOfFreedom: Double) throws(GSLError) -> Double {
    try value(
      "gsl_cdf_chisq_Qinv", p >= 0 && p <= 1 && degreesOfFreedom > 0 && degreesOfFreedom.isFinite,
      "p = \(p) and ν = \(degreesOfFreedom), allowed are p in 0…1 and ν above 0"
    ) { gsl_cdf_chisq_Qinv(p, degreesOfFreedom) }
  }

  // MARK: Student's t

  /// P(T > x) of Student's t with `degreesOfFreedom` ν; ν finite and positive.
  ///
  /// By the incomplete beta function, to a relative error of about ν ulps; GSL's own `gsl_cdf_tdist_Q` keeps 8 digits
  /// of a far tail.
  public static func studentTTail(_ x: Double, degreesOfFreedom: Double) throws(GSLError) -> Double {
    guard degreesOfFreedom > 0 && degreesOfFreedom.isFinite && !x.isNaN else {
      throw .domain("gsl_sf_beta_inc_e", "x = \(x) and ν = \(degreesOfFreedom), allowed are ν above 0")
    }
    if x < 0 { return 1 - (try studentTTail(-x, degreesOfFreedom: degreesOfFreedom)) }
    let square = x * x / degreesOfFreedom
    if x < 1 {
      return 0.5 - 0.5 * (try SpecialFunctions.incompleteBeta(0.5, degreesOfFreedom / 2, square / (1 + square)))
    }
    return 0.5 * (try SpecialFunctions.incompleteBeta(degreesOfFreedom / 2, 0.5, 1 / (1 + square)))
  }

  /// The x with P(T > x) = p of Student's t with `degreesOfFreedom` ν; p in 0…1, where 0 and 1 give the infinities.
  ///
  /// GSL's quantile, which keeps 7 digits of a far tail, made better by three steps of Newton's method.
  public static func studentTTailQuantile(_ p: Double, degreesOfFreedom: Double) throws(GSLError) -> Double {
    let start = try value(
      "gsl_cdf_tdist_Qinv", p >= 0 && p <= 1 && degreesOfFreedom > 0 && degreesOfFreedom.isFinite,
      "p = \(p) and ν = \(degreesOfFreedom), allowed are p in 0…1 and ν above 0"
    ) { gsl_cdf_tdist_Qinv(min(p, 1 - p), degreesOfFreedom) }
    guard start.isFinite else { return p > 0.5 ? -start : start }
    let law = try StudentTDistribution(degreesOfFreedom: degreesOfFreedom)
    var x = start
    for _ in 0..<3 {
      let excess = try studentTTail(x, degreesOfFreedom: degreesOfFreedom) - min(p, 1 - p)
      let step = excess / exp(law.logDensity(of: x))
      if step.isFinite { x += step }
    }
    return p > 0.5 ? -x : x
  }

  // MARK: Helpers

  /// GSL's probabilities have no status; without a handler NaN is their only sign.
  @inline(__always)
  private static func value(
    _ function: StaticString, _ inDomain: Bool, _ detail: @autoclosure () -> String, _ call: () -> Double
  ) throws(GSLError) -> Double {
    GSLLibrary.prepare()
    guard inDomain else { throw .domain("\(function)", detail()) }
    let result = call()
    if result.isNaN { throw GSLError(status: GSL_EFAILED, function: "\(function)", detail: detail()) }
    return result
  }
}
