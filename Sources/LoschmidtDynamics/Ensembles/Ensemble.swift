import LoschmidtNumerics
import Synchronization

/// Independent trajectories of one process, simulated in blocks.
///
/// What a trajectory does is a function of the key and its number alone; what is merged is merged in the order of the blocks
/// and of their groups, which do not depend on the number of threads. So results are the same bits for any number of threads.
public struct Ensemble: Sendable {
  /// What is simulated.
  public var plan: SimulationPlan
  /// The law of θ_0.
  public var start: any StartLaw
  /// The key of the random numbers.
  public var key: StreamKey
  /// The number of trajectories.
  public var trajectories: Int
  /// The number of the first one; ensembles with different numbers are independent.
  public var firstTrajectory: UInt64 = 0
  /// Steps that are made first and not counted.
  public var burnIn = 0
  /// Steps that are counted.
  public var steps: Int
  /// What is accumulated.
  public var options: PathOptions
  /// Blocks are as large as with so many trajectories, which a small sample of a large ensemble is timed with; `nil` for
  /// `trajectories`.
  public var sizedFor: Int?

  /// An ensemble.
  public init(
    _ plan: SimulationPlan, start: any StartLaw, key: StreamKey, trajectories: Int, burnIn: Int = 0, steps: Int,
    options: PathOptions = PathOptions()
  ) {
    self.plan = plan
    self.start = start
    self.key = key
    self.trajectories = trajectories
    self.burnIn = burnIn
    self.steps = steps
    self.options = options
  }

  /// The number of lanes of a block: as many as the caches like, and fewer for an ensemble that would not fill 16 blocks.
  public var lanes: Int {
    var most = plan.program.suggestedLanes
    if plan.integratesNoise {
      if options.extended || !options.marginalNoiseFactors.isEmpty {
        most = min(most, EllipticalDensity.suggestedLanes(dimension: plan.program.dimension))
      }
    } else if !options.marginalNoiseFactors.isEmpty {
      most = min(
        most,
        MinibatchMixture.suggestedLanes(
          sampleCount: plan.program.sampleCount, dimension: plan.program.dimension))
    }
    let fair = ((sizedFor ?? trajectories) / 16 + 3) / 4 * 4
    return max(min(most, 16), min(most, fair))
  }

  /// Simulates all trajectories.
  ///
  /// - Parameters:
  ///   - watch: The number of threads, who listens to progress, and who may stop the run.
  ///   - merge: Adds what was kept of a block to what was kept of those before it, so that one partial is left whatever
  ///     their number; without it all are kept.
  ///   - makeObserver: Makes the observer of one worker.
  /// - Returns: What the observers kept, block by block, and how the trajectories ended.
  /// - Throws: What the plan says about a law of its steps.
  public func run<Partial: Sendable>(
    _ watch: RunWatch = RunWatch(), merge: ((inout Partial, Partial) -> Void)? = nil,
    makeObserver: () -> any BlockObserver<Partial>
  ) throws -> EnsembleResult<Partial> {
    let lanes = lanes
    let blocks = (trajectories + lanes - 1) / lanes
    let groups = BlockGroups(blocks: blocks)
    let total = Double(blocks) * Double(burnIn + steps)
    let done = Atomic<Int>(0)
    var result = EnsembleResult<Partial>()
    let failures = Mutex<(any Error)?>(nil)
    let makeWorker = { () -> (TrajectoryBlock, any BlockObserver<Partial>)? in
      do {
        let block = try TrajectoryBlock(plan, start: start, options: options, key: key, lanes: lanes)
        return (block, makeObserver())
      } catch {
        failures.withLock { $0 = error }
        return nil
      }
    }
    func work(_ worker: (TrajectoryBlock, any BlockObserver<Partial>)?, _ index: Int) throws -> BlockEnd<Partial> {
      guard let (block, observer) = worker else { throw failures.withLock { $0 } ?? Stopped() }
      let first = firstTrajectory + UInt64(index * lanes)
      block.begin(firstTrajectory: first, count: min(lanes, trajectories - index * lanes))
      return try simulate(block, observer, watch) { steps in
        let made = done.add(steps, ordering: .relaxed).newValue
        watch.progress(Double(made) / max(1, total))
      }
    }
    do {
      try OrderedMap.run(count: blocks, threads: watch.threads, makeWorker: makeWorker, work: work) { index, end in
        result.take(end, endsGroup: groups.endsGroup(index), merge)
        if result.isStopped { throw Stopped() }
      }
    } catch is Stopped { result.stop() }
    result.closeGroup(merge)
    return result
  }

