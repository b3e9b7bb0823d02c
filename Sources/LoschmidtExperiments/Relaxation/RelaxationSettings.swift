import LoschmidtDynamics
import LoschmidtNumerics
import LoschmidtThermodynamics

/// What the experiment `relaxation` is asked.
public struct RelaxationSettings: ExperimentSettings {
  /// The name in scenarios.
  public static let name = "relaxation"
  /// At most so many rows of the table.
  public static let rowLimit = 1_000_000
  /// At least so many intervals between records where something is selected: a sum over the second half has ten.
  public static let leastSelectionIntervals = 20

  /// The settings of every ensemble.
  public var ensemble: EnsembleSettings
  /// The user's observables, names and expressions of θ and t, in their order.
  public var observables: [(name: String, expression: Expression)]
  /// Every so many steps are recorded, the end of burn-in being the first record.
  public var every: Int
  /// Symmetries of the loss of which is asked what is selected on their orbits.
  public var selects: [SelectedSymmetry] = []

  /// Two for each broken symmetry, one for each that is preserved.
  public var statisticalVerdicts: Int {
    selects.reduce(0) { sum, symmetry in if case .charge = symmetry { sum + 2 } else { sum + 1 } }
  }
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

  /// The charge and the predicted drift per step of each broken symmetry.
  var selectionNames: [String] {
    selects.flatMap { symmetry in
      guard case .charge = symmetry else { return [String]() }
      return ["charge.\(symmetry.name)", "charge-drift.\(symmetry.name)"]
    }
  }

  /// Everything that the table `path` shows at each record, in its order.
  var quantityNames: [String] { RelaxationObserver.fixedNames + observables.map(\.name) + selectionNames }

  /// The experiment on a process.
  public func experiment(on process: TrainingProcess) throws -> any Experiment {
    try RelaxationExperiment(
      plan: SimulationPlan(process, steps: ensemble.burnIn + ensemble.steps), settings: self)
  }
}
