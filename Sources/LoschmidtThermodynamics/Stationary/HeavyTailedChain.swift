import Foundation
import LoschmidtDynamics
import LoschmidtNumerics

/// The chain of one coordinate x′ = ax + ξ with Student's or a symmetric α-stable noise: its exact entropy production.
///
/// Unlike that of a normal noise it is irreversible in one dimension already. With the density f of ξ the production
/// per
/// step is σ = E ln f(ξ) − E ln f(y) with y = x − ax′ = (1 − a²)x − aξ, in nats; the scale of ξ does not matter.
///
/// For small 1 − a = ηh it is 6ηh/((ν − 2)(ν + 3)) of Student's noise with ν > 2, and (2^α/α²)(ηh)^(α − 1) of stable
/// noise with 1 < α < 2, since y then has the scale 1 + (2^α/α²)(ηh)^(α − 1) of ξ and −E ξ(ln f)′(ξ) = 1.
///
/// - Source: The theory of the thermodynamics, section 7.
public struct HeavyTailedChain: Sendable, Equatable {
  /// Why there is no such chain.
  public enum Failure: Error, Sendable, Equatable {
    /// |a| ≥ 1: there is no stationary law.
    case unstable(spectralRadius: Double)
    /// The law of the noise does not exist.
    case noNoise(GSLError)
  }

  /// a.
  public let map: Double
  /// The law of ξ.
  public let noise: HeavyTail

  /// The chain with these parts; a is finite.
  ///
  /// - Throws: `Failure`; for ν, α or c outside of their ranges what GSL says.
  public init(map: Double, noise: HeavyTail) throws(Failure) {
    guard abs(map) < 1 else { throw .unstable(spectralRadius: abs(map)) }
    do throws(GSLError) {
      switch noise {
      case .student(let degreesOfFreedom): _ = try StudentTDistribution(degreesOfFreedom: degreesOfFreedom)
      case .stable(let alpha, let scale): _ = try AlphaStableDistribution(alpha: alpha, scale: scale)
      }
    } catch { throw .noNoise(error) }
    self.map = map
    self.noise = noise
  }

  /// σ in nats per step, to about ten digits.
  ///
  /// - Throws: `GSLError` where an integral does not reach its tolerance, or would take too many points: for Student's
  ///   noise with |ln |a|| below 5 × 10⁻⁵.
  /// - Complexity: Student's: some 10⁴ Bessel functions, and as many times more as |ln |a|| is below 1/4. Stable: some
  ///   hundred densities.
  public func entropyProductionPerStep() throws(GSLError) -> Double {
    if map == 0 { return 0 }
    switch noise {
    case .student(let degreesOfFreedom):
      return try StudentProduction(map: abs(map), degreesOfFreedom: degreesOfFreedom).value()
    case .stable(let alpha, _):
      if alpha == 1 { return 2 * log1p(abs(map)) }
      return try Self.stableProduction(alpha: alpha, scale: Self.reversedScale(map: map, alpha: alpha))
    }
  }

  /// The scale of y over that of ξ for stable noise: ((1 − a²)^α/(1 − |a|^α) + |a|^α)^(1/α).
  static func reversedScale(map: Double, alpha: Double) -> Double {
    let logMap = log(abs(map))
    // 1 − |a|^α and 1 − a² without cancellation.
    let (fall, fast) = (-expm1(alpha * logMap), -expm1(2 * logMap))
    return exp(log(exp(alpha * log(fast)) / fall + exp(alpha * logMap)) / alpha)
  }

  /// ∫ f(z) ln(f(z)/f(sz)) dz with the stable density f of scale 1 and y of scale s, which by symmetry is over z > 0.
  private static func stableProduction(alpha: Double, scale: Double) throws(GSLError) -> Double {
    let law = try AlphaStableDistribution(alpha: alpha)
    // With z = sinh t the integrand falls as e^{−αt}; beyond the end it is below 10⁻¹³.
    let end = min(700, 30 / alpha)
    let half = try Quadrature.integrate(
      from: 0, to: end, absoluteTolerance: 1e-11, relativeTolerance: 1e-9, method: .plain(points: 31)
    ) { t throws(GSLError) in
      let logDensity = try law.logDensity(of: sinh(t))
      let difference = logDensity - (try law.logDensity(of: scale * sinh(t)))
      return exp(logDensity) * cosh(t) * difference
    }
    return 2 * half.value
  }
}

