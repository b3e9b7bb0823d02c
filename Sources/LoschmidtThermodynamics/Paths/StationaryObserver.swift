import LoschmidtDynamics
import LoschmidtNumerics

/// What a ``StationaryObserver`` looks at.
public struct StationaryQuestion: Sendable {
  /// The observables.
  public var observables: ObservableProgram
  /// The pairs i ≤ j of coordinates whose covariance is asked for; the diagonal is always among them, first to last.
  public var pairs: [(Int, Int)]
  /// The exact mean of θ, where it is known.
  public var exactMean: [Double]?
  /// c in E (θ − c)·ĝ: any fixed point, and the closer to the mean of θ the smaller the error.
  public var origin: [Double]
  /// The law of the counted steps.
  public var law: StepLaw
  /// The number of counted steps.
  public var steps: Int
  /// The number of the first trajectory: its block gives the series for the autocorrelation time.
  public var firstTrajectory: UInt64
  /// Whether that series is of the loss; else it is of the first coordinate.
  public var correlatesLoss: Bool

  /// At most so many trajectories give a series.
  public static let seriesLimit = 16
  /// At most so many values are kept of each.
  public static let seriesLength = 4096
  /// Up to this dimension all pairs of coordinates are asked for; above, the diagonal.
  public static let largestDimension = 32

  /// A question from its parts, with all pairs up to ``largestDimension``.
  public init(
    observables: ObservableProgram, exactMean: [Double]?, origin: [Double], law: StepLaw, steps: Int,
    firstTrajectory: UInt64, correlatesLoss: Bool
  ) {
    self.observables = observables
    self.exactMean = exactMean
    self.origin = origin
    self.law = law
    self.steps = steps
    self.firstTrajectory = firstTrajectory
    self.correlatesLoss = correlatesLoss
    let d = origin.count
    pairs =
      d <= Self.largestDimension ? (0..<d).flatMap { i in (i..<d).map { (i, $0) } } : (0..<d).map { ($0, $0) }
  }
}

/// Averages observables, coordinates and both sides of the fluctuation-dissipation relation over the steps of a block.
///
/// For θ′ = θ − ηΛĝ + √(2ηTΛ)ζ the stationarity of E (θ − c)ᵀΛ⁻¹(θ − c) says E (θ − c)·ĝ = (η/2) E ĝᵀΛĝ + Σ_i T_i, for
/// any c since E ĝ = 0. A Gaussian noise of covariance C in ĝ is part of the law of the step: its share (η/2) tr(ΛC) of
/// the right side is taken from there, and ĝ here is the gradient without it.
///
/// - Source: Yaida, Fluctuation-dissipation relations for stochastic gradient descent, ICLR 2019.
public final class StationaryObserver: BlockObserver {
  private let question: StationaryQuestion
  private let evaluator: ObservableEvaluator
  private let lanes: Int
  private let noise: Double
  private let stride: Int
  /// Of observables, then coordinates; origins are those of the block.
  private var origins: [Double] = []
  private let centred: LaneStorage
  private let sums: LaneStorage
  private let firstHalf: LaneStorage
  private let squares: LaneStorage
  private let firstSquares: LaneStorage
  private let firstSpread: LaneStorage
  private let products: LaneStorage
  private let relation: LaneStorage
  private let firstRelation: LaneStorage
  /// Both sides of the relation without the last step.
  private let earlier: LaneStorage
  private let loss: LaneStorage
  private var consecutive: [[Double]] = []
  private var thinned: [[Double]] = []

  /// Storage for blocks of so many lanes.
  public init(_ question: StationaryQuestion, lanes: Int) {
    self.question = question
    self.lanes = lanes
    let (k, d) = (question.observables.names.count, question.origin.count)
    func storage(_ rows: Int) -> LaneStorage { LaneStorage(dimension: rows, lanes: lanes) }
    evaluator = ObservableEvaluator(question.observables, lanes: lanes)
    (centred, sums, firstHalf) = (storage(d), storage(k + d), storage(k + d))
    (squares, products) = (storage(k), storage(question.pairs.count))
    (firstSquares, firstSpread) = (storage(k), storage(1))
    (relation, firstRelation, earlier, loss) = (storage(2), storage(2), storage(2), storage(1))
    noise = 0.5 * question.law.noiseOverMobility
    stride = (question.steps + StationaryQuestion.seriesLength - 1) / StationaryQuestion.seriesLength
  }

