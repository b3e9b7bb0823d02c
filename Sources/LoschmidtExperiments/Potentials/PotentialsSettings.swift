/// What the experiment `potentials` is asked: where, at which learning rates, and how exactly.
///
/// Potentials are evaluated at t = 0 and do not depend on the temperature.
public struct PotentialsSettings: ExperimentSettings, Equatable {
  /// The name in scenarios.
  public static let name = "potentials"

  /// The n of the time-renormalised potential TR.
  public enum RenormalisationSteps: Hashable, Sendable, CustomStringConvertible {
    /// n ≥ 2 steps of η/n.
    case finite(Int)
    /// The gradient flow, n → ∞.
    case infinite

    /// `2`, `inf`.
    public var description: String {
      switch self {
      case .finite(let n): "\(n)"
      case .infinite: "inf"
      }
    }
  }

  /// The title that the scenario gives the experiment.
  public var title: String?
  /// The user's claim, shown beside the verdicts.
  public var claim: String?
  /// The points θ, each with one number for each coordinate.
  public var points: [[Double]]
  /// The learning rates η > 0 in the order asked.
  public var learningRates: [Double]
  /// The highest power of η in the series, 1 … 4.
  public var orders: Int
  /// The n of TR, in the order asked, distinct.
  public var renormalisationSteps: [RenormalisationSteps]
  /// The largest |limit − 1| that still passes.
  public var margin: Double

  /// Settings from their parts.
  public init(
    title: String? = nil, claim: String? = nil, points: [[Double]], learningRates: [Double], orders: Int = 4,
    renormalisationSteps: [RenormalisationSteps] = [.finite(2), .infinite], margin: Double = 1e-3
  ) {
    self.title = title
    self.claim = claim
    self.points = points
    self.learningRates = learningRates
    self.orders = orders
    self.renormalisationSteps = renormalisationSteps
    self.margin = margin
  }
}
