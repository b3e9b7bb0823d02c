import LoschmidtDynamics

/// What a scenario asks of one experiment, validated.
///
/// Each experiment has a type of its own.
public protocol ExperimentSettings: Sendable {
  /// The name in scenarios, such as `potentials`.
  static var name: String { get }
  /// The title that the scenario gives the experiment.
  var title: String? { get }
  /// The user's claim, shown beside the verdicts.
  var claim: String? { get }
  /// How many statistical verdicts the experiment will make: they share the level α. Fixed before the run.
  var statisticalVerdicts: Int { get }
  /// The experiment with these settings on a process; the reader has refused what cannot be done.
  func experiment(on process: TrainingProcess) throws -> any Experiment
}

extension ExperimentSettings {
  /// None: all verdicts are exact.
  public var statisticalVerdicts: Int { 0 }
}

/// One entry of `experiments`.
public struct ExperimentSpecification: Sendable {
  /// The name of the experiment.
  public var name: String
  /// Its settings.
  public var settings: any ExperimentSettings

  /// The entry for these settings.
  public init(_ settings: any ExperimentSettings) {
    name = type(of: settings).name
    self.settings = settings
  }
}
