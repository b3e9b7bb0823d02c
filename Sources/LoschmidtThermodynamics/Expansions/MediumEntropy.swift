import Foundation
import LoschmidtNumerics

/// The entropy that one Langevin step θ′ = θ − ηG + √(2ηT) ζ, ζ ~ N(0, Λ), G = Λg, produces in the medium.
///
/// ΔS = ln K(θ′|θ) − ln K(θ|θ′), in nats. T, written `temperature`, is in units of the loss.
public struct MediumEntropy: Sendable {
  /// η > 0.
  public let learningRate: Double
  /// T > 0.
  public let temperature: Double
  /// Λ.
  public let metric: PositiveMatrix

  /// The entropy of steps with this learning rate, temperature and preconditioner.
  public init(learningRate: Double, temperature: Double, metric: PositiveMatrix = .identity) {
    precondition(learningRate > 0, "a step needs a positive learning rate")
    precondition(temperature > 0, "a step without noise has no density and no entropy production")
    self.learningRate = learningRate
    self.temperature = temperature
    self.metric = metric
  }

  /// ΔS per lane, without densities: T ΔS = −½ D·(g + g′) + (η/4) (g′ᵀΛg′ − gᵀΛg).
  ///
  /// - Parameters:
  ///   - displacement: D = θ′ − θ.
  ///   - start: G = Λg at θ.
  ///   - end: G′ = Λg at θ′.
  /// - Returns: ΔS, one value per lane, in nats.
  /// - Source: The theory of the expansions, identity 6: the normalisations of the two densities cancel.
  public func perStep(displacement: Block, start: Block, end: Block) -> [Double] {
    let sum = end + start
    // |G′|² − |G|² = (G′ − G)·(G′ + G).
    var moved = displacement
    moved.scale(by: -0.5)
    moved.add(end - start, times: learningRate / 4)
    return metric.inverseProducts(moved, sum).map { $0 / temperature }
  }

  /// ln K(θ′|θ) per lane, in nats: the Gaussian density with mean −ηG and covariance 2ηTΛ at the displacement D.
  ///
  /// - Parameters:
  ///   - displacement: D = θ′ − θ.
  ///   - start: G = Λg at θ.
  /// - Returns: One value per lane, in nats.
  public func logDensity(of displacement: Block, start: Block) -> [Double] {
    let variance = 2 * learningRate * temperature
    let noise = displacement.moved(along: start, by: learningRate)
    let normalisation = Double(displacement.dimension) * log(2 * .pi * variance) + metric.logDeterminant
    return metric.inverseProducts(noise, noise).map { -0.5 * ($0 / variance + normalisation) }
  }
}
