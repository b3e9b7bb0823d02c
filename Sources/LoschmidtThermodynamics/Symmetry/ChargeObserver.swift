import LoschmidtDynamics
import LoschmidtNumerics

/// What an ensemble showed of one charge.
public struct ChargeRecord: Sendable, Equatable {
  /// ΔQ of the first step, over trajectories.
  public var firstChange = Moments()
  /// Q after the last step, over trajectories that did not diverge.
  public var last = Moments()
  /// The number of steps that were looked at, those of all trajectories that did not diverge.
  public var steps = 0
  /// Steps whose gradient differs from 0; the others change nothing, whatever the charge.
  public var movingSteps = 0
  /// Steps at which Q changed its sign.
  public var overshoots = 0
  /// The largest |ΔQ − η² gᵀKg| relative to its scale.
  public var largestViolation = 0.0
  /// The step after which that was, from 1.
  public var worstStep = 0
  /// The trajectory of that step.
  public var worstTrajectory: UInt64 = 0

  /// Nothing yet.
  public init() {}

  /// Adds what other trajectories showed.
  public mutating func merge(_ other: ChargeRecord) {
    firstChange.merge(other.firstChange)
    last.merge(other.last)
    steps += other.steps
    movingSteps += other.movingSteps
    overshoots += other.overshoots
    if other.largestViolation > largestViolation {
      largestViolation = other.largestViolation
      (worstStep, worstTrajectory) = (other.worstStep, other.worstTrajectory)
    }
  }
}

/// Checks ΔQ = η² gᵀKg at every step of every trajectory, for several charges at once.
///
/// The steps must be plain gradient descent at temperature 0. Trajectories that diverge do not count.
public final class ChargeObserver: BlockObserver {
  private let charges: [NoetherCharge]
  private var records: [ChargeRecord]
  /// Whether a gradient of the step in each lane differs from 0.
  private var moved: [Bool] = []

  /// An observer of charges.
  public init(_ charges: [NoetherCharge]) {
    self.charges = charges
    records = charges.map { _ in ChargeRecord() }
  }

  /// Every step is looked at.
  public var recordsSteps: Bool { true }

  /// Starts anew.
  public func begin(_ block: TrajectoryBlock) {
    records = charges.map { _ in ChargeRecord() }
    moved = [Bool](repeating: false, count: block.lanes)
  }

  /// Compares the step of each trajectory.
  public func record(_ block: TrajectoryBlock, step: Int) {
    let sound = block.soundLanes
    for lane in 0..<block.lanes {
      moved[lane] = (0..<block.dimension).contains { block.stepGradient[$0, lane] != 0 }
    }
    for (index, charge) in charges.enumerated() {
      let steps = charge.steps(
        from: block.previous.pointer, to: block.theta.pointer, gradient: block.stepGradient.pointer,
        learningRate: block.setting.learningRate, lanes: block.lanes)
      for lane in sound {
        take(steps[lane], index, charge, block, lane, step)
        if moved[lane] { records[index].movingSteps += 1 }
      }
    }
  }

  private func take(
    _ change: NoetherCharge.Step, _ index: Int, _ charge: NoetherCharge, _ block: TrajectoryBlock, _ lane: Int,
    _ step: Int
  ) {
    if step == 1 { records[index].firstChange.add(change.change) }
    records[index].steps += 1
    // A charge that is infinite although θ is not shows nothing, and no comparison with NaN may pass.
    let violation = change.violation.isNaN ? .infinity : change.violation
    if violation > records[index].largestViolation {
      records[index].largestViolation = violation
      records[index].worstStep = step
      records[index].worstTrajectory = block.firstTrajectory + UInt64(lane)
    }
    let before = charge.value(at: block.previous, lane)
    if before * (before + change.change) < 0 { records[index].overshoots += 1 }
  }

  /// The records of the block, one a charge.
  public func finish(_ block: TrajectoryBlock) -> [ChargeRecord] {
    for (index, charge) in charges.enumerated() {
      for lane in block.soundLanes { records[index].last.add(charge.value(at: block.theta, lane)) }
    }
    return records
  }
}

extension NoetherCharge {
  /// Q of one lane.
  fileprivate func value(at theta: LaneStorage, _ lane: Int) -> Double {
    matrix.entries.reduce(0) { $0 + theta[$1.row, lane] * $1.value * theta[$1.column, lane] }
  }
}