  private var observableCount: Int { evaluator.values.dimension }
  private var half: Int { question.steps / 2 }

  /// Every step is looked at.
  public var recordsSteps: Bool { true }

  /// Chooses the origins: the exact mean where it is known, else the mean over the trajectories of the block.
  public func begin(_ block: TrajectoryBlock) {
    for storage in [sums, firstHalf, squares, firstSquares, firstSpread, products, relation, firstRelation] {
      storage.fill(0)
    }
    (consecutive, thinned) = ([], [])
    evaluator.evaluate(at: block.theta.pointer, time: block.setting.time)
    let values = (0..<observableCount).map { evaluator.values.row($0) }
    let theta = (0..<block.dimension).map { block.theta.row($0) }
    let sound = block.soundLanes
    origins = (values + theta).map { row in
      let mean = sound.reduce(0) { $0 + row[$1] } / Double(max(1, sound.count))
      return mean.isFinite ? mean : 0
    }
    if let mean = question.exactMean { origins.replaceSubrange(observableCount..., with: mean) }
    if block.firstTrajectory == question.firstTrajectory {
      consecutive = [[Double]](repeating: [], count: min(block.count, StationaryQuestion.seriesLimit))
      thinned = consecutive
    }
  }

  /// Adds one step.
  public func record(_ block: TrajectoryBlock, step: Int) {
    addObservables(block)
    addCoordinates(block)
    if step == question.steps { earlier.copy(relation) }
    addRelation(block)
    if !consecutive.isEmpty { addSeries(block, step) }
    if step == half {
      firstHalf.copy(sums)
      firstRelation.copy(relation)
      firstSquares.copy(squares)
      for lane in 0..<lanes { firstSpread.pointer[lane] = spread(lane) }
    }
  }

  /// Σ |θ − origin|² so far.
  private func spread(_ lane: Int) -> Double {
    var sum = 0.0
    for (index, (i, j)) in question.pairs.enumerated() where i == j { sum += products[index, lane] }
    return sum
  }

  private func addObservables(_ block: TrajectoryBlock) {
    guard observableCount > 0 else { return }
    evaluator.evaluate(at: block.theta.pointer, time: block.setting.time)
    for a in 0..<observableCount {
      let (row, sum, square, origin) = (evaluator.values.row(a), sums.row(a), squares.row(a), origins[a])
      for lane in 0..<lanes {
        let x = row[lane] - origin
        sum[lane] += x
        square[lane] += x * x
      }
    }
  }

  private func addCoordinates(_ block: TrajectoryBlock) {
    for i in 0..<block.dimension {
      let (row, sum, target) = (block.theta.row(i), sums.row(observableCount + i), centred.row(i))
      let origin = origins[observableCount + i]
      for lane in 0..<lanes {
        let x = row[lane] - origin
        target[lane] = x
        sum[lane] += x
      }
    }
    for (index, (i, j)) in question.pairs.enumerated() {
      let (left, right, product) = (centred.row(i), centred.row(j), products.row(index))
      for lane in 0..<lanes { product[lane] += left[lane] * right[lane] }
    }
  }

  /// The relation belongs to the point before the step, where the gradient was drawn.
  private func addRelation(_ block: TrajectoryBlock) {
    let gradient = block.stepGradient
    let left = relation.row(0)
    for (i, origin) in question.origin.enumerated() {
      let (theta, slope) = (block.previous.row(i), gradient.row(i))
      for lane in 0..<lanes { left[lane] += (theta[lane] - origin) * slope[lane] }
    }
    let right = relation.row(1)
    question.law.addMobilityForm(0.5, of: gradient.pointer, lanes: lanes, to: right)
  }

