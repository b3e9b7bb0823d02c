import LoschmidtDynamics
import LoschmidtNumerics

/// What the experiment `stationary` is asked.
public struct StationarySettings: ExperimentSettings {
  /// The name in scenarios.
  public static let name = "stationary"

  /// The settings of every ensemble.
  public var ensemble: EnsembleSettings
  /// The user's observables, names and expressions of θ, in their order.
  public var observables: [(name: String, expression: Expression)]
  /// How many exact values the process has for them, each with a verdict of its own.
  public var exactVerdicts: Int
  /// One where the steps have a fluctuation-dissipation relation, which stationarity is decided by.
  public var relationVerdicts: Int

  /// The title.
  public var title: String? { ensemble.title }
  /// The user's claim.
  public var claim: String? { ensemble.claim }
  /// One for stationarity where there is a relation for it, and one for each exact value.
  public var statisticalVerdicts: Int { relationVerdicts + exactVerdicts }

  /// Settings for a plan, which tells how many exact values there are.
  public init(
    ensemble: EnsembleSettings, observables: [(name: String, expression: Expression)] = [], plan: SimulationPlan
  ) {
    self.ensemble = ensemble
    self.observables = observables
    relationVerdicts = plan.missingRelation == nil ? 1 : 0
    exactVerdicts =
      StationaryExact(plan, step: ensemble.burnIn, steps: ensemble.steps, observables: observables).verdictCount
  }

  /// The experiment on a process.
  public func experiment(on process: TrainingProcess) throws -> any Experiment {
    try StationaryExperiment(
      plan: SimulationPlan(process, steps: ensemble.burnIn + ensemble.steps), settings: self)
  }
}
