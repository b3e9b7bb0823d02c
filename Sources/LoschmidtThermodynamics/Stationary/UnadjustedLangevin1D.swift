import Foundation
import LoschmidtNumerics

/// The chain x′ = x − η l′(x) + √(2ηT) N(0, 1) in any potential on the line: its stationary law and its
/// irreversibility.
///
/// The continuous process is reversible; the entropy that the chain produces is due to its step alone. The gradient has
/// to grow linearly at most, or the chain has no stationary law, only one that it leaves very rarely.
///
/// The potential may have structure that is finer than a step, and kinks: panels follow its gradient, and are halved
/// until the result does not change.
///
/// - Source: The theory of the expansions, section 3.
public struct UnadjustedLangevin1D: Sendable {
  /// Why an interval is not enough.
  public enum Failure: Error, Equatable {
    /// A stationary step leaves the interval with this probability.
    case leaks(Double)
    /// The gradient has structure that is finer than panels of this width, or a value of it is not finite.
    case unresolved(width: Double)
    /// The chain falls apart: it has no stationary law in this interval.
    case singular
  }

  /// η.
  public let learningRate: Double
  /// T.
  public let temperature: Double
  /// The stationary law, with the finest panels.
  public let law: GaussianStepLaw
  /// E ln K(x′|x)/K(x|x′) per step in nats.
  ///
  /// In the stationary state it is E[Δl − ½D(l′(x) + l′(x′))]/T with D = x′ − x: the terms that average to 0 are left
  /// out, and with them the cancellation of terms of order η to one of order η³.
  public let entropyProductionPerStep: Double
  /// The last change of `entropyProductionPerStep` when panels were halved, in nats.
  public let entropyProductionError: Double
  /// Whether l′ has a jump or a kink.
  public let hasKink: Bool

  /// So much of the value two rules may differ by, at most.
  public static let tolerance = 1e-6
  /// The probability that the interval may lose in a step.
  public static let largestLeak = 1e-11
  /// In units of √(2ηT): a panel that has to be narrower has a kink.
  private static let kink = 1e-6
  private static let largestPanelCount = 4000
  /// At most so many pairs of nodes are summed over.
  private static let largestWork = 6e8

  /// The chain in a potential.
  ///
  /// - Parameters:
  ///   - learningRate: η > 0.
  ///   - temperature: T > 0.
  ///   - lower: Where the interval begins; the stationary density has died out there.
  ///   - upper: Where the interval ends.
  ///   - loss: l.
  ///   - gradient: l′.
  /// - Throws: Why the interval is not enough.
  public init(
    learningRate: Double, temperature: Double, lower: Double, upper: Double, loss: (Double) -> Double,
    gradient: (Double) -> Double
  ) throws(Failure) {
    precondition(learningRate > 0 && temperature > 0, "a step with a density needs η > 0 and T > 0")
    let deviation = (2 * learningRate * temperature).squareRoot()
    let narrowest = max(1e-12 * deviation, 8 * max(abs(lower), abs(upper)).ulp)
    // The integral over a panel is exact to twice the degree of its polynomial, and its error about the square of 1e-5.
    var demands = PanelRule.Demands(
      widest: deviation, narrowest: narrowest, tolerance: 1e-5 * deviation / learningRate,
      variation: deviation / learningRate, largestCount: Self.largestPanelCount)
    let unresolved = Failure.unresolved(width: (upper - lower) / Double(Self.largestPanelCount))
    guard var rule = PanelRule(lower...upper, following: gradient, demands) else { throw unresolved }
    demands.tolerance = 1e-10 * deviation / learningRate
    let strict = PanelRule(lower...upper, following: gradient, demands)
    hasKink = min(rule.narrowestPanel, strict?.narrowestPanel ?? .infinity) < Self.kink * deviation
    let share = min(1, 2 * GaussianStepLaw.reach * deviation / (upper - lower))
    var previous: (law: GaussianStepLaw, production: Double)?
    while true {
      let count = Double(rule.nodes.count)
      guard count * count * share <= Self.largestWork else { throw unresolved }
      let next: (law: GaussianStepLaw, production: Double)
      do {
        next = try Self.solve(rule, learningRate, temperature, similar: previous?.law, loss, gradient)
      } catch {
        throw .singular
      }
      guard next.law.leak < Self.largestLeak else { throw .leaks(next.law.leak) }
      guard next.production.isFinite else { throw unresolved }
      if let previous {
        let change = abs(next.production - previous.production)
        // 1e−13 is rounding of the sums.
        if change <= Self.tolerance * abs(next.production) + 1e-13 {
          (law, entropyProductionPerStep, entropyProductionError) = (next.law, next.production, change)
          break
        }
      }
      previous = next
      rule = rule.halved(downTo: narrowest)
    }
    (self.learningRate, self.temperature) = (learningRate, temperature)
  }

  /// The law in some panels, and its entropy production.
  private static func solve(
    _ rule: PanelRule, _ learningRate: Double, _ temperature: Double, similar: GaussianStepLaw?,
    _ loss: (Double) -> Double, _ gradient: (Double) -> Double
  ) throws(GSLError) -> (law: GaussianStepLaw, production: Double) {
    let deviation = (2 * learningRate * temperature).squareRoot()
    let nodes = rule.nodes
    let slopes = nodes.map(gradient)
    let heights = nodes.map(loss)
    let images = nodes.indices.map { nodes[$0] - learningRate * slopes[$0] }
    let law = try GaussianStepLaw(rule, images: images, deviation: deviation, similar: similar)
    guard law.leak < largestLeak else { return (law, .nan) }
    let production = law.stepExpectation(images: images, deviation: deviation) { current, next in
      heights[next] - heights[current] - 0.5 * (nodes[next] - nodes[current]) * (slopes[current] + slopes[next])
    }
    return (law, production / temperature)
  }

  /// (η³T/6) E l‴², the leading order of the entropy production per step, averaged over the stationary law of the
  /// chain.
  ///
  /// - Parameter thirdDerivatives: l‴ at the nodes of the rule of `law`.
  /// - Returns: The value in nats.
  public func leadingEntropyProduction(thirdDerivatives: [Double]) -> Double {
    let mean = law.expectation(ofValues: thirdDerivatives.map { $0 * $0 })
    return learningRate * learningRate * learningRate * temperature / 6 * mean
  }
}
