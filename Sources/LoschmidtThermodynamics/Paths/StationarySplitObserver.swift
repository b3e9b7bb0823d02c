import LoschmidtDynamics
import LoschmidtNumerics

/// Sums along a path that need the stationary law π_k of every step.
public struct StationarySplit: Sendable, Equatable {
  /// Y = Σ φ_{k+1}(x_k) − φ_k(x_k) with φ = −ln π: the functional of Hatano and Sasa.
  public var hatanoSasa: [Double] = []
  /// Σ ln π_{k+1}(x_{k+1}) − ln π_{k+1}(x_k): minus the excess entropy of the medium.
  public var relaxation: [Double] = []
  /// Σ ln K/K reversed.
  public var medium: [Double] = []
  /// ln p_0(x_0) − ln p_n(x_n).
  public var boundary: [Double] = []

  /// The squared residuals of all steps, where they were asked for.
  public var residuals = StepResiduals()

  /// No trajectories yet.
  public init() {}

  /// R_na = boundary + Σ ln π_{k+1}(x_{k+1})/π_{k+1}(x_k).
  public var nonadiabatic: [Double] { zip(boundary, relaxation).map { $0 + $1 } }

  /// R_a = Σ ln K/K⁺ with the dual kernel K⁺(x′|x) = K(x|x′)π(x′)/π(x); the housekeeping entropy.
  public var adiabatic: [Double] { zip(medium, relaxation).map { $0 - $1 } }

  /// Adds the trajectories of another block.
  public mutating func append(_ other: StationarySplit) {
    hatanoSasa += other.hatanoSasa
    relaxation += other.relaxation
    medium += other.medium
    boundary += other.boundary
    residuals.append(other.residuals)
  }
}

/// Collects the sums of a block that starts from π_0, while it is simulated; the ensemble accumulates extended ratios.
public final class StationarySplitObserver: BlockObserver {
  /// ln π_0 … ln π_n.
  private let logDensities: [QuadraticForm]
  private let final: QuadraticForm
  private var hatanoSasa: [Double] = []
  private var relaxation: [Double] = []
  private var start: [Double] = []

  /// An observer.
  ///
  /// - Parameters:
  ///   - laws: π_0, …, π_n of the potentials at t_0, …, t_n; one for all steps where nothing changes.
  ///   - final: p_n, the law of x_n.
  public init(laws: [GaussianLaw], final: GaussianLaw) {
    logDensities = laws.map(\.logDensity)
    self.final = final.logDensity
  }

  /// Every step counts.
  public var recordsSteps: Bool { true }

  private func density(_ k: Int) -> QuadraticForm { logDensities[min(k, logDensities.count - 1)] }

  /// Takes ln p_0(x_0).
  public func begin(_ block: TrajectoryBlock) {
    hatanoSasa = [Double](repeating: 0, count: block.count)
    relaxation = hatanoSasa
    start = (0..<block.count).map { density(0).value(at: block.start.vector(lane: $0)) }
  }

  /// Adds the step from x_{k−1} to x_k.
  public func record(_ block: TrajectoryBlock, step: Int) {
    let (before, now) = (density(step - 1), density(step))
    for lane in 0..<block.count {
      let (old, new) = (block.previous.vector(lane: lane), block.theta.vector(lane: lane))
      let here = now.value(at: old)
      hatanoSasa[lane] += before.value(at: old) - here
      relaxation[lane] += now.value(at: new) - here
    }
  }

  /// Takes ln p_n(x_n) and the medium.
  public func finish(_ block: TrajectoryBlock) -> StationarySplit {
    var split = StationarySplit()
    for lane in block.soundLanes {
      split.hatanoSasa.append(hatanoSasa[lane])
      split.relaxation.append(relaxation[lane])
      split.medium.append(block.extended[0, lane])
      split.boundary.append(start[lane] - final.value(at: block.theta.vector(lane: lane)))
      split.residuals.add(block, lane: lane)
    }
    return split
  }
}
