import LoschmidtDynamics
import LoschmidtThermodynamics

/// What the experiment `symmetry` is asked: which transformations, where, and how many steps the charges are watched.
public struct SymmetrySettings: ExperimentSettings {
  /// The name in scenarios.
  public static let name = "symmetry"
  /// At most so many coordinates of θ: the linear part of a generator has up to d² entries.
  public static let dimensionLimit = 4096
  /// At most so many points; each has an ensemble of its own.
  public static let pointLimit = 1000

  /// The title that the scenario gives the experiment.
  public var title: String?
  /// The user's claim, shown beside the verdicts.
  public var claim: String?
  /// The transformations, each found to be a one-parameter group.
  public var generators: [OneParameterGroup]
  /// The points θ, each with one number for each coordinate.
  public var points: [[Double]]
  /// Whether names carry the number of the point, `NAME[p]`: where several were asked for.
  public var numbersPoints = false
  /// The largest |s|.
  public var range = 1.0
  /// Independent trajectories from each point, at least 2.
  public var trajectories = 100
  /// The steps of each.
  public var steps = 100

  /// Settings with the defaults of the format.
  public init(generators: [OneParameterGroup], points: [[Double]]) {
    self.generators = generators
    self.points = points
  }

  /// The experiment on a process that has a loss, chooses samples, and descends without a preconditioner.
  ///
  /// - Throws: What the plan says about its steps.
  public func experiment(on process: TrainingProcess) throws -> any Experiment {
    try SymmetryExperiment(plan: SimulationPlan(process, steps: steps), settings: self)
  }

  /// The name of a figure or a verdict of a generator at a point.
  func label(_ family: String, _ group: OneParameterGroup, _ point: Int) -> String {
    "\(family).\(group.name)\(numbersPoints ? "[\(point)]" : "")"
  }
}
