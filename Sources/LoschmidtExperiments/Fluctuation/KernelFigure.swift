import LoschmidtDynamics
import LoschmidtReports
import LoschmidtThermodynamics

/// The test of the kernel on the residuals of one or several ensembles, or why there is none.
struct KernelFigure {
  private var residuals = StepResiduals()
  private var diverged = 0
  private var trajectories = 0

  /// No ensemble yet.
  init() {}

  /// Takes the residuals of all steps of all trajectories.
  ///
  /// - Parameters:
  ///   - residuals: Of the trajectories that were finished.
  ///   - ensemble: How they ended.
  ///   - noiseFactor: The factor on the covariance in the density that is tested, unless the residuals know it.
  init<Partial>(_ residuals: StepResiduals, _ ensemble: EnsembleResult<Partial>, noiseFactor: Double) {
    self.residuals = residuals.scaled(byNoise: noiseFactor)
    (diverged, trajectories) = (ensemble.divergedCount, ensemble.trajectories)
  }

  /// Adds the residuals of other ensembles.
  mutating func append(_ other: KernelFigure) {
    residuals.append(other.residuals)
    diverged += other.diverged
    trajectories += other.trajectories
  }

  /// Of these ensembles and others.
  func with(_ other: KernelFigure) -> KernelFigure {
    var all = self
    all.append(other)
    return all
  }

  /// Why nothing can be tested.
  private var reason: String {
    if diverged > 0 { return VerdictReason.diverged(count: diverged, trajectories: trajectories).clause }
    if residuals.degrees == 0 { return "no step was made whose residual has a known law" }
    return "rounding of the positions is not small against the noise of a step"
  }

  private var test: KernelTest? { diverged > 0 ? nil : KernelTest(residuals) }

  /// The p-value.
  var figure: FigureValue { .descriptive(test?.pValue, otherwise: reason) }

  /// Sets the figure `kernel.p` of a result, in the place where it stands already.
  func put(into result: inout ExperimentResult) {
    let name = "kernel.p"
    if let place = result.figures.firstIndex(where: { $0.name == name }) {
      result.figures[place].value = figure
    } else {
      result.figures.append((name, figure))
    }
  }

  /// The outcome of a test of R together with that of the kernel; a pass without a test of the kernel says so.
  func combine(_ outcome: VerdictOutcome, level: Double) -> VerdictOutcome {
    let test = test
    guard test == nil, outcome.status == .pass else { return KernelTest.combine(outcome, test, level: level) }
    var outcome = outcome
    outcome.reasons.append(.kernelNotTested(reason: reason))
    return outcome
  }

  /// The same for a theorem that has no control of its own: a pass also needs that a noise which is wrong by the factor would
  /// be seen.
  ///
  /// Work that is the same on every path needs no statistics.
  func combine(_ outcome: VerdictOutcome, level: Double, control factor: Double?) -> VerdictOutcome {
    let combined = combine(outcome, level: level)
    guard let factor, combined.status == .pass, outcome.reasons != [.constantWork] else { return combined }
    return KernelTest.requirePower(
      combined, diverged > 0 ? nil : residuals, factor: factor, trajectories: trajectories, level: level)
  }
}
