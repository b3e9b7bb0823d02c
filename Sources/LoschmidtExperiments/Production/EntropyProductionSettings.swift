import LoschmidtDynamics

/// What the experiment `entropy-production` is asked.
public struct EntropyProductionSettings: ExperimentSettings, Equatable {
  /// The name in scenarios.
  public static let name = "entropy-production"

  /// The settings of every ensemble.
  public var ensemble: EnsembleSettings
  /// Whether the exact rate of the process exists, so that there is a verdict about it; fixed before the run.
  public var hasExactValue: Bool

  /// The title.
  public var title: String? { ensemble.title }
  /// The user's claim.
  public var claim: String? { ensemble.claim }
  /// One where there is an exact value.
  public var statisticalVerdicts: Int { hasExactValue ? 1 : 0 }

  /// Settings from their parts.
  public init(ensemble: EnsembleSettings, hasExactValue: Bool = false) {
    self.ensemble = ensemble
    self.hasExactValue = hasExactValue
  }

  /// The experiment on a process.
  public func experiment(on process: TrainingProcess) throws -> any Experiment {
    EntropyProductionExperiment(
      plan: try SimulationPlan(process, steps: ensemble.burnIn + ensemble.steps), settings: self)
  }
}
