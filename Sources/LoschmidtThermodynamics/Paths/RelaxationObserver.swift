import LoschmidtDynamics
import LoschmidtNumerics

/// Moments over trajectories at each recorded step: loss, effective loss, entropy production rate and observables.
public struct RelaxationSample: Sendable, Equatable {
  /// The number of quantities of each record.
  public let quantities: Int
  /// Record by record, quantity by quantity.
  public private(set) var moments: [Moments]
  /// What the second half shows of each symmetry.
  public var selections: [SelectionRecord]

  /// Records without trajectories.
  public init(records: Int, quantities: Int, symmetries: Int = 0) {
    self.quantities = quantities
    selections = [SelectionRecord](repeating: SelectionRecord(), count: symmetries)
    moments = [Moments](repeating: Moments(), count: records * quantities)
  }

  /// The moments of one quantity at one record.
  public subscript(record: Int, quantity: Int) -> Moments {
    get { moments[record * quantities + quantity] }
    set { moments[record * quantities + quantity] = newValue }
  }

  /// Adds the trajectories of another block.
  public mutating func merge(_ other: RelaxationSample) {
    for index in moments.indices { moments[index].merge(other.moments[index]) }
    for index in selections.indices { selections[index].merge(other.selections[index]) }
  }
}

/// Records path averages in time.
///
/// The rate of entropy production is the increment of Σ ln K/K reversed since the last record, divided by the time that
/// has passed, in nats per unit time. All records are of the same trajectories: those that never diverge.
public final class RelaxationObserver: BlockObserver {
  /// The quantities that are always there, in their order; the observables follow, and after them the charge and its
  /// drift of each symmetry.
  public static let fixedNames = ["loss", "effective-loss", "entropy-production-rate", "potential"]

  private let every: Int
  private let burnIn: Int
  private let records: Int
  private let evaluator: ObservableEvaluator
  private let energy: EffectiveLoss?
  private let watch: SelectionWatch
  private let loss: LaneStorage
  private let lastRatio: LaneStorage
  private var sample: RelaxationSample

  /// Storage for blocks of so many lanes.
  ///
  /// - Parameters:
  ///   - plan: What is simulated.
  ///   - observables: The user's observables.
  ///   - symmetries: Symmetries of the loss; where there are any, the process has an effective loss.
  ///   - every: A record is made at the end of burn-in and at each `every`-th step after it.
  ///   - burnIn: The number of steps that come first.
  ///   - steps: The number of counted steps.
  ///   - lanes: The number of lanes.
  public init(
    _ plan: SimulationPlan, observables: ObservableProgram, symmetries: [SelectedSymmetry] = [], every: Int,
    burnIn: Int, steps: Int, lanes: Int
  ) {
    self.every = every
    self.burnIn = burnIn
    records = steps / every + 1
    evaluator = ObservableEvaluator(observables, lanes: lanes)
    energy = EffectiveLoss(plan, lanes: lanes)
    precondition(symmetries.isEmpty || energy != nil, "what is selected needs an irreversibility potential")
    watch = SelectionWatch(symmetries, every: every, last: records - 1, lanes: lanes)
    loss = LaneStorage(dimension: 1, lanes: lanes)
    lastRatio = LaneStorage(dimension: 1, lanes: lanes)
    sample = RelaxationSample(records: 0, quantities: 0)
  }

  /// Steps are looked at.
  public var recordsSteps: Bool { true }

  /// Records the end of burn-in.
  public func begin(_ block: TrajectoryBlock) {
    let symmetries = watch.symmetries.count
    let quantities = Self.fixedNames.count + evaluator.values.dimension + 2 * symmetries
    sample = RelaxationSample(records: records, quantities: quantities, symmetries: symmetries)
    watch.begin()
    lastRatio.fill(0)
    record(block, index: 0)
  }

  /// Records each `every`-th step.
  public func record(_ block: TrajectoryBlock, step: Int) {
    if step % every == 0 { record(block, index: step / every) }
  }

  /// All records of the block.
  public func finish(_ block: TrajectoryBlock) -> RelaxationSample {
    sample.selections = watch.records
    return sample
  }

  private func record(_ block: TrajectoryBlock, index: Int) {
    let clock = block.plan.clock
    let made = burnIn + index * every
    let time = clock.time(made)
    block.field.setTime(time)
    evaluator.evaluate(at: block.theta.pointer, time: time)
    // The step that comes next, and at the end the last one.
    let setting = clock.setting(min(made, clock.steps - 1))
    if let energy, let law = try? block.plan.law(setting) {
      energy.evaluate(at: block.theta.pointer, block.field, law: law, time: time)
    } else {
      block.field.loss(at: block.theta.pointer, into: loss.pointer)
    }
    let elapsed = index > 0 ? time - clock.time(made - every) : 0
    for lane in block.soundLanes {
      sample[index, 0].add((energy?.loss ?? loss).pointer[lane])
      if let energy {
        sample[index, 1].add(energy.effective.pointer[lane])
        sample[index, 3].add(energy.potential.pointer[lane])
      }
      if block.options.extended, elapsed > 0 {
        sample[index, 2].add((block.extended.pointer[lane] - lastRatio.pointer[lane]) / elapsed)
      }
      for a in 0..<evaluator.values.dimension {
        sample[index, Self.fixedNames.count + a].add(evaluator.values[a, lane])
      }
    }
    lastRatio.copy(block.extended)
    recordSymmetries(block, index, setting.learningRate, time)
  }

  private func recordSymmetries(_ block: TrajectoryBlock, _ index: Int, _ learningRate: Double, _ time: Double) {
    guard let energy, !watch.symmetries.isEmpty else { return }
    watch.record(block, energy, index: index, learningRate: learningRate, time: time)
    let first = Self.fixedNames.count + evaluator.values.dimension
    for (number, symmetry) in watch.symmetries.enumerated() {
      guard case .charge = symmetry else { continue }
      for lane in block.soundLanes {
        sample[index, first + 2 * number].add(watch.charges[number, lane])
        sample[index, first + 2 * number + 1].add(watch.drifts[number, lane])
      }
    }
  }
}
