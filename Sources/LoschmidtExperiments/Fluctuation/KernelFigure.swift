import LoschmidtDynamics
import LoschmidtReports
import LoschmidtThermodynamics

/// The test of the kernel on the residuals of an ensemble, or why there is none.
struct KernelFigure {
  private let test: KernelTest?
  private let reason: String

  /// Tests the residuals of all steps of all trajectories.
  ///
  /// - Parameters:
  ///   - residuals: Of the trajectories that were finished.
  ///   - ensemble: How they ended.
  ///   - noiseFactor: The factor on the covariance in the density that is tested, unless the residuals know it.
  init(_ residuals: StepResiduals, _ ensemble: EnsembleResult<PathRatios>, noiseFactor: Double) {
    let (diverged, all) = (ensemble.divergedCount, ensemble.trajectories)
    if diverged > 0 {
      test = nil
      reason = VerdictReason.diverged(count: diverged, trajectories: all).clause
    } else if residuals.degrees == 0 {
      test = nil
      reason = "no step was made whose residual has a known law"
    } else {
      test = KernelTest(residuals.scaled(byNoise: noiseFactor))
      reason = "rounding of the positions is not small against the noise of a step"
    }
  }

  /// The p-value.
  var figure: FigureValue { .descriptive(test?.pValue, otherwise: reason) }

  /// The outcome of a test of R together with that of the kernel; a pass without a test of the kernel says so.
  func combine(_ outcome: VerdictOutcome, level: Double) -> VerdictOutcome {
    guard test == nil, outcome.status == .pass else { return KernelTest.combine(outcome, test, level: level) }
    var outcome = outcome
    outcome.reasons.append(.kernelNotTested(reason: reason))
    return outcome
  }
}