/// σ of Student's noise from characteristic functions, on a geometric grid of their arguments.
///
/// E ln(1 + y²/c²) = 2 ∫ (1 − φ_y(k)) e^{−ck}/k dk, and with z = ck, c = √ν times the scale,
/// σ = (ν + 1) ∫ (φ(z) − φ_y(z)) e^{−z} dz/z, φ(z) = K_μ(z) z^μ 2^{1−μ}/Γ(μ), μ = ν/2,
/// φ_y(z) = φ(az) Π_j φ((1 − a²)a^j z).
///
/// The trapezoidal rule in u = ln z converges as e^{−π²/h}, since φ has no zeros for Re z ≥ 0. A grid whose step
/// divides
/// |ln a| gives the product one factor a point.
private struct StudentProduction {
  let map: Double
  let degreesOfFreedom: Double

  /// Points of a grid for each factor a, and the distance of neighbours.
  private var points: (count: Int, spacing: Double) {
    let count = max(1, Int((-log(map) / 0.25).rounded(.up)))
    return (count, -log(map) / Double(count))
  }

  /// The least |ln a|: the grid of 10⁶ points that it asks for takes half a minute.
  private static let smallestFall = 5e-5

  func value() throws(GSLError) -> Double {
    guard -log(map) >= Self.smallestFall else {
      throw GSLError.beyondReach("the entropy production of Student's noise", "ln |a| is \(log(map))")
    }
    let (period, spacing) = points
    // ln φ ~ −z^p at small z, which is nothing beside 1 below 10⁻¹⁸; e^{−2z} is nothing above z = 45.
    let power = min(2, degreesOfFreedom)
    let start = -42 / power
    let count = Int(((log(45) - start) / spacing).rounded(.up)) + period
    let single = try logs(from: start, spacing, count)
    let slowed = try logs(from: start + log1p(-map) + log1p(map), spacing, count)
    var product = slowed
    for n in product.indices {
      if n < period {
        // Σ_j a^{jp} of the leading power.
        product[n] /= -expm1(power * log(map))
      } else {
        product[n] += product[n - period]
      }
    }
    var sum = 0.0
    for n in period..<count {
      let difference = single[n - period] + product[n] - single[n]
      sum += exp(single[n] - exp(start + Double(n) * spacing)) * -expm1(difference)
    }
    return (degreesOfFreedom + 1) * spacing * sum
  }

  /// ln φ at z = e^{start + n spacing}: the integral of its derivative −K_{μ−1}(z)/K_μ(z), which loses no digits where
  /// φ
  /// is close to 1.
  private func logs(from start: Double, _ spacing: Double, _ count: Int) throws(GSLError) -> [Double] {
    let outer = (5 + 2 * (10.0 / 7).squareRoot()).squareRoot() / 3
    let inner = (5 - 2 * (10.0 / 7).squareRoot()).squareRoot() / 3
    let root = 13 * 70.0.squareRoot()
    let rule = [
      (-outer, (322 - root) / 900), (-inner, (322 + root) / 900), (0, 128.0 / 225), (inner, (322 + root) / 900),
      (outer, (322 - root) / 900),
    ]
    var values = [try slope(start) / min(2, degreesOfFreedom)]
    values.reserveCapacity(count)
    for n in 1..<count {
      if n % 1024 == 0, StopRequest.isMade { throw GSLError.beyondReach("the characteristic function", "stopped") }
      let centre = start + (Double(n) - 0.5) * spacing
      var step = 0.0
      for (node, weight) in rule { step += weight * (try slope(centre + 0.5 * spacing * node)) }
      values.append(values[n - 1] + 0.5 * spacing * step)
    }
    return values
  }

  /// d ln φ/du = −z K_{μ−1}(z)/K_μ(z) at z = e^u.
  private func slope(_ u: Double) throws(GSLError) -> Double {
    let (order, z) = (0.5 * degreesOfFreedom, exp(u))
    let above = try SpecialFunctions.logBesselK(order: order, z)
    return -exp(u + (try SpecialFunctions.logBesselK(order: abs(order - 1), z)) - above)
  }
}
