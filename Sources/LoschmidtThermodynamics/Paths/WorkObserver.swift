import LoschmidtDynamics
import LoschmidtNumerics

/// Work and heat of every trajectory of a driven process, in units of the loss, with U the loss.
///
/// - Source: The theory of the thermodynamics, section 2.
public struct DrivenWork: Sendable, Equatable {
  /// W = U_n(x_n) − U_0(x_0) + T Σ ln K/K reversed: ⟨e^{−W/T}⟩ = e^{−ΔF/T} holds exactly at any step size.
  public var work: [Double] = []
  /// W_prot = Σ U_{k+1}(x_k) − U_k(x_k), the work of the jumps alone; biased at finite step size.
  public var protocolWork: [Double] = []
  /// Q_a = −T Σ ln K/K reversed, the heat taken up by the action.
  public var actionHeat: [Double] = []
  /// Q_e = Σ U_{k+1}(x_{k+1}) − U_{k+1}(x_k), the heat taken up by differences of energy.
  public var energyHeat: [Double] = []

  /// The squared residuals of all steps, where they were asked for.
  public var residuals = StepResiduals()

  /// No trajectories yet.
  public init() {}

  /// W_shad = Q_e − Q_a, so that W = W_prot + W_shad.
  public var shadowWork: [Double] { zip(energyHeat, actionHeat).map { $0 - $1 } }

  /// Adds the trajectories of another block.
  public mutating func append(_ other: DrivenWork) {
    work += other.work
    protocolWork += other.protocolWork
    actionHeat += other.actionHeat
    energyHeat += other.energyHeat
    residuals.append(other.residuals)
  }
}

/// Collects the work of a block; the ensemble accumulates extended ratios and work.
public final class WorkObserver: BlockObserver {
  private let temperature: Double
  private let times: (start: Double, end: Double)
  private var startEnergies: [Double] = []

  /// An observer.
  ///
  /// - Parameters:
  ///   - temperature: T.
  ///   - times: The times of U_0 and U_n, in the order in which the trajectories see them.
  public init(temperature: Double, times: (start: Double, end: Double)) {
    self.temperature = temperature
    self.times = times
  }

  /// Takes U_0(x_0).
  public func begin(_ block: TrajectoryBlock) {
    startEnergies = Self.energies(block, block.start.pointer, time: times.start)
  }

  /// Takes U_n(x_n) and the sums.
  public func finish(_ block: TrajectoryBlock) -> DrivenWork {
    let end = Self.energies(block, block.theta.pointer, time: times.end)
    var result = DrivenWork()
    for lane in block.soundLanes {
      let difference = end[lane] - startEnergies[lane]
      let heat = -temperature * block.extended[0, lane]
      let jumps = block.work[0, lane]
      result.work.append(difference - heat)
      result.protocolWork.append(jumps)
      result.actionHeat.append(heat)
      result.energyHeat.append(difference - jumps)
      result.residuals.add(block, lane: lane)
    }
    return result
  }

  private static func energies(
    _ block: TrajectoryBlock, _ theta: UnsafePointer<Double>, time: Double
  ) -> [Double] {
    let values = LaneStorage(dimension: 1, lanes: block.lanes)
    block.field.setTime(time)
    block.field.loss(at: theta, into: values.pointer)
    return (0..<block.lanes).map { values[0, $0] }
  }
}
