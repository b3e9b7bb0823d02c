import LoschmidtDynamics
import LoschmidtNumerics

/// What the experiment `noise-comparison` is asked.
public struct NoiseComparisonSettings: ExperimentSettings {
  /// The name in scenarios.
  public static let name = "noise-comparison"

  /// The settings of every ensemble; each model has one of its own.
  public var ensemble: EnsembleSettings
  /// The noise models, which take the place of the process's gradient one after the other.
  public var models: [any GradientNoise]
  /// The place of the model that the others are compared with, from 0.
  public var reference: Int
  /// The user's observables, names and expressions of θ, in their order.
  public var observables: [(name: String, expression: Expression)]
  /// Every so many steps are recorded; models with epochs at their ends only.
  public var every: Int
  /// The steps of the paths of the detailed theorem; models with epochs take whole ones.
  public var theoremSteps: Int
  /// How many verdicts of each kind the models will have.
  public var verdictCount = 0

  /// The title.
  public var title: String? { ensemble.title }
  /// The user's claim.
  public var claim: String? { ensemble.claim }
  /// One for each exact value, each comparison and each theorem.
  public var statisticalVerdicts: Int { verdictCount }

  /// Settings with the defaults of the format.
  public init(
    ensemble: EnsembleSettings, models: [any GradientNoise], reference: Int = 0,
    observables: [(name: String, expression: Expression)] = [], every: Int = 1, theoremSteps: Int = 4
  ) {
    self.ensemble = ensemble
    self.models = models
    self.reference = reference
    self.observables = observables
    self.every = every
    self.theoremSteps = theoremSteps
  }

  /// The experiment on a process.
  public func experiment(on process: TrainingProcess) throws -> any Experiment {
    try NoiseComparisonExperiment(process: process, settings: self)
  }
}