  private func addSeries(_ block: TrajectoryBlock, _ step: Int) {
    let isConsecutive = step <= StationaryQuestion.seriesLength
    guard isConsecutive || step % stride == 0 else { return }
    if question.correlatesLoss { block.field.loss(at: block.theta.pointer, into: loss.pointer) }
    let row = question.correlatesLoss ? loss.pointer : block.theta.row(0)
    for lane in consecutive.indices {
      if isConsecutive { consecutive[lane].append(row[lane]) }
      if step % stride == 0 { thinned[lane].append(row[lane]) }
    }
  }

  /// The time averages of every trajectory that did not diverge.
  public func finish(_ block: TrajectoryBlock) -> StationarySample {
    let (k, d) = (observableCount, block.dimension)
    var sample = StationarySample()
    sample.observables = (0..<k).map { TimeAveragedProduct(origin: (origins[$0], origins[$0])) }
    sample.coordinates = question.pairs.map { TimeAveragedProduct(origin: (origins[k + $0.0], origins[k + $0.1])) }
    sample.drifts = [Moments](repeating: Moments(), count: half > 0 ? k + d + 1 : 0)
    sample.squareDrifts = [Moments](repeating: Moments(), count: half > 0 ? k : 0)
    sample.stride = stride
    let sound = block.soundLanes
    let coordinates = d <= StationaryQuestion.largestDimension ? d : 0
    sample.ends = EndValues(quantities: k + coordinates + 2)
    for lane in sound {
      add(lane, to: &sample)
      sample.ends.add(ends(block, lane, coordinates: coordinates))
    }
    let kept = consecutive.indices.filter { sound.contains($0) }
    sample.consecutive = kept.map { consecutive[$0] }
    sample.thinned = kept.map { thinned[$0] }
    return sample
  }

  private func ends(_ block: TrajectoryBlock, _ lane: Int, coordinates: Int) -> [Double] {
    let square = (0..<block.dimension).reduce(0) { $0 + centred[$1, lane] * centred[$1, lane] }
    let (left, right) = (relation[0, lane] - earlier[0, lane], relation[1, lane] - earlier[1, lane])
    return (0..<observableCount).map { evaluator.values[$0, lane] } + (0..<coordinates).map { block.theta[$0, lane] }
      + [square.squareRoot(), left - right]
  }

  private func add(_ lane: Int, to sample: inout StationarySample) {
    let (k, share) = (observableCount, 1 / Double(question.steps))
    for a in 0..<k {
      let mean = share * sums[a, lane]
      sample.observables[a].add(product: share * squares[a, lane], a: mean, b: mean)
    }
    var spread = 0.0
    for (index, (i, j)) in question.pairs.enumerated() {
      let product = share * products[index, lane]
      sample.coordinates[index].add(product: product, a: share * sums[k + i, lane], b: share * sums[k + j, lane])
      if i == j { spread += product }
    }
    if question.exactMean != nil { sample.spread.add(spread) }
    sample.dissipation.add([share * relation[0, lane], share * relation[1, lane] + noise])
    guard half > 0 else { return }
    func drift(_ total: Double, _ first: Double) -> Double {
      (total - first) / Double(question.steps - half) - first / Double(half)
    }
    for index in 0..<sums.dimension {
      sample.drifts[index].add(drift(sums[index, lane], firstHalf[index, lane]))
    }
    for a in 0..<k { sample.squareDrifts[a].add(drift(squares[a, lane], firstSquares[a, lane])) }
    if question.exactMean != nil { sample.spreadDrift.add(drift(self.spread(lane), firstSpread[0, lane])) }
    // The constant part of the right side is the same in both halves.
    let difference = drift(relation[0, lane], firstRelation[0, lane]) - drift(relation[1, lane], firstRelation[1, lane])
    sample.drifts[sums.dimension].add(difference)
  }
}
