import LoschmidtDynamics
import LoschmidtReports

/// One trajectory of an experiment, made again alone as CSV: step, time, the coordinates, and R of the medium.
///
/// `step` counts burn-in. `medium` is Σ ln K/K reversed in nats since the end of burn-in, empty before; the column is
/// left out where steps have no density.
public struct TrajectoryReplay: Sendable {
  /// Why there is nothing to replay.
  public enum Fault: Error, Sendable, Equatable {
    /// No experiment has this number; so many there are.
    case noExperiment(Int, count: Int)
    /// The experiment simulates nothing.
    case noTrajectories(String)
    /// No experiment of the scenario simulates anything.
    case nothing
    /// No trajectory has this number; so many there are.
    case noTrajectory(Int, count: Int)

    /// The reason in a sentence without a full stop.
    public var sentence: String {
      switch self {
      case .noExperiment(let number, let count):
        return "there is no experiment \(number): the scenario has experiments 0 to \(count - 1)"
      case .noTrajectories(let kind): return "the experiment '\(kind)' simulates no trajectories"
      case .nothing: return "no experiment of the scenario simulates trajectories"
      case .noTrajectory(let number, let count):
        return "there is no trajectory \(number): the experiment has trajectories 0 to \(count - 1)"
      }
    }
  }

  /// The ensemble that the trajectory belongs to.
  public let ensemble: Ensemble
  /// The number of the trajectory in it.
  public let trajectory: Int
  private let coordinates: [String]

  /// So many rows are written at once.
  private static let chunk = 1024

  /// The replay of a trajectory.
  ///
  /// - Parameters:
  ///   - scenario: The scenario.
  ///   - index: The number of the experiment; the first that simulates anything where it is `nil`.
  ///   - trajectory: The number of the trajectory, from 0.
  /// - Throws: `Fault`, and what the experiment says about its ensemble.
  public init(_ scenario: Scenario, experiment index: Int? = nil, trajectory: Int) throws {
    let count = scenario.experiments.count
    if let index, !(0..<count ~= index) { throw Fault.noExperiment(index, count: count) }
    var found: Ensemble?
    for number in index.map({ $0...$0 }) ?? 0...(count - 1) where found == nil {
      let experiment = try scenario.experiments[number].settings.experiment(on: scenario.process)
      let context = RunContext(seed: scenario.seed, experimentIndex: number)
      found = try (experiment as? any ReplayableExperiment)?.ensemble(context)
    }
    guard var ensemble = found else {
      throw index.map { .noTrajectories(scenario.experiments[$0].name) } ?? Fault.nothing
    }
    guard 0..<ensemble.trajectories ~= trajectory else {
      throw Fault.noTrajectory(trajectory, count: ensemble.trajectories)
    }
    // The path ratio does not change the path.
    if ensemble.options.marginalNoiseFactors.isEmpty, try ensemble.plan.missingDensity() == nil {
      ensemble.options.extended = true
    }
    self.ensemble = ensemble
    self.trajectory = trajectory
    coordinates = scenario.process.parameters.coordinateNames
  }

  private var hasMedium: Bool { ensemble.options.extended || !ensemble.options.marginalNoiseFactors.isEmpty }

  private var emptyTable: Table {
    Table(columns: (["step", "time"] + coordinates + (hasMedium ? ["medium"] : [])).map { Table.Column($0) })
  }

  /// Writes the CSV, piece by piece.
  ///
  /// - Parameters:
  ///   - isStopped: Whether to end early; asked at every step.
  ///   - write: Takes the next piece of text.
  /// - Returns: How the trajectory diverged; `nil` where it did not.
  /// - Throws: What `write` throws, and what the plan says about a law of its steps.
  public func write(
    isStopped: () -> Bool = { false }, to write: (String) throws -> Void
  ) throws -> Divergence? {
    var table = emptyTable
    let header = LoschmidtReports.CSVTable.document(table)
    try write(header)
    func flush() throws {
      try write(String(LoschmidtReports.CSVTable.document(table).unicodeScalars.dropFirst(header.unicodeScalars.count)))
      table = emptyTable
    }
    let divergence = try ensemble.replay(trajectory: trajectory, isStopped: isStopped) { state in
      var row: [Cell] = [.integer(state.step), .real(state.time)] + state.theta.map { .real($0) }
      if hasMedium { row.append(.finite(state.medium, otherwise: "during burn-in")) }
      table.append(row)
      if table.rows.count == Self.chunk { try flush() }
    }
    try flush()
    return divergence
  }
}
