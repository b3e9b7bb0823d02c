import CGSL

/// Lévy's symmetric α-stable law, with the characteristic function exp(−|c t|ᵅ).
///
/// α = 2 is the normal law of variance 2c², α = 1 the Cauchy law of scale c. For α < 2 the density falls as
/// |x|^(−α − 1), and there is no variance.
public struct AlphaStableDistribution: Distribution, Equatable {
  /// The index of stability α.
  public let alpha: Double
  /// The scale c.
  public let scale: Double

  /// Creates the law.
  ///
  /// - Throws: `GSLError`: `GSL_EDOM` unless 0 < α ≤ 2 and c is finite and positive.
  public init(alpha: Double, scale: Double = 1) throws(GSLError) {
    try requirePositive(scale, "scale", of: "gsl_ran_levy")
    guard alpha > 0 && alpha <= 2 else {
      throw .domain("gsl_ran_levy", "alpha is \(alpha), allowed are numbers above 0 up to 2")
    }
    self.alpha = alpha
    self.scale = scale
  }

  /// The whole line.
  public var support: ClosedRange<Double> { -.infinity ... .infinity }

  /// One draw, by the method of Chambers, Mallows and Stuck; for α below about 0.05, where |x|ᵅ still has its law,
  /// x itself may overflow to infinity or underflow to 0.
  public func sample(with generator: RandomGenerator) -> Double {
    gsl_ran_levy(generator.pointer, scale, alpha)
  }

  /// ln p(x), by a series for |x| much below or above c and by an integral between.
  ///
  /// - Throws: `GSLError` when the integral does not reach its relative tolerance of 1e-10.
  /// - Complexity: up to a few thousand evaluations of the integrand, some ten microseconds.
  /// - Source: Nolan, Stochastic Models 13 (1997) 759, theorem 1, at skewness 0; the series are Feller's
  ///   (An Introduction to Probability Theory, volume II, XVII.6).
  public func logDensity(of value: Double) throws(GSLError) -> Double {
    let z = abs(value / scale)
    if z.isNaN { return .nan }
    if z == .infinity { return -.infinity }
    let difference = alpha - 1
    guard abs(difference) < 1e-6 else { return try Self.standardLogDensity(z, alpha: alpha) - log(scale) }
    let cauchy = (z > 1e8 ? -2 * log(z) : -log1p(z * z)) - log(Double.pi)
    if difference == 0 { return cauchy - log(scale) }
    // The integral loses digits as 1/(α − 1); a central difference of 1e-4 gives the slope in α to about 1e-8.
    let above = try Self.standardLogDensity(z, alpha: 1 + 1e-4)
    let below = try Self.standardLogDensity(z, alpha: 1 - 1e-4)
    return cauchy + difference * (above - below) / 2e-4 - log(scale)
  }

  /// ln p(z) for c = 1, z ≥ 0 and α ≠ 1.
  private static func standardLogDensity(_ z: Double, alpha: Double) throws(GSLError) -> Double {
    if alpha == 2 { return -0.25 * z * z - 0.5 * log(4 * Double.pi) }
    if z == 0 { return try SpecialFunctions.logGamma(1 + 1 / alpha) - log(Double.pi) }
    if let logarithm = try logDensityNearZero(z, alpha: alpha) { return logarithm }
    if let logarithm = try logDensityFarOut(z, alpha: alpha) { return logarithm }
    return try StableIntegral(alpha: alpha, z: z).logDensity()
  }

  /// ln of Σₖ (−1)ᵏ Γ((2k + 1)/α) z²ᵏ / ((2k)! πα), or `nil` where the series does not reach double precision.
  private static func logDensityNearZero(_ z: Double, alpha: Double) throws(GSLError) -> Double? {
    guard z < 0.5 else { return nil }
    let logZ = log(z)
    let first = try SpecialFunctions.logGamma(1 / alpha)
    var sum = 1.0
    var previous = 1.0
    for k in 1...40 {
      let n = Double(2 * k)
      let gamma = try SpecialFunctions.logGamma((n + 1) / alpha) - SpecialFunctions.logGamma(n + 1)
      let term = exp(gamma - first + n * logZ)
      if term >= previous { return nil }
      sum += k.isMultiple(of: 2) ? term : -term
      if term < 1e-17 { return log(sum) + first - log(Double.pi * alpha) }
      previous = term
    }
    return nil
  }

