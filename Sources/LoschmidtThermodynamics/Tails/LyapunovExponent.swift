import Foundation
import LoschmidtNumerics

/// The rate lim (1/n) ln‖m_n⋯m_1x‖ at which products of random maps grow, with its error, by simulation.
///
/// Below 0 an affine recursion with these maps has a stationary law, above 0 it has none. Random numbers are of a fixed
/// seed, so that it is a function of the maps alone.
public struct LyapunovExponent: Sendable, Equatable {
  /// The rate per step.
  public let value: Double
  /// From the scatter of independent products.
  public let standardError: Double

  private static let chains = 128
  private static let steps = 512
  private static let warmUp = 64

  /// A rate, given.
  public init(value: Double, standardError: Double) { (self.value, self.standardError) = (value, standardError) }

  /// The rate of maps whose law is known; `nil` for others.
  init?(_ maps: RandomMaps) {
    guard maps.isLaw || !maps.normalFields.isEmpty else { return nil }
    var stream = ResamplingStream(seed: 0x6C79_6170)
    var moments = Moments()
    for _ in 0..<Self.chains {
      var vector = (0..<maps.dimension).map { _ in Self.normal(&stream) }
      var sum = 0.0
      for step in 0..<Self.warmUp + Self.steps {
        let next = Self.draw(maps, &stream).applied(to: vector)
        let size = Vectors.inner(next, next).squareRoot()
        // A product that is 0 stays it.
        guard size > 0 else {
          sum = -.infinity
          break
        }
        if step >= Self.warmUp { sum += log(size) }
        vector = Vectors.scaled(next, by: 1 / size)
      }
      if sum == -.infinity {
        self.init(value: -.infinity, standardError: 0)
        return
      }
      moments.add(sum / Double(Self.steps))
    }
    self.init(value: moments.mean, standardError: moments.standardError)
  }

  private static func draw(_ maps: RandomMaps, _ stream: inout ResamplingStream) -> DenseMatrix {
    if !maps.normalFields.isEmpty {
      return maps.normalFields.reduce(maps.mean) { $0 + normal(&stream) * $1 }
    }
    var left = stream.uniform()
    for outcome in maps.outcomes {
      left -= outcome.weight
      if left <= 0 { return outcome.map }
    }
    return maps.outcomes[maps.outcomes.count - 1].map
  }

  private static func normal(_ stream: inout ResamplingStream) -> Double {
    (-2 * log(stream.uniform())).squareRoot() * cos(2 * .pi * stream.uniform())
  }

  /// Whether the rate is below 0, or above; `nil` within five standard errors.
  var isContracting: Bool? {
    if abs(value) <= 5 * standardError { return nil }
    return value < 0
  }
}
