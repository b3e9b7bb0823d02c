/// Reads the trajectories of a block while they are simulated, and gives what it found as a value.
///
/// One observer belongs to one worker, and sees one block after another. Its results are merged in the order of the blocks.
///
/// Only trajectories that are finished count. A block in which one diverges is shown a second time from ``begin(_:)`` on, and
/// then ``TrajectoryBlock/soundLanes`` are those of the trajectories that never diverge, at every step; what was kept of the
/// first time is to be forgotten. Where none is left, ``finish(_:)`` follows ``begin(_:)`` at once. Anything that is made
/// of several lanes, as an origin that is subtracted from all, is made of those lanes alone.
public protocol BlockObserver<Partial>: AnyObject {
  /// What is kept of a block.
  associatedtype Partial: Sendable

  /// Whether ``record(_:step:)`` is to be called.
  var recordsSteps: Bool { get }

  /// A block stands at the end of burn-in; everything starts anew.
  func begin(_ block: TrajectoryBlock)

  /// A step was made; `step` counts from 1 after burn-in.
  func record(_ block: TrajectoryBlock, step: Int)

  /// All steps were made; lanes that are not sound are to be left out.
  func finish(_ block: TrajectoryBlock) -> Partial
}

extension BlockObserver {
  /// Only the beginning and the end are looked at.
  public var recordsSteps: Bool { false }

  /// Nothing is kept of the beginning.
  public func begin(_ block: TrajectoryBlock) {}

  /// Nothing is kept of a single step.
  public func record(_ block: TrajectoryBlock, step: Int) {}
}
