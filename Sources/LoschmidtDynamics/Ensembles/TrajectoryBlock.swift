import LoschmidtNumerics

/// A block of trajectories that is simulated side by side: the state and the storage of one worker.
///
/// Observers read it between steps. Everything is coordinate-major with ``lanes`` lanes, of which the first ``count`` are
/// trajectories; a trajectory that has diverged stays in its lane, parked, and is to be left out.
public final class TrajectoryBlock {
  /// What is simulated.
  public let plan: SimulationPlan
  /// What is accumulated.
  public let options: PathOptions
  /// The number of lanes, a multiple of 4.
  public let lanes: Int
  /// The number of coordinates of θ.
  public var dimension: Int { plan.program.dimension }

  /// The number of the trajectory in lane 0.
  public private(set) var firstTrajectory: UInt64 = 0
  /// The number of trajectories in the block.
  public private(set) var count = 0
  /// The step at which each lane became infinite or NaN, counted with burn-in; `nil` where it is sound.
  public private(set) var divergence: [Int?]
  /// Whether Σ ln K/K reversed of each lane became infinite or NaN while θ did not, as where a covariance vanishes and a
  /// step has no density; known once the last step is made.
  public private(set) var hasLostRatio: [Bool]
  /// How many of the trajectories have diverged.
  private var divergedCount = 0
  /// Whether the trajectories that diverge are known from a first time, and left out from the beginning.
  private var isSecondTime = false

  /// θ now.
  public var theta: LaneStorage { isSwapped ? points.1 : points.0 }
  /// θ before the last step.
  public var previous: LaneStorage { isSwapped ? points.0 : points.1 }
  /// θ at the end of burn-in.
  public let start: LaneStorage
  /// Σ ln K/K reversed since burn-in given the batches, in nats, one number a lane; zero unless asked for.
  ///
  /// Where the noise of the gradient is integrated, it is that of the path of θ alone.
  public let extended: LaneStorage
  /// The same of the kernel that sums over the batches, one row for each noise factor that was asked for.
  public let marginal: LaneStorage
  /// The work of the jumps since burn-in, in units of the loss, one number a lane; zero unless asked for.
  public let work: LaneStorage
  /// Sums over the steps since burn-in, if asked for: a number of the law χ² of ``residualDegrees`` degrees of freedom in all,
  /// if the noise is that of the density, and the square of what rounding may add to its root.
  public let residuals: LaneStorage
  /// The degrees of freedom so far; 0 where no residuals were asked for.
  public private(set) var residualDegrees = 0
  /// The setting of the last step.
  public var setting: StepSetting { plan.clock.setting(index) }
  /// The field, for observers that need the loss or gradients at the current time.
  public let field: BlockField
  /// The gradient field that the last step was made with: at ``previous``, with the batch that was drawn.
  ///
  /// A Gaussian noise of constant covariance is part of the step, and not in it. Lanes that were parked hold no
  /// meaning, and neither does any of it where steps are not Gaussian given a gradient.
  public var stepGradient: LaneStorage {
    isGradientSwapped != haveGradientsMoved ? gradients.1 : gradients.0
  }

  private let law: any StartLaw
  /// Whether steps differ by more than their random numbers: else their settings are not asked for.
  private let usesSettings: Bool
  /// Steps of the size η/l, l of which make a step.
  private let substeps: Int
  /// Whether the ratio of the Gaussian step given the gradient is accumulated.
  private let accumulatesGradients: Bool
  /// Two points and two gradients, of which `isSwapped` and `isGradientSwapped` tell which is the current one.
  private let points: (LaneStorage, LaneStorage)
  private let gradients: (LaneStorage, LaneStorage)
  private var isSwapped = false
  private var isGradientSwapped = false
  private var index = 0
  private let kernel: GaussianKernel
  /// What makes the steps in the kernel's place, where they are not Gaussian given the gradient.
  private let integrator: (any StepIntegrator)?
  /// The density that is summed or integrated over the noise of the gradient, where it is asked for.
  private let density: (any StepDensity)?
  /// The same where residuals are asked for and are those of the path of θ.
  private let residualDensity: (any ResidualDensity)?
  /// Whether residuals are asked for that are Gaussian given the gradient.
  private let accumulatesResiduals: Bool
  private let sampler: any GradientSampler
  private let source: any RandomSource
  private let origin: LaneStorage
  private let energies: LaneStorage
  private var isGradientCurrent = false
  /// Whether the gradients have changed places since the last step was made.
  private var haveGradientsMoved = false
  private var isDensityCurrent = false

