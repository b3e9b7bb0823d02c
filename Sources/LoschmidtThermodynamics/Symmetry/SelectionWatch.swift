import LoschmidtDynamics
import LoschmidtNumerics

/// A symmetry of the loss of which is asked what the irreversibility of the steps selects on its orbits.
public enum SelectedSymmetry: Sendable {
  /// It is broken: its charge moves by E ΔQ = η² E ĝᵀKĝ = −2η dφ/ds per step, until φ is least on the orbit.
  case charge(NoetherCharge)
  /// It preserves lengths, so that φ is the same everywhere on an orbit.
  case isometry(OneParameterGroup)

  /// The kind of a group.
  ///
  /// - Throws: Why nothing can be asked of it: it is not linear, or neither symmetric nor antisymmetric.
  public init(_ group: OneParameterGroup) throws(NoetherCharge.Absence) {
    guard group.isLinear else { throw .notLinear }
    let matrix = group.jacobian(at: [Double](repeating: 0, count: group.parameters.dimension))
    if matrix.isAntisymmetric { self = .isometry(group) } else { self = .charge(try NoetherCharge(of: group)) }
  }

  /// The name of the group.
  public var name: String {
    switch self {
    case .charge(let charge): charge.name
    case .isometry(let group): group.name
    }
  }
}

/// What the second half of a relaxation shows of one symmetry.
public struct SelectionRecord: Sendable, Equatable {
  /// Of a charge, Q at the last record minus Q half-way; of an isometry the same of φ; over trajectories.
  public var change = Moments()
  /// Of a charge, that change minus the predicted one: the drift η² E ĝᵀKĝ at the records, by the trapezoidal rule.
  public var excess = Moments()
  /// Of an isometry, the largest |φ(G_sθ) − φ(θ)| at the last record over trajectories and s = ±½, ±1.
  public var largestOrbitChange = 0.0

  /// Nothing yet.
  public init() {}

  /// Adds other trajectories.
  public mutating func merge(_ other: SelectionRecord) {
    change.merge(other.change)
    excess.merge(other.excess)
    largestOrbitChange = max(largestOrbitChange, other.largestOrbitChange)
  }
}

/// Watches symmetries at the records of a relaxation; the storage of one worker.
///
/// The gradient of a batch has gᵀKθ = 0 and independent noise has no mean, so that E[ΔQ | θ] = η² E ĝᵀKĝ exactly for plain
/// gradient descent at temperature 0 (theory of symmetry, equations 5 and 6).
final class SelectionWatch {
  /// The group parameters at which φ is compared with that of a point.
  private static let orbit = [-1, -0.5, 0.5, 1]

  let symmetries: [SelectedSymmetry]
  /// Q of each charge, and φ in the row of an isometry, in lanes, after the last record.
  let charges: LaneStorage
  /// The predicted drift of each charge per step, and 0 for an isometry.
  let drifts: LaneStorage
  private(set) var records: [SelectionRecord]
  private let steps: Int
  private let middle: Int
  private let last: Int
  private let starts: LaneStorage
  private let sums: LaneStorage
  private let single: LaneStorage

  /// Storage for records 0 … `last`, `steps` steps apart.
  init(_ symmetries: [SelectedSymmetry], every steps: Int, last: Int, lanes: Int) {
    self.symmetries = symmetries
    self.steps = steps
    self.last = last
    middle = last / 2
    let count = symmetries.count
    charges = LaneStorage(dimension: count, lanes: lanes)
    drifts = LaneStorage(dimension: count, lanes: lanes)
    starts = LaneStorage(dimension: count, lanes: lanes)
    sums = LaneStorage(dimension: count, lanes: lanes)
    single = LaneStorage(dimension: 1, lanes: lanes)
    records = []
  }

  func begin() {
    records = symmetries.map { _ in SelectionRecord() }
    sums.fill(0)
    drifts.fill(0)
  }

  /// Looks at a record, with φ of the same point in `energy`.
  func record(_ block: TrajectoryBlock, _ energy: EffectiveLoss, index: Int, learningRate: Double, time: Double) {
    for (number, symmetry) in symmetries.enumerated() {
      switch symmetry {
      case .charge(let charge): evaluate(charge, number, block, energy, learningRate, time)
      case .isometry: for lane in 0..<block.lanes { charges[number, lane] = energy.potential.pointer[lane] }
      }
      take(number, block, index)
    }
    guard index == last else { return }
    // Last, because it leaves another φ in `energy`.
    for (number, symmetry) in symmetries.enumerated() {
      if case .isometry(let group) = symmetry { compare(group, number, block, energy, time) }
    }
  }

  private func evaluate(
    _ charge: NoetherCharge, _ number: Int, _ block: TrajectoryBlock, _ energy: EffectiveLoss, _ learningRate: Double,
    _ time: Double
  ) {
    let theta = block.theta
    single.fill(0)
    energy.addForm(
      of: charge.matrix, times: learningRate * learningRate, at: theta.pointer, block.field, time: time, to: single)
    for lane in 0..<block.lanes {
      drifts[number, lane] = single.pointer[lane]
      charges[number, lane] = charge.matrix.entries.reduce(0) { sum, entry in
        sum + theta[entry.row, lane] * entry.value * theta[entry.column, lane]
      }
    }
  }

  private func take(_ number: Int, _ block: TrajectoryBlock, _ index: Int) {
    guard index >= middle else { return }
    let weight = Double(steps) * (index == middle || index == last ? 0.5 : 1)
    for lane in 0..<block.lanes {
      if index == middle { starts[number, lane] = charges[number, lane] }
      sums[number, lane] += weight * drifts[number, lane]
    }
    guard index == last, last > middle else { return }
    for lane in block.soundLanes {
      let change = charges[number, lane] - starts[number, lane]
      records[number].change.add(change)
      if case .charge = symmetries[number] { records[number].excess.add(change - sums[number, lane]) }
    }
  }

  private func compare(
    _ group: OneParameterGroup, _ number: Int, _ block: TrajectoryBlock, _ energy: EffectiveLoss, _ time: Double
  ) {
    let (theta, lanes, clock) = (block.theta, block.lanes, block.plan.clock)
    guard let law = try? block.plan.law(clock.setting(clock.steps - 1)) else { return }
    let points = Block(dimension: theta.dimension, lanes: lanes) { target in
      for index in 0..<theta.count { target[index] = theta.pointer[index] }
    }
    let image = LaneStorage(dimension: theta.dimension, lanes: lanes)
    for s in Self.orbit {
      let moved = group.transformed(points, by: [Double](repeating: s, count: lanes))
      for index in 0..<image.count { image.pointer[index] = moved.entries[index] }
      energy.evaluate(at: image.pointer, block.field, law: law, time: time)
      for lane in block.soundLanes {
        let change = abs(energy.potential.pointer[lane] - charges[number, lane])
        // No comparison with NaN may pass.
        records[number].largestOrbitChange = max(records[number].largestOrbitChange, change.isNaN ? .infinity : change)
      }
    }
  }
}