  /// Simulates one block; `nil` partials where the run was stopped.
  ///
  /// A block of which trajectories diverge is simulated twice, the second time with them left out from the beginning:
  /// what an observer has kept of a trajectory that is lost later cannot be told from the rest. The random numbers are
  /// functions of trajectory and step, so that the second time is the same to the last bit. Other blocks cost nothing.
  private func simulate<Partial: Sendable>(
    _ block: TrajectoryBlock, _ observer: any BlockObserver<Partial>, _ watch: RunWatch, tell: (Int) -> Void
  ) throws -> BlockEnd<Partial> {
    var told = 0
    let isWhole = try makeSteps(of: block, observer, watch) { made in
      told += made
      tell(made)
    }
    guard isWhole else { return BlockEnd(block, partial: nil) }
    if told < burnIn + steps { tell(burnIn + steps - told) }
    block.checkPaths()
    if block.hasDiverged {
      block.beginAgain()
      guard try makeSteps(of: block, observer, watch, tell: { _ in }) else { return BlockEnd(block, partial: nil) }
    }
    return BlockEnd(block, partial: observer.finish(block))
  }

  /// After so many steps of a block it is asked whether the run is to stop: 64 at most, fewer where they take long, so that no
  /// more than some hundred thousand gradients of single samples are made between.
  private var stepsBetweenQuestions: Int {
    let gradient = plan.process.gradient
    let samples = Double(gradient.samplesPerGradient(sampleCount: plan.program.sampleCount)) * Double(gradient.substeps)
    return Int(max(1, min(64, 1e6 / max(1, samples * Double(lanes)))))
  }

  /// Makes all steps of a block, as long as a trajectory of it is left.
  ///
  /// - Returns: Whether the run was not stopped.
  private func makeSteps<Partial: Sendable>(
    of block: TrajectoryBlock, _ observer: any BlockObserver<Partial>, _ watch: RunWatch, tell: (Int) -> Void
  ) throws -> Bool {
    let chunk = stepsBetweenQuestions
    for first in stride(from: 0, to: burnIn, by: chunk) where !block.isLost {
      if watch.isStopped() { return false }
      let end = min(first + chunk, burnIn)
      for k in first..<end { try block.step(k, draw: k, isBurnIn: true) }
      tell(end - first)
    }
    block.beginPath()
    if block.isShown { observer.begin(block) }
    let (records, isForward) = (observer.recordsSteps, options.direction == .forward)
    for first in stride(from: 0, to: steps, by: chunk) where !block.isLost {
      if watch.isStopped() { return false }
      let end = min(first + chunk, steps)
      for j in first..<end {
        try block.step(isForward ? burnIn + j : burnIn + steps - 1 - j, draw: burnIn + j)
        if records, block.isShown { observer.record(block, step: j + 1) }
      }
      tell(end - first)
    }
    return true
  }
}

/// Who watches a run: how many threads it may use, who is told how far it is, and who may stop it.
public struct RunWatch: Sendable {
  /// How many threads may be used.
  public var threads: Int
  /// Takes the finished fraction, 0 to 1; any thread calls it, at any rate.
  public var progress: @Sendable (Double) -> Void
  /// Whether the run is to stop; asked often, by any thread.
  public var isStopped: @Sendable () -> Bool

  /// By default one thread, and nobody listens or stops it.
  public init(
    threads: Int = 1, progress: @escaping @Sendable (Double) -> Void = { _ in },
    isStopped: @escaping @Sendable () -> Bool = { false }
  ) {
    self.threads = threads
    self.progress = progress
    self.isStopped = isStopped
  }
}