  /// A block with its storage.
  ///
  /// - Parameters:
  ///   - plan: What is simulated.
  ///   - law: The law of θ_0.
  ///   - options: What is accumulated.
  ///   - key: The key of the random numbers.
  ///   - lanes: The number of lanes, a multiple of 4.
  /// - Throws: What the plan says about a law of its steps.
  public init(
    _ plan: SimulationPlan, start law: any StartLaw, options: PathOptions, key: StreamKey, lanes: Int
  ) throws {
    self.plan = plan
    self.options = options
    self.law = law
    self.lanes = lanes
    usesSettings = plan.constantLaw == nil || plan.program.isTimeDependent || options.work
    substeps = plan.process.gradient.substeps
    accumulatesGradients = options.extended && !plan.integratesNoise
    accumulatesResiduals = options.residuals && !plan.integratesNoise
    let d = plan.program.dimension
    func storage(_ rows: Int) -> LaneStorage { LaneStorage(dimension: rows, lanes: lanes) }
    (points, start, origin) = ((storage(d), storage(d)), storage(d), storage(d))
    (gradients, energies) = ((storage(d), storage(d)), storage(2))
    (extended, marginal, work) = (storage(1), storage(options.marginalNoiseFactors.count), storage(1))
    residuals = storage(2)
    divergence = [Int?](repeating: nil, count: lanes)
    hasLostRatio = [Bool](repeating: false, count: lanes)
    field = BlockField(plan.program, lanes: lanes)
    sampler = plan.process.gradient.sampler(plan.program, lanes: lanes)
    source = try plan.process.generator.algorithm.source(key: key, lanes: lanes)
    // A step of the learning rate 0 is not made by the kernel, and has no density to begin with.
    let firstSetting = plan.clock.setting(plan.clock.firstMovingStep() ?? 0)
    let first = try plan.law(firstSetting)
    kernel = GaussianKernel(first, lanes: lanes)
    integrator = plan.process.algorithm.integrator(plan.program, gradient: plan.process.gradient, lanes: lanes)
    integrator?.prepare(first, learningRate: firstSetting.learningRate)
    density = Self.density(plan, options, first, lanes)
    residualDensity = options.residuals && plan.integratesNoise ? density as? any ResidualDensity : nil
  }

  private static func density(
    _ plan: SimulationPlan, _ options: PathOptions, _ law: StepLaw, _ lanes: Int
  ) -> (any StepDensity)? {
    let factors = options.marginalNoiseFactors
    if plan.integratesNoise {
      precondition(!options.extended || factors.isEmpty, "a noise that is integrated has only one kind of path")
      guard options.extended || !factors.isEmpty else { return nil }
      return plan.process.gradient.stepDensity(
        law, plan.program, noiseFactors: factors.isEmpty ? [1] : factors, lanes: lanes)
    }
    guard !factors.isEmpty else { return nil }
    // Without batches there is one outcome, the full gradient.
    let batches = plan.marginalBatches ?? DrawSet(.fullBatch, sampleCount: plan.program.sampleCount)
    return MinibatchMixture(law, draws: batches, noiseFactors: factors, lanes: lanes)
  }

  /// Starts with other trajectories, at their beginning.
  public func begin(firstTrajectory: UInt64, count: Int) {
    precondition(0...lanes ~= count, "a block has no more trajectories than lanes")
    self.firstTrajectory = firstTrajectory
    self.count = count
    for lane in 0..<lanes { (divergence[lane], hasLostRatio[lane]) = (nil, false) }
    (divergedCount, isSecondTime) = (0, false)
    beginPaths()
  }

