import LoschmidtDynamics
import LoschmidtNumerics

/// Differences of means between gradient descent and its modified equation after a fixed time, from trajectories of
/// both.
///
/// Both start from the same points. With the noise `MatchedGaussian` they are driven by the same Brownian paths, and
/// a difference of paths is of the order η^{3/2}; other noises are independent of those of the equation.
public struct WeakComparison: Sendable {
  /// Gradient descent: its learning rate is that of the rule below.
  public let process: TrainingProcess
  /// The modified equation.
  public let equation: ModifiedSDE
  /// What is compared.
  public let observables: ObservableProgram
  /// The number of steps, so that the time is their number times η.
  public let steps: Int

  /// A comparison.
  ///
  /// - Parameters:
  ///   - process: Gradient descent with a noise of the gradient that the equation takes.
  ///   - equation: The equation, with the learning rate of the process.
  ///   - observables: What is compared.
  ///   - steps: The number of steps of both.
  public init(_ process: TrainingProcess, _ equation: ModifiedSDE, observables: ObservableProgram, steps: Int) {
    precondition(process.generator == .philox, "common random numbers need a generator by counter")
    self.process = process
    self.equation = equation
    self.observables = observables
    self.steps = steps
  }

  /// Whether both are driven by the same Brownian paths.
  public var isCoupled: Bool { process.gradient is MatchedGaussian }

  /// Simulates both.
  ///
  /// - Parameters:
  ///   - trajectories: The number of pairs.
  ///   - key: The key of the random numbers.
  ///   - threads: How many threads may be used.
  /// - Returns: The moments of f(descent) − f(equation) over pairs that stay finite, one for each observable.
  /// - Throws: What a plan says about the law of a step.
  public func differences(trajectories: Int, key: StreamKey, threads: Int = 1) throws -> [Moments] {
    var (descent, diffusion) = (process, process)
    if let noise = process.gradient as? MatchedGaussian {
      descent.gradient = SummedGaussian(size: noise.size, parts: 2 * equation.substeps)
    }
    diffusion.algorithm = equation
    let plans = (try SimulationPlan(descent, steps: steps), try SimulationPlan(diffusion, steps: steps))
    let lanes = min(64, plans.0.program.suggestedLanes)
    // Trajectories that are not to share their noise have other numbers.
    let offset = isCoupled ? 0 : UInt64(trajectories)
    var total = [Moments](repeating: Moments(), count: observables.names.count)
    try OrderedMap.run(count: (trajectories + lanes - 1) / lanes, threads: threads) {
      Result { try Pair(self, plans, key: key, lanes: lanes) }
    } work: { pair, index in
      let first = index * lanes
      return try pair.get().run(UInt64(first), offset: offset, count: min(lanes, trajectories - first), steps)
    } consume: { _, found in
      for k in total.indices { total[k].merge(found[k]) }
    }
    return total
  }
}

/// A block of each process: the storage of one worker.
private final class Pair {
  private let descent: TrajectoryBlock
  private let diffusion: TrajectoryBlock
  private let evaluators: (ObservableEvaluator, ObservableEvaluator)

  init(
    _ comparison: WeakComparison, _ plans: (SimulationPlan, SimulationPlan), key: StreamKey, lanes: Int
  ) throws {
    func block(_ plan: SimulationPlan) throws -> TrajectoryBlock {
      try TrajectoryBlock(plan, start: comparison.process.initialLaw, options: PathOptions(), key: key, lanes: lanes)
    }
    (descent, diffusion) = (try block(plans.0), try block(plans.1))
    func evaluator() -> ObservableEvaluator { ObservableEvaluator(comparison.observables, lanes: lanes) }
    evaluators = (evaluator(), evaluator())
  }

  func run(_ first: UInt64, offset: UInt64, count: Int, _ steps: Int) throws -> [Moments] {
    descent.begin(firstTrajectory: first, count: count)
    diffusion.begin(firstTrajectory: first + offset, count: count)
    for k in 0..<steps {
      try descent.step(k, draw: k)
      try diffusion.step(k, draw: k)
    }
    let time = descent.plan.clock.time(steps)
    evaluators.0.evaluate(at: descent.theta.pointer, time: time)
    evaluators.1.evaluate(at: diffusion.theta.pointer, time: time)
    let sound = descent.soundLanes.filter { diffusion.divergence[$0] == nil }
    return (0..<evaluators.0.values.dimension).map { row in
      Moments(sound.map { evaluators.0.values[row, $0] - evaluators.1.values[row, $0] })
    }
  }
}
