import Foundation
import LoschmidtNumerics

/// The chain x′ = x − η l′(x) + √(2ηT) N(0, 1) in any potential on the line: its stationary law and its
/// irreversibility.
///
/// The continuous process is reversible; the entropy that the chain produces is due to its step alone. The gradient has
/// to grow linearly at most, or the chain has no stationary law.
///
/// - Source: The theory of the expansions, section 3.
public struct UnadjustedLangevin1D: Sendable {
  /// η.
  public let learningRate: Double
  /// T.
  public let temperature: Double
  /// The chain on a grid.
  public let transfer: TransferOperator
  /// E ln K(x′|x)/K(x|x′) per step in nats.
  ///
  /// In the stationary state it is E[Δl − ½D(l′(x) + l′(x′))]/T with D = x′ − x: the terms that average to 0 are left
  /// out, and with them the cancellation of terms of order η to one of order η³.
  public let entropyProductionPerStep: Double

  /// The chain in a potential.
  ///
  /// - Parameters:
  ///   - learningRate: η > 0.
  ///   - temperature: T > 0.
  ///   - lower: Where the grid begins; the stationary density has died out there.
  ///   - upper: Where the grid ends.
  ///   - pointsPerDeviation: Points per standard deviation √(2ηT) of a step, at least 2.
  ///   - loss: l.
  ///   - gradient: l′.
  /// - Throws: `GSLError` where the kernel is not finite.
  public init(
    learningRate: Double, temperature: Double, lower: Double, upper: Double, pointsPerDeviation: Double = 4,
    loss: (Double) -> Double, gradient: (Double) -> Double
  ) throws(GSLError) {
    precondition(learningRate > 0 && temperature > 0, "a step with a density needs η > 0 and T > 0")
    let variance = 2 * learningRate * temperature
    let count = Int(((upper - lower) / variance.squareRoot() * pointsPerDeviation).rounded(.up)) + 1
    let normalisation = 0.5 * log(2 * .pi * variance)
    transfer = try TransferOperator(lower: lower, upper: upper, count: max(3, count)) { next, current in
      let noise = next - current + learningRate * gradient(current)
      return -0.5 * noise * noise / variance - normalisation
    }
    self.learningRate = learningRate
    self.temperature = temperature
    entropyProductionPerStep =
      transfer.stepExpectation { current, next in
        loss(next) - loss(current) - 0.5 * (next - current) * (gradient(current) + gradient(next))
      } / temperature
  }

  /// (η³T/6) E l‴², the leading order of the entropy production per step, averaged over the stationary law of the
  /// chain.
  public func leadingEntropyProduction(thirdDerivative: (Double) -> Double) -> Double {
    let mean = transfer.expectation { thirdDerivative($0) * thirdDerivative($0) }
    return learningRate * learningRate * learningRate * temperature / 6 * mean
  }
}