  /// Starts once more with the same trajectories: those that have diverged are left out from the beginning.
  ///
  /// Everything is made again to the last bit.
  func beginAgain() {
    isSecondTime = true
    beginPaths()
  }

  private func beginPaths() {
    source.begin(firstTrajectory: firstTrajectory)
    law.draw(into: theta, from: source)
    origin.copy(theta)
    index = 0
    (isGradientCurrent, isDensityCurrent) = (false, false)
  }

  /// Whether a trajectory has diverged.
  var hasDiverged: Bool { divergedCount > 0 }

  /// Whether all have.
  var isLost: Bool { divergedCount == count }

  /// Whether observers are shown the block: not once a trajectory has diverged, until it is left out from the beginning.
  var isShown: Bool { isSecondTime || divergedCount == 0 }

  /// Ends the burn-in: from here on path quantities are accumulated.
  public func beginPath() {
    start.copy(theta)
    for sum in [extended, marginal, work, residuals] { sum.fill(0) }
    residualDegrees = 0
  }

  /// Makes a step.
  ///
  /// - Parameters:
  ///   - index: k, from 0, which chooses the setting of the step.
  ///   - draw: The number of the step among those made, which chooses the random numbers.
  ///   - isBurnIn: Whether path quantities are left alone.
  /// - Throws: What the plan says about the law of a step that changes.
  public func step(_ index: Int, draw: Int, isBurnIn: Bool = false) throws {
    self.index = index
    let setting = usesSettings ? plan.clock.setting(index) : nil
    if let setting, setting.learningRate == 0 { return stand(draw) }
    if let setting { try prepare(setting, isBurnIn: isBurnIn) }
    for part in 0..<substeps { makeSubstep(index, draw: draw * substeps + part, isBurnIn: isBurnIn) }
    if let setting, options.work, !isBurnIn, options.direction == .reverse {
      addWork(from: setting.time, to: setting.startTime)
    }
  }

  /// A step of the learning rate 0: no move, no noise, no time, so no work and no share in any ratio.
  ///
  /// Observers find θ before the step where it is after it, and the gradient that nothing was done with.
  private func stand(_ draw: Int) {
    previous.copy(theta)
    guard integrator == nil else { return }
    sampler.draw(step: draw * substeps, from: source)
    sampler.evaluate(field, at: theta.pointer, into: gradient)
    (isGradientCurrent, haveGradientsMoved) = (false, false)
  }

  private func makeSubstep(_ index: Int, draw: Int, isBurnIn: Bool) {
    if let integrator {
      let isFinite = integrator.advance(theta.pointer, field, step: draw, from: source, into: previous.pointer)
      isSwapped.toggle()
      if !isFinite { park(at: index) }
      return
    }
    sampler.draw(step: draw, from: source)
    let (here, next) = (theta.pointer, previous.pointer)
    let gradient = gradient
    if !isGradientCurrent { sampler.evaluate(field, at: here, into: gradient) }
    let isFinite = kernel.advance(here, gradient: gradient, step: draw, from: source, into: next)
    if accumulatesResiduals, !isBurnIn {
      kernel.addResidual(from: here, gradient: gradient, to: next, into: residuals.pointer)
      residualDegrees += dimension
    }
    // `previous` has been written over by the new point, and becomes the current one.
    isSwapped.toggle()
    if !isFinite { park(at: index) }
    haveGradientsMoved = accumulatesGradients && !isBurnIn
    if isBurnIn { isGradientCurrent = false } else { accumulate() }
  }

  /// The gradient at the current point, and where the one at the next point goes.
  private var gradient: UnsafeMutablePointer<Double> { (isGradientSwapped ? gradients.1 : gradients.0).pointer }
  private var nextGradient: UnsafeMutablePointer<Double> { (isGradientSwapped ? gradients.0 : gradients.1).pointer }

