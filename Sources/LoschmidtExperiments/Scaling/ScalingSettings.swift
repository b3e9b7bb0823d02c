import LoschmidtDynamics
import LoschmidtNumerics

/// What the experiment `scaling` is asked.
public struct ScalingSettings: ExperimentSettings {
  /// The name in scenarios.
  public static let name = "scaling"
  /// At most so many values.
  public static let valueLimit = 1000

  /// What is measured at every value.
  public enum Statistic: String, Sendable, CaseIterable {
    /// The mean of the observable over the records and replicas.
    case mean
    /// The variance of the observable in the stationary state.
    case variance
    /// The mean per step of ln K/K reversed given the batches, in nats.
    case entropyProduction = "entropy-production"
  }

  /// Beyond the power law, in ln |statistic| = ln a + p ln x + ….
  public enum Correction: String, Sendable, CaseIterable {
    /// Nothing.
    case none
    /// A term c x, for a power law that holds for x → 0.
    case linear
  }

  /// The settings of every ensemble, one for each value.
  public var ensemble: EnsembleSettings
  /// What is varied.
  public var variable: ScalingVariable
  /// The values x, distinct and > 0.
  public var values: [Double]
  /// What is measured.
  public var statistic: Statistic
  /// The observable; `nil` for the entropy production.
  public var observable: Expression?
  /// The exponent that is claimed; without it there is no verdict.
  public var expected: Double?
  /// What is fitted beside the power.
  public var correction = Correction.none

  /// The title.
  public var title: String? { ensemble.title }
  /// The user's claim.
  public var claim: String? { ensemble.claim }
  /// One where an exponent is claimed.
  public var statisticalVerdicts: Int { expected == nil ? 0 : 1 }

  /// The least number of values: a fit needs one degree of freedom to be judged.
  public static func leastValues(_ correction: Correction) -> Int { correction == .none ? 3 : 4 }

  /// Settings from their parts.
  public init(
    ensemble: EnsembleSettings, over variable: ScalingVariable, values: [Double], statistic: Statistic,
    observable: Expression? = nil, expected: Double? = nil, correction: Correction = .none
  ) {
    self.ensemble = ensemble
    self.variable = variable
    self.values = values
    self.statistic = statistic
    self.observable = observable
    self.expected = expected
    self.correction = correction
  }

  /// The experiment on a process, whose own value of the setting does not matter.
  public func experiment(on process: TrainingProcess) throws -> any Experiment {
    try ScalingExperiment(process: process, settings: self)
  }
}

extension SimulationPlan {
  /// The steps after which the state is recorded: those of an epoch where batches are reshuffled, else 1.
  var recordInterval: Int {
    guard let batches = process.gradient as? Minibatch, batches.sampling == .reshuffle else { return 1 }
    return program.sampleCount / batches.size
  }
}
