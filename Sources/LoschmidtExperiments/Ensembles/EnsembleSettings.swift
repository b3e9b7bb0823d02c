/// What every experiment on an ensemble is asked: how many trajectories, how long, and how sure its verdicts must be.
public struct EnsembleSettings: Sendable, Equatable {
  /// The title that the scenario gives the experiment.
  public var title: String?
  /// The user's claim, shown beside the verdicts.
  public var claim: String?
  /// Independent replicas, at least 2.
  public var trajectories: Int
  /// Steps that are counted.
  public var steps: Int
  /// Steps that are made first and not counted.
  public var burnIn = 0
  /// The level α that the statistical verdicts of the scenario share.
  public var alpha = 1e-3
  /// What a pass asserts.
  public var margin = 0.05

  /// Settings with the defaults of the format.
  public init(trajectories: Int, steps: Int, burnIn: Int = 0, alpha: Double = 1e-3, margin: Double = 0.05) {
    self.trajectories = trajectories
    self.steps = steps
    self.burnIn = burnIn
    self.alpha = alpha
    self.margin = margin
  }
}
