import LoschmidtDynamics
import LoschmidtNumerics

/// Mean and variance of one observable over time and independent replicas; mergeable.
public struct TimeAverageSample: Sendable, Equatable {
  /// Of the observable with itself.
  public var product: TimeAveragedProduct
  /// The squared distance from an origin near the mean, averaged over the second half of a replica's records minus the
  /// same over the first half.
  ///
  /// Its expectation is 0 in a stationary state. Empty for a single record.
  public var drift = Moments()
  /// The same of the observable itself.
  public var meanDrift = Moments()
  /// The observable at the last record.
  public var ends = EndValues(quantities: 1)

  /// No replicas yet.
  public init(origin: Double = 0) { product = TimeAveragedProduct(origin: (origin, origin)) }

  /// Adds the replicas of another block.
  public mutating func merge(_ other: TimeAverageSample) {
    product.merge(other.product)
    drift.merge(other.drift)
    meanDrift.merge(other.meanDrift)
    ends.merge(other.ends)
  }
}

/// Averages one observable over every k-th step of each trajectory.
public final class TimeAverageObserver: BlockObserver {
  private let evaluator: ObservableEvaluator
  private let every: Int
  private let records: Int
  private let lanes: Int
  private var origin = 0.0
  /// Sums of the observable about the origin, and of its square; the same up to half the records.
  private let sums: LaneStorage
  private let firstHalf: LaneStorage
  /// The observable at the last record.
  private let end: LaneStorage

  /// An observer with its storage.
  ///
  /// - Parameters:
  ///   - observable: A program of one observable.
  ///   - every: k: the steps k, 2k, … after burn-in are recorded.
  ///   - steps: The number of counted steps, at least k.
  ///   - lanes: Those of a block.
  public init(_ observable: ObservableProgram, every: Int, steps: Int, lanes: Int) {
    precondition(observable.names.count == 1, "one observable is averaged")
    precondition(1...max(1, steps) ~= every, "at least one step is recorded")
    evaluator = ObservableEvaluator(observable, lanes: lanes)
    self.every = every
    self.lanes = lanes
    records = steps / every
    (sums, firstHalf) = (LaneStorage(dimension: 2, lanes: lanes), LaneStorage(dimension: 2, lanes: lanes))
    end = LaneStorage(dimension: 1, lanes: lanes)
  }

  /// Steps are looked at.
  public var recordsSteps: Bool { true }

  /// Takes the mean over the trajectories of the block for the origin.
  public func begin(_ block: TrajectoryBlock) {
    sums.fill(0)
    firstHalf.fill(0)
    evaluator.evaluate(at: block.theta.pointer, time: block.setting.time)
    let sound = block.soundLanes
    let mean = sound.reduce(0) { $0 + evaluator.values[0, $1] } / Double(max(1, sound.count))
    origin = mean.isFinite ? mean : 0
  }

  /// Adds one record.
  public func record(_ block: TrajectoryBlock, step: Int) {
    guard step % every == 0 else { return }
    evaluator.evaluate(at: block.theta.pointer, time: block.setting.time)
    let (values, sum, squares) = (evaluator.values.row(0), sums.row(0), sums.row(1))
    for lane in 0..<lanes {
      let x = values[lane] - origin
      sum[lane] += x
      squares[lane] += x * x
    }
    if step / every == records / 2 { firstHalf.copy(sums) }
    guard step / every == records else { return }
    for lane in 0..<lanes { end.pointer[lane] = values[lane] }
  }

  /// The time averages of every trajectory that did not diverge.
  public func finish(_ block: TrajectoryBlock) -> TimeAverageSample {
    var sample = TimeAverageSample(origin: origin)
    let half = records / 2
    for lane in block.soundLanes {
      let share = 1 / Double(records)
      let mean = share * sums[0, lane]
      sample.product.add(product: share * sums[1, lane], a: mean, b: mean)
      sample.ends.add([end.pointer[lane]])
      guard half > 0 else { continue }
      let second = (sums[1, lane] - firstHalf[1, lane]) / Double(records - half)
      sample.drift.add(second - firstHalf[1, lane] / Double(half))
      let later = (sums[0, lane] - firstHalf[0, lane]) / Double(records - half)
      sample.meanDrift.add(later - firstHalf[0, lane] / Double(half))
    }
    return sample
  }
}
