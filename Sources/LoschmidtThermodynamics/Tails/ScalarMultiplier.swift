import Foundation
import LoschmidtNumerics

/// The law of the random factor m of a step x′ = mx + c of one coordinate: which moments of x it leaves.
///
/// A moment of order k exists where E|m|^k < 1. The tail index is the κ > 0 with E|m|^κ = 1: P(|x| > t) falls as t^−κ.
/// There is a stationary law where the Lyapunov exponent E ln|m| is below 0.
///
/// - Source: Kesten, Acta Math. 131 (1973) 207; Goldie, Ann. Appl. Probab. 1 (1991) 126.
public enum ScalarMultiplier: Sendable {
  /// Values with their probabilities.
  case draws([(value: Double, probability: Double)])
  /// Normal, with a deviation > 0.
  case normal(mean: Double, deviation: Double)
  /// mean + scale·t with Student's t of ν degrees of freedom.
  case student(mean: Double, scale: Double, degreesOfFreedom: Double)

  /// A tail index above this is not looked for.
  public static let largestIndex = 64.0

  /// E ln|m|, −∞ where m can be 0.
  public var lyapunovExponent: Double {
    switch self {
    case .draws(let draws): draws.reduce(0) { $0 + $1.probability * log(abs($1.value)) }
    case .normal, .student: integral(power: 0) { $0 }
    }
  }

  /// ln E|m|^k, k > 0; infinite where the mean is.
  public func logMoment(_ order: Double) -> Double {
    switch self {
    case .draws(let draws):
      let logs = draws.map { log($0.probability) + order * log(abs($0.value)) }
      guard let largest = logs.max(), largest > -.infinity else { return -.infinity }
      return largest + log(logs.reduce(0) { $0 + exp($1 - largest) })
    case .student(_, _, let nu) where order >= nu: return .infinity
    case .normal, .student: return log(integral(power: order) { _ in 1 })
    }
  }

  /// κ; infinite where all moments exist, 0 where there is no stationary law, `nil` where it is above ``largestIndex``.
  ///
  /// ln E|m|^k is a convex function of k that begins at 0, with the Lyapunov exponent as its slope.
  public var tailIndex: Double? {
    // An exponent of 0 has the rounding of its logarithms.
    if lyapunovExponent >= -1e-14 { return 0 }
    var limit = Self.largestIndex
    switch self {
    // Every factor that occurs keeps or shortens, and one shortens.
    case .draws(let draws): if draws.allSatisfy({ abs($0.value) <= 1 }) { return .infinity }
    case .normal: break
    case .student(_, _, let nu): limit = min(limit, nu)
    }
    var (lower, upper) = (0.0, min(1, 0.5 * limit))
    while logMoment(upper) < 0 {
      lower = upper
      guard upper < limit else { return nil }
      upper = min(limit, 2 * upper)
    }
    for _ in 0..<60 {
      let middle = 0.5 * (lower + upper)
      if logMoment(middle) < 0 { lower = middle } else { upper = middle }
    }
    return 0.5 * (lower + upper)
  }

  /// E |m|^k f(ln|m|) by the trapezoidal rule in u = ln|m|: the integrand is smooth, and falls off on both sides.
  private func integral(power: Double, _ function: (Double) -> Double) -> Double {
    let (mean, scale) = centre
    let start = log(scale) - 46 / (power + 1)
    let end: Double
    switch self {
    case .student(_, _, let nu): end = log(abs(mean) + 4 * scale) + min(700, 46 / max(0.05, nu - power))
    default: end = log(abs(mean) + scale * (10 + 2 * power.squareRoot() + power * scale / max(abs(mean), scale)))
    }
    // Twenty points for each deviation of the logarithm.
    let spacing = min(0.02, 0.05 * scale / max(abs(mean), scale))
    let count = min(2_000_000, Int(((end - start) / spacing).rounded(.up)))
    var sum = CompensatedSum()
    for index in 0...count {
      let u = start + Double(index) * spacing
      let y = exp(u)
      let density = density(y) + density(-y)
      if density > 0 { sum.add(exp((power + 1) * u) * density * function(u)) }
    }
    return spacing * sum.total
  }

  private var centre: (mean: Double, scale: Double) {
    switch self {
    case .draws: (0, 1)
    case .normal(let mean, let deviation): (mean, deviation)
    case .student(let mean, let scale, _): (mean, scale)
    }
  }

  private func logGamma(_ x: Double) -> Double { (try? SpecialFunctions.logGamma(x)) ?? .nan }

  private func density(_ value: Double) -> Double {
    let (mean, scale) = centre
    let z = (value - mean) / scale
    switch self {
    case .draws: return 0
    case .normal: return exp(-0.5 * z * z) / (scale * (2 * Double.pi).squareRoot())
    case .student(_, _, let nu):
      let half: Double = 0.5 * (nu + 1)
      let constant: Double = logGamma(half) - logGamma(0.5 * nu) - 0.5 * log(nu * Double.pi)
      let exponent: Double = constant - half * log1p(z * z / nu)
      return exp(exponent) / scale
    }
  }
}
