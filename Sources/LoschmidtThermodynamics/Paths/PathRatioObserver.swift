import LoschmidtDynamics
import LoschmidtNumerics

/// The path log-ratio R = ln p_0(x_0) Π K − ln q(x_n) Π K reversed of every trajectory, in its parts, in nats.
///
/// R = boundary + bulk; the trajectories that diverged are left out of all lists.
public struct PathRatios: Sendable, Equatable {
  /// ln p_0(x_0) − ln q(x_n) of each trajectory.
  public var boundary: [Double] = []
  /// Σ ln K/K reversed of each trajectory, given its batches: the medium.
  public var extended: [Double] = []
  /// The same of the kernel that sums over the batches, one list for each noise factor.
  public var marginal: [[Double]] = []
  /// The squared residuals of all steps, where they were asked for.
  public var residuals = StepResiduals()

  /// No trajectories yet.
  public init() {}

  /// Adds the trajectories of another block.
  public mutating func append(_ other: PathRatios) {
    boundary += other.boundary
    extended += other.extended
    if marginal.isEmpty { marginal = other.marginal.map { _ in [] } }
    for (model, values) in other.marginal.enumerated() { marginal[model] += values }
    residuals.append(other.residuals)
  }
}

/// Collects the path log-ratios of a block.
public final class PathRatioObserver: BlockObserver {
  private let initial: (any StartLaw)?
  private let final: (any StartLaw)?
  private var start: [Double] = []

  /// An observer for paths that start from p_0 and whose reverse starts from q; without them the boundary is 0.
  public init(initial: (any StartLaw)?, final: (any StartLaw)?) {
    self.initial = initial
    self.final = final
  }

  /// Takes ln p_0(x_0).
  public func begin(_ block: TrajectoryBlock) {
    start = Self.logDensity(initial, block.start.pointer, block.lanes)
  }

  /// Takes ln q(x_n) and the sums.
  public func finish(_ block: TrajectoryBlock) -> PathRatios {
    let end = Self.logDensity(final, block.theta.pointer, block.lanes)
    var ratios = PathRatios()
    let lanes = block.soundLanes
    ratios.boundary = lanes.map { start[$0] - end[$0] }
    ratios.extended = lanes.map { block.extended[0, $0] }
    ratios.marginal = (0..<block.marginal.dimension).map { model in lanes.map { block.marginal[model, $0] } }
    for lane in lanes { ratios.residuals.add(block, lane: lane) }
    return ratios
  }

  private static func logDensity(
    _ law: (any StartLaw)?, _ theta: UnsafePointer<Double>, _ lanes: Int
  ) -> [Double] {
    guard let law else { return [Double](repeating: 0, count: lanes) }
    let values = LaneStorage(dimension: 1, lanes: lanes)
    law.logDensity(at: theta, lanes: lanes, into: values.pointer)
    return (0..<lanes).map { values[0, $0] }
  }
}
