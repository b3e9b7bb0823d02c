import LoschmidtNumerics

/// A process made ready to be simulated for a number of steps: compiled once, shared by all workers.
public struct SimulationPlan: Sendable {
  /// Why a process cannot be simulated as it was asked for.
  public enum Fault: Error, Sendable, Equatable {
    /// A schedule leaves its allowed range.
    case schedule(StepClock.Fault)
    /// A kernel without density was asked for its path ratio.
    case noDensity(MissingDensity)
    /// The noise covariance has no factor.
    case linearAlgebra(GSLError)
  }

  /// The process.
  public let process: TrainingProcess
  /// Its gradient field.
  public let program: FieldProgram
  /// The settings of its steps.
  public let clock: StepClock
  /// The law of every step, where all steps have the same.
  public private(set) var constantLaw: StepLaw?

  /// Whether neither the field nor the law of the steps changes in time.
  public var isHomogeneous: Bool { constantLaw != nil && !program.isTimeDependent }

  private let additiveCovariance: DenseMatrix?
  private let bathOfCoordinate: [Int]

  /// A plan for `steps` steps, burn-in included.
  ///
  /// - Throws: A schedule that leaves its range, or a covariance without factor.
  public init(_ process: TrainingProcess, steps: Int) throws(Fault) {
    self.process = process
    program = FieldProgram(parameters: process.parameters, landscape: process.landscape, force: process.force)
    additiveCovariance = process.gradient.additiveCovariance(dimension: process.parameters.dimension)
    if case .perCoordinate = process.temperature {
      bathOfCoordinate = Array(0..<process.parameters.dimension)
    } else {
      bathOfCoordinate = process.parameters.entries.enumerated().flatMap { index, entry in
        [Int](repeating: index, count: entry.shape.count)
      }
    }
    do throws(StepClock.Fault) {
      clock = try StepClock(
        learningRate: process.algorithm.learningRate, temperature: process.temperature, steps: steps)
    } catch { throw .schedule(error) }
    if clock.isConstant { constantLaw = try law(clock.setting(0)) }
  }

  /// The step as one of plain gradient descent; `nil` where it is any other.
  public var descent: PlainDescent? { process.algorithm.descent }

  /// The law of a step, given the gradient; of one of its substeps where it is made of several.
  public func law(_ setting: StepSetting) throws(Fault) -> StepLaw {
    if let constantLaw { return constantLaw }
    var setting = setting
    setting.learningRate /= Double(process.gradient.substeps)
    if setting.temperatures.count > 1 {
      setting.temperatures = bathOfCoordinate.map { setting.temperatures[$0] }
    }
    do throws(GSLError) {
      return try process.algorithm.stepLaw(
        setting, additiveCovariance: additiveCovariance, dimension: process.parameters.dimension)
    } catch { throw .linearAlgebra(error) }
  }

  /// Whether a step has a density of its own, integrated over the noise of the gradient: then no path is extended.
  public var integratesNoise: Bool { process.gradient.randomness == .integrated }

  /// The first reason why a step of this plan has no density given its batch; `nil` where all steps have one.
  public func missingDensity() throws(Fault) -> MissingDensity? {
    if let missing = process.algorithm.missingDensity { return missing }
    if let constantLaw { return missingDensity(constantLaw, clock.setting(0)) }
    for k in 0..<clock.steps where !clock.stands(k) {
      let setting = clock.setting(k)
      guard let missing = missingDensity(try law(setting), setting) else { continue }
      return missing == .deterministicStep || missing == .singularNoise ? .noiselessStep(k) : missing
    }
    return nil
  }

  private func missingDensity(_ law: StepLaw, _ setting: StepSetting) -> MissingDensity? {
    let missing = integratesNoise ? process.gradient.missingDensity(law, program) : law.missingDensity
    let isMissingNoise = missing == .deterministicStep || missing == .singularNoise
    // With heat in every bath there is noise in every direction, whose variance was rounded to 0.
    return isMissingNoise && setting.temperatures.allSatisfy { $0 > 0 } ? .noiseBelowRange : missing
  }

  /// The first reason why there is no density of a step whose batch is not observed; `nil` where there is one.
  public func missingMarginalDensity() throws(Fault) -> MissingDensity? {
    if let missing = try missingDensity() { return missing }
    switch process.gradient.randomness {
    case .partOfStep, .integrated: return nil
    case .hidden: return .unknownMarginal
    case .batches: break
    }
    guard let batches = marginalBatches else { return nil }
    if let minibatch = process.gradient as? Minibatch, minibatch.stepsPerEpoch(sampleCount: program.sampleCount) > 1 {
      return .dependentBatches
    }
    return batches.outcomes == nil ? .tooManyBatches(limit: MinibatchMixture.batchLimit) : nil
  }

  /// The law of the batch that the marginal kernel sums over; `nil` where no batch is drawn.
  public var marginalBatches: DrawSet? {
    process.gradient.batchLaw(sampleCount: program.sampleCount, limit: MinibatchMixture.batchLimit)
  }
}
