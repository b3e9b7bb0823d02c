import LoschmidtDynamics
import LoschmidtNumerics

/// What the experiment `relaxation` is asked.
public struct RelaxationSettings: ExperimentSettings {
  /// The name in scenarios.
  public static let name = "relaxation"
  /// At most so many rows of the table.
  public static let rowLimit = 1_000_000

  /// The settings of every ensemble.
  public var ensemble: EnsembleSettings
  /// The user's observables, names and expressions of θ and t, in their order.
  public var observables: [(name: String, expression: Expression)]
  /// Every so many steps are recorded, the end of burn-in being the first record.
  public var every: Int

  /// The title.
  public var title: String? { ensemble.title }
  /// The user's claim.
  public var claim: String? { ensemble.claim }

  /// Settings; without `every` there are about a hundred records.
  public init(
    ensemble: EnsembleSettings, observables: [(name: String, expression: Expression)] = [], every: Int? = nil
  ) {
    self.ensemble = ensemble
    self.observables = observables
    self.every = every ?? (ensemble.steps + 99) / 100
  }

  /// The experiment on a process.
  public func experiment(on process: TrainingProcess) throws -> any Experiment {
    try RelaxationExperiment(
      plan: SimulationPlan(process, steps: ensemble.burnIn + ensemble.steps), settings: self)
  }
}
