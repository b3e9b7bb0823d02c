import Foundation
import LoschmidtNumerics

/// Whether draws follow a density: a Kolmogorov–Smirnov test against the integral of the density.
///
/// The empirical distribution is compared with the integral at some of the draws only, where its distance is at most
/// the supremum that the Dvoretzky–Kiefer–Wolfowitz inequality with Massart's constant bounds:
/// P(distance > ε) ≤ 2 exp(−2 n ε²), for every n and every continuous law.
public struct DistributionLaw: Sendable, Equatable {
  /// The largest distance between the share of draws up to x and the integral of the density up to x.
  public let distance: Double
  /// The distance that n draws from the density exceed with a probability of at most `falseAlarmRate`.
  public let threshold: Double
  /// The integral of the density over its support.
  public let total: Double
  /// The sum of the errors that the quadrature estimates for its pieces.
  public let totalError: Double

  /// Whether the draws contradict the density.
  public var isRejected: Bool { distance > threshold }

  /// Draws from `sampler` and compares with the density of `density`, which may be another law.
  ///
  /// - Parameters:
  ///   - sampler: The law that is drawn from.
  ///   - density: The law whose density is integrated.
  ///   - count: The number of draws n.
  ///   - falseAlarmRate: The probability that draws from the density itself are rejected is at most this.
  ///   - points: The number of draws at which the two are compared.
  ///   - generator: Where the draws come from.
  /// - Throws: `GSLError` where the density cannot be computed or integrated.
  public init(
    sampler: some Distribution, density: some Distribution, count: Int = 40_000, falseAlarmRate: Double = 1e-6,
    points: Int = 100, generator: RandomGenerator
  ) throws {
    var draws = [Double](repeating: 0, count: count)
    sampler.fill(&draws, with: generator)
    draws.sort()
    let support = density.support
    var (below, error, distance) = (0.0, 0.0, 0.0)
    var previous = support.lowerBound
    for point in 0..<points {
      let index = (2 * point + 1) * count / (2 * points)
      let piece = try Self.mass(of: density, from: previous, to: draws[index])
      below += piece.value
      error += piece.errorEstimate
      distance = max(distance, abs(below - Double(index + 1) / Double(count)))
      previous = draws[index]
    }
    let last = try Self.mass(of: density, from: previous, to: support.upperBound)
    self.distance = distance
    threshold = (log(2 / falseAlarmRate) / (2 * Double(count))).squareRoot()
    total = below + last.value
    totalError = error + last.errorEstimate
  }

  /// The integral of a density over an interval, infinite ones in the variable asinh x: heavy tails become exponential.
  private static func mass(
    of density: some Distribution, from lower: Double, to upper: Double
  ) throws -> Quadrature {
    let (lower, upper) = (max(lower, density.support.lowerBound), min(upper, density.support.upperBound))
    guard lower < upper else { return .zero }
    if lower.isFinite && upper.isFinite {
      return try Quadrature.integrate(from: lower, to: upper, absoluteTolerance: 1e-13) { x throws(GSLError) in
        exp(try density.logDensity(of: x))
      }
    }
    return try Quadrature.integrate(from: asinh(lower), to: asinh(upper), absoluteTolerance: 1e-13) {
      s throws(GSLError) in
      let x = sinh(s)
      return x.isFinite ? exp(try density.logDensity(of: x) + log(cosh(s))) : 0
    }
  }
}
