/// The settings of the experiment `potentials`, all checked.
public struct PotentialsSettings: Sendable {
  /// The n of TR: how many sub-steps the renormalised time has.
  public enum RenormalisationSteps: Sendable, Hashable {
    case finite(Int)
    case infinite
  }
  public var title: String?
  public var claim: String?
  public var points: [[Double]]
  public var learningRates: [Double]
  public var orders = 4
  public var renormalisationSteps: [RenormalisationSteps] = [.finite(2), .infinite]
  public var margin = 1e-3

  /// All settings that have no default.
  public init(title: String? = nil, claim: String? = nil, points: [[Double]], learningRates: [Double]) {
    self.title = title
    self.claim = claim
    self.points = points
    self.learningRates = learningRates
  }
}
