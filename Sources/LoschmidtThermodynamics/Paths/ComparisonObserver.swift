import LoschmidtDynamics
import LoschmidtNumerics

/// What is looked at in the stationary state of one of several noise models.
public struct ComparisonQuestion: Sendable {
  /// The user's observables.
  public var observables: ObservableProgram
  /// What is subtracted from θ before powers are taken, against cancellation.
  public var origin: [Double]
  /// The steps that are recorded: those whose number, burn-in included, is a multiple of this.
  public var every: Int
  /// Steps of burn-in.
  public var burnIn: Int
  /// The number of counted steps.
  public var steps: Int
  /// The number of groups of replicas for errors.
  public var groups: Int
  /// So many final points are kept, those of the first trajectories.
  public var finalPoints: Int
  /// The number of the first trajectory.
  public var firstTrajectory: UInt64

  /// A question from its parts.
  public init(
    observables: ObservableProgram, origin: [Double], every: Int, burnIn: Int, steps: Int, groups: Int,
    finalPoints: Int,
    firstTrajectory: UInt64
  ) {
    self.observables = observables
    self.origin = origin
    self.every = every
    self.burnIn = burnIn
    self.steps = steps
    self.groups = groups
    self.finalPoints = finalPoints
    self.firstTrajectory = firstTrajectory
  }
}

/// What was found: time averages of every replica in groups, points at the end, and the entropy production.
public struct ComparisonSample: Sendable {
  /// Of each replica the averages over the recorded steps of L, of x, x², x³ and x⁴ with x = θ_i − origin for each
  /// coordinate, and of each observable and its square.
  public var sums: GroupedSums
  /// θ at the end, point by point.
  public var finalPoints: [[Double]] = []
  /// The mean of |θ − origin|² over the recorded steps of the second half of a replica's steps minus the same over the
  /// first half; empty where a half has no record.
  public var change = Moments()
  /// Σ ln K/K reversed over the counted steps of each trajectory, in nats; empty unless it was accumulated.
  public var production = Moments()

  /// A sample without replicas.
  public init(dimension: Int, observables: Int, groups: Int) {
    sums = GroupedSums(width: 1 + 4 * dimension + 2 * observables, groups: groups)
  }

  /// Adds the trajectories of another block; at most `limit` points are kept.
  public mutating func merge(_ other: ComparisonSample, finalPoints limit: Int) {
    sums.merge(other.sums)
    finalPoints += other.finalPoints.prefix(max(0, limit - finalPoints.count))
    change.merge(other.change)
    production.merge(other.production)
  }

  /// E L.
  public var loss: (value: Double, standardError: Double) { sums.jackknife { $0[0] } }

  /// tr Cov θ, about the overall mean.
  public func traceOfCovariance(dimension: Int) -> (value: Double, standardError: Double) {
    sums.jackknife { means in
      (0..<dimension).reduce(0) { sum, i in
        let (first, second) = (means[1 + 4 * i], means[2 + 4 * i])
        return sum + (second - first * first)
      }
    }
  }

  /// The mean of E(x − m)⁴/Var² over the coordinates that vary at all, which is 3 for a normal law.
  public func kurtosis(dimension: Int) -> (value: Double, standardError: Double) {
    sums.jackknife { means in
      let values = (0..<dimension).compactMap { i -> Double? in
        let (a, b, c, d) = (means[1 + 4 * i], means[2 + 4 * i], means[3 + 4 * i], means[4 + 4 * i])
        let variance = b - a * a
        // What is left of a coordinate that always ends at one value is rounding.
        guard variance > 64 * Double.ulpOfOne * b else { return nil }
        return (d - 4 * a * c + 6 * a * a * b - 3 * a * a * a * a) / (variance * variance)
      }
      return values.reduce(0, +) / Double(values.count)
    }
  }

  /// Mean and variance of an observable, about its overall mean.
  public func observable(
    _ index: Int, dimension: Int
  ) -> (mean: (value: Double, standardError: Double), variance: (value: Double, standardError: Double)) {
    let place = 1 + 4 * dimension + 2 * index
    return (sums.jackknife { $0[place] }, sums.jackknife { $0[place + 1] - $0[place] * $0[place] })
  }
}

