import CGSL

/// Special functions of real arguments.
///
/// Every function throws `GSLError` with the name `GSL_EDOM` for an argument outside the domain that it states, NaN
/// always being outside, and with `GSL_EOVRFLW` where the value is beyond the largest double. A value too small for a
/// double is 0, not an error.
public enum SpecialFunctions {
  // MARK: Error functions

  /// The error function, erf x = (2/√π) ∫₀ˣ exp(−t²) dt.
  public static func erf(_ x: Double) throws(GSLError) -> Double {
    if x.isInfinite { return x > 0 ? 1 : -1 }
    return try value("gsl_sf_erf_e", !x.isNaN, "x = \(x), allowed is every number") { gsl_sf_erf_e(x, $0) }
  }

  /// The complementary error function, erfc x = 1 − erf x, without cancellation.
  public static func erfc(_ x: Double) throws(GSLError) -> Double {
    if x.isInfinite { return x > 0 ? 0 : 2 }
    return try value("gsl_sf_erfc_e", !x.isNaN, "x = \(x), allowed is every number") { gsl_sf_erfc_e(x, $0) }
  }

  /// ln erfc x, also where erfc x itself is too small for a double; x finite.
  public static func logErfc(_ x: Double) throws(GSLError) -> Double {
    try value("gsl_sf_log_erfc_e", x.isFinite, "x = \(x), allowed are finite numbers") { gsl_sf_log_erfc_e(x, $0) }
  }

  // MARK: Gamma functions

  /// ln |Γ(x)|; x finite, not 0, −1, −2, ….
  public static func logGamma(_ x: Double) throws(GSLError) -> Double {
    try value("gsl_sf_lngamma_e", isRegular(x), "x = \(x), allowed are finite numbers but 0, −1, −2, …") {
      gsl_sf_lngamma_e(x, $0)
    }
  }

  /// Γ(x); x finite, not 0, −1, −2, ….
  public static func gamma(_ x: Double) throws(GSLError) -> Double {
    try value("gsl_sf_gamma_e", isRegular(x), "x = \(x), allowed are finite numbers but 0, −1, −2, …") {
      gsl_sf_gamma_e(x, $0)
    }
  }

  /// The digamma function, ψ(x) = d/dx ln Γ(x); x finite, not 0, −1, −2, ….
  public static func digamma(_ x: Double) throws(GSLError) -> Double {
    try value("gsl_sf_psi_e", isRegular(x), "x = \(x), allowed are finite numbers but 0, −1, −2, …") {
      gsl_sf_psi_e(x, $0)
    }
  }

  /// The polygamma function, ψ⁽ⁿ⁾(x) = dⁿψ/dxⁿ; `order` n in 0…2³¹ − 1, x finite and positive.
  public static func polygamma(order: Int, _ x: Double) throws(GSLError) -> Double {
    let order32 = Int32(exactly: order) ?? -1
    return try value(
      "gsl_sf_psi_n_e", order32 >= 0 && x.isFinite && x > 0,
      "order = \(order) and x = \(x), allowed are orders from 0 and finite x above 0"
    ) { gsl_sf_psi_n_e(order32, x, $0) }
  }

  /// The regularised lower incomplete gamma function, P(a, x) = ∫₀ˣ tᵃ⁻¹ exp(−t) dt / Γ(a); a > 0 finite, x ≥ 0.
  public static func lowerIncompleteGamma(_ a: Double, _ x: Double) throws(GSLError) -> Double {
    if x == .infinity && a > 0 && a.isFinite { return 1 }
    if a >= LargeIncompleteGamma.leastOrder, a.isFinite, x >= 0 { return LargeIncompleteGamma(a, x).lower }
    return try value(
      "gsl_sf_gamma_inc_P_e", a > 0 && a.isFinite && x >= 0, "a = \(a) and x = \(x), allowed are a above 0 and x from 0"
    ) { gsl_sf_gamma_inc_P_e(a, x, $0) }
  }

  /// The regularised upper incomplete gamma function, Q(a, x) = 1 − P(a, x), without cancellation; a > 0, x ≥ 0.
  public static func upperIncompleteGamma(_ a: Double, _ x: Double) throws(GSLError) -> Double {
    if x == .infinity && a > 0 && a.isFinite { return 0 }
    if a >= LargeIncompleteGamma.leastOrder, a.isFinite, x >= 0 { return LargeIncompleteGamma(a, x).upper }
    return try value(
      "gsl_sf_gamma_inc_Q_e", a > 0 && a.isFinite && x >= 0, "a = \(a) and x = \(x), allowed are a above 0 and x from 0"
    ) { gsl_sf_gamma_inc_Q_e(a, x, $0) }
  }

  // MARK: Beta functions

  /// ln B(a, b) = ln Γ(a) + ln Γ(b) − ln Γ(a + b), without cancellation; a, b > 0 and finite.
  public static func logBeta(_ a: Double, _ b: Double) throws(GSLError) -> Double {
    try value(
      "gsl_sf_lnbeta_e", a > 0 && b > 0 && a.isFinite && b.isFinite,
      "a = \(a) and b = \(b), allowed are finite numbers above 0"
    ) { gsl_sf_lnbeta_e(a, b, $0) }
  }

  /// The regularised incomplete beta function, Iₓ(a, b); a, b > 0 and finite, x in 0…1.
  public static func incompleteBeta(_ a: Double, _ b: Double, _ x: Double) throws(GSLError) -> Double {
    try value(
      "gsl_sf_beta_inc_e", a > 0 && b > 0 && a.isFinite && b.isFinite && x >= 0 && x <= 1,
      "a = \(a), b = \(b) and x = \(x), allowed are a and b above 0 and x in 0…1"
    ) { gsl_sf_beta_inc_e(a, b, x, $0) }
  }

  // MARK: Bessel functions

  /// ln K_ν(x) of the modified Bessel function of the second kind, also where K itself overflows or underflows.
  ///
  /// `order` ν is finite and not negative, x finite and positive; K_ν = K_{−ν} gives the rest.
  public static func logBesselK(order: Double, _ x: Double) throws(GSLError) -> Double {
    try value(
      "gsl_sf_bessel_lnKnu_e", order >= 0 && order.isFinite && x > 0 && x.isFinite,
      "order = \(order) and x = \(x), allowed are finite orders from 0 and finite x above 0"
    ) { gsl_sf_bessel_lnKnu_e(order, x, $0) }
  }

  // MARK: Helpers

  /// Whether Γ is finite at x.
  private static func isRegular(_ x: Double) -> Bool {
    x.isFinite && !(x <= 0 && x == x.rounded())
  }

  @inline(__always)
  private static func value(
    _ function: StaticString, _ inDomain: Bool, _ detail: @autoclosure () -> String,
    _ call: (UnsafeMutablePointer<gsl_sf_result>) -> Int32
  ) throws(GSLError) -> Double {
    GSLLibrary.prepare()
    guard inDomain else { throw .domain("\(function)", detail()) }
    var result = gsl_sf_result()
    let status = Int(call(&result))
    guard status == GSL_SUCCESS || status == GSL_EUNDRFLW else {
      throw GSLError(status: status, function: "\(function)", detail: detail())
    }
    guard result.val.isFinite else { throw GSLError(status: GSL_EOVRFLW, function: "\(function)", detail: detail()) }
    return result.val
  }
}
