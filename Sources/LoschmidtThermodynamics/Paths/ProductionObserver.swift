import LoschmidtDynamics
import LoschmidtNumerics

/// What the entropy production of an ensemble is made of.
public struct ProductionSums: Sendable, Equatable {
  /// ln p_0(x_0)/p_0(x_n) and Σ ln K/K reversed of every trajectory, in nats.
  public var ratios = PathRatios()
  /// The part of Σ ln K/K reversed that the first half of the steps brings, of every trajectory; the first half has ⌊n/2⌋
  /// of n steps.
  public var firstHalf: [Double] = []
  /// ln π(x_n) − ln π(x_0) of every trajectory with the stationary law π: the excess part of Σ ln K/K reversed.
  public var relaxation: [Double] = []
  /// The currents; `nil` where they are not asked for.
  public var currents: CurrentSums?

  /// No trajectories yet.
  public init() {}

  /// Adds the trajectories of another block.
  public mutating func append(_ other: ProductionSums) {
    ratios.append(other.ratios)
    firstHalf += other.firstHalf
    relaxation += other.relaxation
    guard let more = other.currents else { return }
    if currents == nil { currents = more } else { currents?.append(more) }
  }
}

/// Collects what the entropy production of a block is made of; the ensemble accumulates the path ratios.
public final class ProductionObserver: BlockObserver {
  private let ratios: PathRatioObserver
  private let stationary: QuadraticForm?
  private let countsCurrents: Bool
  private let steps: Int
  private let half: Int
  private var atHalf: [Double] = []
  private var accumulator: CurrentAccumulator?
  private var start: [Double] = []

  /// An observer.
  ///
  /// - Parameters:
  ///   - boundary: p_0, at both ends; `nil` leaves the boundary 0.
  ///   - stationary: π, `nil` where it is not known.
  ///   - countsCurrents: Whether the currents are accumulated, for at most six coordinates.
  ///   - steps: The number of counted steps, between whose halves the currents and the sums of ln K/K are compared.
  public init(boundary: (any StartLaw)?, stationary: GaussianLaw?, countsCurrents: Bool, steps: Int) {
    self.steps = steps
    half = steps / 2
    ratios = PathRatioObserver(initial: boundary, final: boundary)
    self.stationary = stationary?.logDensity
    self.countsCurrents = countsCurrents
  }

  /// At most so many coordinates have their currents accumulated.
  public static var largestDimensionOfCurrents: Int { CurrentAccumulator.largestDimension }

  /// The currents need every step, and the halves the one in the middle.
  public var recordsSteps: Bool { true }

  /// Takes the boundary terms of the start.
  public func begin(_ block: TrajectoryBlock) {
    ratios.begin(block)
    atHalf = [Double](repeating: 0, count: block.lanes)
    if let stationary { start = (0..<block.count).map { stationary.value(at: block.start.vector(lane: $0)) } }
    guard countsCurrents else { return }
    let accumulator = accumulator ?? CurrentAccumulator(dimension: block.dimension, lanes: block.lanes, steps: steps)
    self.accumulator = accumulator
    accumulator.begin()
  }

  /// Adds the currents of the step.
  public func record(_ block: TrajectoryBlock, step: Int) {
    accumulator?.add(from: block.previous, to: block.theta)
    guard step == half, block.extended.dimension > 0 else { return }
    for lane in 0..<block.lanes { atHalf[lane] = block.extended[0, lane] }
  }

  /// Takes the sums and the boundary terms of the end.
  public func finish(_ block: TrajectoryBlock) -> ProductionSums {
    var sums = ProductionSums()
    sums.ratios = ratios.finish(block)
    let lanes = block.soundLanes
    sums.firstHalf = lanes.map { atHalf[$0] }
    if let stationary {
      sums.relaxation = lanes.map { stationary.value(at: block.theta.vector(lane: $0)) - start[$0] }
    }
    sums.currents = accumulator?.sums(of: lanes, first: block.firstTrajectory)
    return sums
  }
}