/// Averages in time of the replicas of a block.
public final class ComparisonObserver: BlockObserver {
  private let question: ComparisonQuestion
  private let evaluator: ObservableEvaluator
  private let loss: LaneStorage
  /// One row for each entry of a vector of ``ComparisonSample/sums``.
  private let totals: LaneStorage
  private var records = 0
  /// Σ |θ − origin|² over the records of the first half of the steps, and their number.
  private let firstHalf: LaneStorage
  private var firstRecords = 0

  /// Storage for blocks of so many lanes.
  public init(_ question: ComparisonQuestion, lanes: Int) {
    self.question = question
    evaluator = ObservableEvaluator(question.observables, lanes: lanes)
    loss = LaneStorage(dimension: 1, lanes: lanes)
    let width = 1 + 4 * question.origin.count + 2 * question.observables.names.count
    totals = LaneStorage(dimension: width, lanes: lanes)
    firstHalf = LaneStorage(dimension: 1, lanes: lanes)
  }

  /// Steps are looked at.
  public var recordsSteps: Bool { true }

  /// Nothing is recorded yet.
  public func begin(_ block: TrajectoryBlock) {
    totals.fill(0)
    firstHalf.fill(0)
    (records, firstRecords) = (0, 0)
  }

  /// Adds the state after a step that is to be recorded.
  public func record(_ block: TrajectoryBlock, step: Int) {
    let made = question.burnIn + step
    defer { if step == question.steps / 2 { takeHalf() } }
    guard made % question.every == 0 else { return }
    records += 1
    let time = block.plan.clock.time(made)
    block.field.loss(at: block.theta.pointer, into: loss.pointer)
    for lane in 0..<block.lanes { totals[0, lane] += loss.pointer[lane] }
    for (i, origin) in question.origin.enumerated() { addPowers(block.theta.row(i), origin, row: 1 + 4 * i) }
    evaluator.evaluate(at: block.theta.pointer, time: time)
    let first = 1 + 4 * question.origin.count
    for index in 0..<evaluator.values.dimension {
      let (values, mean, square) = (
        evaluator.values.row(index), totals.row(first + 2 * index), totals.row(first + 2 * index + 1)
      )
      for lane in 0..<totals.lanes {
        mean[lane] += values[lane]
        square[lane] += values[lane] * values[lane]
      }
    }
  }

  private func takeHalf() {
    firstRecords = records
    for lane in 0..<totals.lanes { firstHalf.pointer[lane] = squares(lane) }
  }

  /// Σ |θ − origin|² so far.
  private func squares(_ lane: Int) -> Double {
    question.origin.indices.reduce(0) { $0 + totals[2 + 4 * $1, lane] }
  }

  private func addPowers(_ values: UnsafePointer<Double>, _ origin: Double, row: Int) {
    let (first, second, third, fourth) = (
      totals.row(row), totals.row(row + 1), totals.row(row + 2), totals.row(row + 3)
    )
    for lane in 0..<totals.lanes {
      let x = values[lane] - origin
      let square = x * x
      first[lane] += x
      second[lane] += square
      third[lane] += square * x
      fourth[lane] += square * square
    }
  }

  /// The averages of the replicas that did not diverge, their ends, and their entropy production.
  public func finish(_ block: TrajectoryBlock) -> ComparisonSample {
    let names = question.observables.names.count
    var sample = ComparisonSample(dimension: question.origin.count, observables: names, groups: question.groups)
    let share = 1 / Double(max(1, records))
    let first = block.firstTrajectory - question.firstTrajectory
    for lane in block.soundLanes {
      let replica = Int(first) + lane
      sample.sums.add(totals.vector(lane: lane).map { $0 * share }, group: replica % question.groups)
      if firstRecords > 0, records > firstRecords {
        let first = firstHalf.pointer[lane]
        sample.change.add(
          (squares(lane) - first) / Double(records - firstRecords) - first / Double(firstRecords))
      }
      if replica < question.finalPoints { sample.finalPoints.append(block.theta.vector(lane: lane)) }
      if block.options.extended {
        sample.production.add(block.extended[0, lane])
      } else if !block.options.marginalNoiseFactors.isEmpty {
        sample.production.add(block.marginal[0, lane])
      }
    }
    return sample
  }
}
