import LoschmidtDynamics
import LoschmidtNumerics
import LoschmidtReports
import LoschmidtThermodynamics

/// The phase portrait of a process of two parameters: a few of its paths, and the loss, the effective loss and the mean
/// force on a grid around them, at the time of the start.
struct Portrait {
  /// The tables `portrait` and `portrait-paths`; none where the grid would not be finite.
  let tables: [(name: String, table: Table)]
  /// Why there are none, in a full sentence.
  let remark: String?

  /// The points of the grid either way.
  static let points = 31
  /// How many paths there are, the first of the ensemble.
  static let paths = 4
  /// No more than about so many points of a path are kept.
  static let pathPoints = 200

  /// How many steps paths from given points have.
  static let stepsFromPoints = 100

  /// The portrait around the first paths of an ensemble; `nil` unless there are two coordinates.
  ///
  /// - Throws: What the plan says about a law of its steps.
  init?(of ensemble: Ensemble) throws {
    try self.init((0..<min(Self.paths, ensemble.trajectories)).map { (ensemble, $0) }, around: nil)
  }

  /// The portrait around paths, each the trajectory of a number of an ensemble, all of one plan.
  ///
  /// - Parameters:
  ///   - trajectories: The paths, at least one.
  ///   - points: Paths end where they leave the surroundings of these; `nil` to follow them anywhere.
  /// - Throws: What the plan says about a law of its steps.
  init?(_ trajectories: [(ensemble: Ensemble, number: Int)], around points: [[Double]]?) throws {
    guard let plan = trajectories.first?.ensemble.plan, plan.program.dimension == 2 else { return nil }
    let names = plan.process.parameters.coordinateNames
    let limits = points.map { points in (0..<2).map { place in Self.surroundings(points.map { $0[place] }) } }
    let (paths, visited) = try Self.paths(trajectories, limits, names)
    let axes = (0..<2).map { place in Self.axis(visited.map { $0[place] }) }
    guard axes.joined().allSatisfy(\.isFinite) else {
      tables = []
      remark = "The phase portrait is left out: a grid around the paths would exceed the range of numbers."
      return
    }
    tables = [("portrait", try Self.grid(plan, axes, names)), ("portrait-paths", paths)]
    remark = nil
  }

  /// Adds the portrait that `make` makes to a result: its tables, or why there are none; nothing where it was stopped.
  ///
  /// - Throws: What `make` throws besides.
  static func append(to result: inout ExperimentResult, _ make: () throws -> Portrait?) throws {
    do { try make()?.append(to: &result) } catch is Stopped {}
  }

  /// Adds the tables, or why there are none, to a result.
  private func append(to result: inout ExperimentResult) {
    result.tables += tables
    result.remarks += remark.map { [$0] } ?? []
  }

  // MARK: Paths

  private static func paths(
    _ trajectories: [(ensemble: Ensemble, number: Int)], _ limits: [ClosedRange<Double>]?, _ names: [String]
  ) throws -> (table: Table, points: [[Double]]) {
    var table = Table(columns: ["path", "step"].map { Table.Column($0) } + names.map { Table.Column($0, unit: "θ") })
    var points: [[Double]] = []
    for (path, (ensemble, number)) in trajectories.enumerated() {
      let every = max(1, ensemble.plan.clock.steps / pathPoints)
      var isInside = true
      _ = try ensemble.replay(trajectory: number, isStopped: { !isInside || StopRequest.isMade }) { state in
        isInside = state.theta.allSatisfy(\.isFinite)
        if let limits { isInside = isInside && zip(limits, state.theta).allSatisfy { $0.contains($1) } }
        guard isInside, state.step % every == 0 else { return }
        points.append(state.theta)
        table.append([.integer(path), .integer(state.step)] + state.theta.map { .real($0) })
      }
      // A part of a path is no path.
      try StopRequest.check()
    }
    return (table, points)
  }

  /// What lies as near to some values as they to each other, or to 0.
  private static func surroundings(_ values: [Double]) -> ClosedRange<Double> {
    let (least, greatest) = (values.min() ?? 0, values.max() ?? 0)
    let reach = max(greatest - least, max(abs(least), abs(greatest)), 0.5)
    // What exceeds the range of numbers is its end: paths end there at the latest.
    let largest = Double.greatestFiniteMagnitude
    return max(least - reach, -largest)...min(greatest + reach, largest)
  }

  /// Equal steps over what the paths visit, and a quarter more either way.
  private static func axis(_ values: [Double]) -> [Double] {
    let (least, greatest) = (values.min() ?? 0, values.max() ?? 0)
    let room = greatest > least ? 0.25 * (greatest - least) : max(1, abs(least))
    return (0..<points).map { least - room + (greatest - least + 2 * room) * Double($0) / Double(points - 1) }
  }

  // MARK: The grid

  private static func grid(_ plan: SimulationPlan, _ axes: [[Double]], _ names: [String]) throws -> Table {
    let hasLoss = plan.process.landscape != nil
    var table = Table(
      columns: [
        .init(names[0], unit: "θ"), .init(names[1], unit: "θ"), .init("loss", unit: "loss"),
        .init("effective-loss", unit: "loss"), .init("force.\(names[0])", unit: "loss/θ"),
        .init("force.\(names[1])", unit: "loss/θ"),
      ])
    // Lanes come in fours: the last of a row repeats its last point.
    let lanes = (points + 3) / 4 * 4
    let field = BlockField(plan.program, lanes: lanes)
    // Rules whose step has no law of this kind have no effective loss either.
    let law = try? plan.law(plan.clock.setting(0))
    let energy = law == nil ? nil : EffectiveLoss(plan, lanes: lanes)
    let (theta, gradient) = (LaneStorage(dimension: 2, lanes: lanes), LaneStorage(dimension: 2, lanes: lanes))
    let loss = LaneStorage(dimension: 1, lanes: lanes)
    let time = plan.clock.time(0)
    field.setTime(time)
    for y in axes[1] {
      for lane in 0..<lanes {
        theta.row(0)[lane] = axes[0][min(lane, points - 1)]
        theta.row(1)[lane] = y
      }
      field.gradient(at: theta.pointer, into: gradient.pointer)
      field.loss(at: theta.pointer, into: loss.pointer)
      if let law { energy?.evaluate(at: theta.pointer, field, law: law, time: time) }
      for lane in 0..<points {
        table.append([
          .real(axes[0][lane]), .real(y),
          hasLoss ? .finite(loss[0, lane], otherwise: undefined) : .missing(reason: "the process has no loss"),
          energy.map { .finite($0.effective[0, lane], otherwise: undefined) } ?? .missing(reason: "there is none here"),
          .finite(-gradient[0, lane], otherwise: undefined), .finite(-gradient[1, lane], otherwise: undefined),
        ])
      }
    }
    return table
  }

  private static let undefined = "the loss is undefined here, or exceeds the range of numbers"
}
