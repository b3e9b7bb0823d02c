import LoschmidtDynamics
import LoschmidtNumerics

/// What the entropy production of an ensemble is made of.
public struct ProductionSums: Sendable, Equatable {
  /// ln p_0(x_0)/p_0(x_n) and Σ ln K/K reversed of every trajectory, in nats.
  public var ratios = PathRatios()
  /// ln π(x_n) − ln π(x_0) of every trajectory with the stationary law π: the excess part of Σ ln K/K reversed.
  public var relaxation: [Double] = []
  /// The currents; `nil` where they are not asked for.
  public var currents: CurrentSums?

  /// No trajectories yet.
  public init() {}

  /// Adds the trajectories of another block.
  public mutating func append(_ other: ProductionSums) {
    ratios.append(other.ratios)
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
  private var accumulator: CurrentAccumulator?
  private var start: [Double] = []

  /// An observer.
  ///
  /// - Parameters:
  ///   - boundary: p_0, at both ends; `nil` leaves the boundary 0.
  ///   - stationary: π, `nil` where it is not known.
  ///   - countsCurrents: Whether the currents are accumulated, for at most six coordinates.
  ///   - steps: The number of counted steps, between whose halves the currents are compared.
  public init(boundary: (any StartLaw)?, stationary: GaussianLaw?, countsCurrents: Bool, steps: Int) {
    self.steps = steps
    ratios = PathRatioObserver(initial: boundary, final: boundary)
    self.stationary = stationary?.logDensity
    self.countsCurrents = countsCurrents
  }

  /// At most so many coordinates have their currents accumulated.
  public static var largestDimensionOfCurrents: Int { CurrentAccumulator.largestDimension }

  /// Only the currents need every step.
  public var recordsSteps: Bool { countsCurrents }

  /// Takes the boundary terms of the start.
  public func begin(_ block: TrajectoryBlock) {
    ratios.begin(block)
    if let stationary { start = (0..<block.count).map { stationary.value(at: block.start.vector(lane: $0)) } }
    guard countsCurrents else { return }
    let accumulator = accumulator ?? CurrentAccumulator(dimension: block.dimension, lanes: block.lanes, steps: steps)
    self.accumulator = accumulator
    accumulator.begin()
  }

  /// Adds the currents of the step.
  public func record(_ block: TrajectoryBlock, step: Int) {
    accumulator?.add(from: block.previous, to: block.theta)
  }

  /// Takes the sums and the boundary terms of the end.
  public func finish(_ block: TrajectoryBlock) -> ProductionSums {
    var sums = ProductionSums()
    sums.ratios = ratios.finish(block)
    let lanes = block.soundLanes
    if let stationary {
      sums.relaxation = lanes.map { stationary.value(at: block.theta.vector(lane: $0)) - start[$0] }
    }
    sums.currents = accumulator?.sums(of: lanes, first: block.firstTrajectory)
    return sums
  }
}