  /// The jump of time and the law of a step, before it is made.
  private func prepare(_ setting: StepSetting, isBurnIn: Bool) throws {
    if options.work, !isBurnIn, options.direction == .forward { addWork(from: setting.startTime, to: setting.time) }
    if plan.program.isTimeDependent { field.setTime(setting.time) }
    if plan.constantLaw == nil { try changeLaw(setting) }
  }

  private func changeLaw(_ setting: StepSetting) throws {
    let law = try plan.law(setting)
    kernel.setLaw(law)
    integrator?.prepare(law, learningRate: setting.learningRate)
    density?.setLaw(law)
    isDensityCurrent = false
  }

  /// Adds the log-ratios of the step from `previous` to `theta`.
  private func accumulate() {
    if accumulatesGradients {
      let (before, after) = (previous.pointer, theta.pointer)
      let nextGradient = nextGradient
      sampler.evaluate(field, at: after, into: nextGradient)
      kernel.addLogRatio(
        from: before, gradient: gradient, to: after, nextGradient: nextGradient, into: extended.pointer)
      isGradientSwapped.toggle()
      isGradientCurrent = plan.isFieldConstant && sampler.isDeterministic
    } else {
      isGradientCurrent = false
    }
    guard let density else { return }
    if !isDensityCurrent { density.begin(at: previous.pointer, field) }
    if let residualDensity {
      residualDensity.addResidual(from: previous.pointer, to: theta.pointer, into: residuals.pointer)
      residualDegrees += residualDensity.residualDegrees
    }
    density.evaluateEnd(at: theta.pointer, field)
    let sums = options.marginalNoiseFactors.isEmpty ? extended : marginal
    density.addLogRatio(from: previous.pointer, to: theta.pointer, into: sums.pointer)
    density.moveOn()
    isDensityCurrent = plan.isHomogeneous
  }

  private func addWork(from before: Double, to after: Double) {
    field.setTime(before)
    field.loss(at: theta.pointer, into: energies.row(0))
    field.setTime(after)
    field.loss(at: theta.pointer, into: energies.row(1))
    for lane in 0..<lanes { work.pointer[lane] += energies.row(1)[lane] - energies.row(0)[lane] }
  }

  /// Records the lanes that are infinite or NaN, and puts them back to where they started, out of the way.
  private func park(at step: Int) {
    for lane in 0..<lanes {
      let isSound = (0..<dimension).allSatisfy { theta[$0, lane].isFinite }
      if isSound { continue }
      lose(lane, at: step)
      for i in 0..<dimension {
        theta[i, lane] = origin[i, lane]
        previous[i, lane] = origin[i, lane]
      }
    }
  }

  /// Records the lanes whose path quantities are infinite or NaN although θ is finite; asked at the end.
  ///
  /// They are lost, except for those that lack a ratio alone where the options keep these.
  public func checkPaths() {
    for sums in [extended, marginal] {
      for lane in lanesNotFinite(sums) where divergence[lane] == nil { hasLostRatio[lane] = true }
    }
    if !options.keepsPathsWithoutRatio {
      for lane in 0..<lanes where hasLostRatio[lane] { lose(lane, at: index) }
    }
    for lane in lanesNotFinite(work) { lose(lane, at: index) }
  }

  private func lanesNotFinite(_ sums: LaneStorage) -> [Int] {
    (0..<lanes).filter { lane in (0..<sums.dimension).contains { !sums[$0, lane].isFinite } }
  }

  private func lose(_ lane: Int, at step: Int) {
    if divergence[lane] != nil { return }
    divergence[lane] = step
    if lane < count { divergedCount += 1 }
  }

  /// The lanes of trajectories that have not diverged: for the observer of an ensemble those that never do.
  public var soundLanes: [Int] { (0..<count).filter { divergence[$0] == nil } }
}

extension SimulationPlan {
  /// Whether the gradient at a point is the same at all times.
  var isFieldConstant: Bool { !program.isTimeDependent }
}