  /// ln of Σₙ (−1)ⁿ⁺¹ Γ(nα + 1) sin(nπα/2) z^(−nα − 1) / (n! π), or `nil` where it does not reach double precision.
  private static func logDensityFarOut(_ z: Double, alpha: Double) throws(GSLError) -> Double? {
    guard z > 2 else { return nil }
    let logZ = log(z)
    let first = try SpecialFunctions.logGamma(alpha + 1)
    var sum = 0.0
    var previous = Double.infinity
    for index in 1...40 {
      let n = Double(index)
      let gamma = try SpecialFunctions.logGamma(n * alpha + 1) - SpecialFunctions.logGamma(n + 1)
      let envelope = exp(gamma - first - (n - 1) * alpha * logZ)
      if envelope >= previous { return nil }
      // (−1)ⁿ⁺¹ sin(nπα/2) = sin(nπ(2 − α)/2), which is exact to rounding near α = 2.
      sum += envelope * sin(Double.pi * (n * (2 - alpha) / 2).truncatingRemainder(dividingBy: 2))
      if envelope < 1e-16 * sum { return log(sum) + first - log(Double.pi) - (alpha + 1) * logZ }
      previous = envelope
    }
    return nil
  }
}

/// Nolan's integral, p(z) = α / (π |α − 1| z) ∫ g exp(−g) dθ over θ in 0…π/2, with
/// g(θ) = (z cos θ / sin αθ)^(α/(α − 1)) cos((α − 1)θ) / cos θ.
///
/// g is monotone, so that the integrand has its peak where ln g = 0. The variable of integration is the logit s of
/// θ / (π/2), which resolves both ends of the interval.
private struct StableIntegral {
  let alpha: Double
  let logZ: Double

  init(alpha: Double, z: Double) {
    self.alpha = alpha
    logZ = log(z)
  }

  /// θ and π/2 − θ at s, both to full relative precision.
  private func angles(_ s: Double) -> (theta: Double, rest: Double) {
    let half = Double.pi / 2
    return (half / (1 + exp(-s)), half / (1 + exp(s)))
  }

  /// ln g, without cancellation at the ends of the interval.
  private func logG(_ s: Double) -> Double {
    let (theta, rest) = angles(s)
    let cosine = theta < 0.5 ? cos(theta) : sin(rest)
    let below = (2 - alpha) * Double.pi / 2  // π − αθ = below + α rest
    let sine = alpha * theta < Double.pi / 2 ? sin(alpha * theta) : sin(below + alpha * rest)
    let slow =
      if abs(alpha - 1) * theta < 0.5 {
        cos((alpha - 1) * theta)
      } else if alpha > 1 {
        sin(below + (alpha - 1) * rest)
      } else {
        sin(alpha * Double.pi / 2 + (1 - alpha) * rest)
      }
    return alpha / (alpha - 1) * (logZ + log(cosine) - log(sine)) + log(slow) - log(cosine)
  }

  /// ln (g exp(−g) dθ/ds).
  private func logIntegrand(_ s: Double) -> Double {
    let (theta, rest) = angles(s)
    let g = logG(s)
    return g - exp(g) + log(theta) + log(rest) + log(2 / Double.pi)
  }

  /// The s at which ln g passes `level`, or the end of the range of s where it does not.
  private func crossing(_ level: Double) -> Double {
    var (low, high) = (-700.0, 700.0)
    let falling = alpha > 1
    for _ in 0..<80 {
      let middle = 0.5 * (low + high)
      if (logG(middle) > level) == falling { low = middle } else { high = middle }
    }
    return 0.5 * (low + high)
  }

  func logDensity() throws(GSLError) -> Double {
    let peak = crossing(0)
    // Where g > 800, exp(−g) is 0. On the other side the integrand is below exp(ln g) π/2 exp(−|s|).
    let dead = crossing(log(800))
    let faint = crossing(-50 - abs(peak))
    let reach = 50 + abs(peak)
    let far = faint > peak ? min(faint, reach) : max(faint, -reach)
    let reference = logIntegrand(peak)
    var total = 0.0
    for end in [dead, far] where end != peak {
      let half = try Quadrature.integrate(
        from: min(peak, end), to: max(peak, end), relativeTolerance: 1e-10, method: .plain(points: 31)
      ) { s in exp(logIntegrand(s) - reference) }
      total += half.value
    }
    return log(alpha) - log(Double.pi) - log(abs(alpha - 1)) - logZ + reference + log(total)
  }
}
