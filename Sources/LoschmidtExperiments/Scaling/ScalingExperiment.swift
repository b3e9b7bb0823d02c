import Foundation
import LoschmidtDynamics
import LoschmidtNumerics
import LoschmidtReports
import LoschmidtThermodynamics

/// The experiment `scaling`: how a statistic depends on a setting, as a power with its confidence interval.
///
/// Every value has an ensemble of its own, with independent random numbers; trajectory i of value v has the number
/// v·2⁴⁸ + i. Steps and burn-in are the same for every value, so that burn-in has to be long enough for the slowest one.
/// Reshuffled batches are looked at when an epoch ends, everything else after every step. All errors come from the
/// scatter of replicas.
public struct ScalingExperiment: ReplayableExperiment {
  let plans: [SimulationPlan]
  let settings: ScalingSettings
  private let observable: ObservableProgram?

  /// The experiment on a process, with a plan for every value.
  ///
  /// - Throws: What is wrong with a plan or with the observable.
  public init(process: TrainingProcess, settings: ScalingSettings) throws {
    self.settings = settings
    let steps = settings.ensemble.burnIn + settings.ensemble.steps
    plans = try settings.values.map { value throws(SimulationPlan.Fault) in
      try SimulationPlan(settings.variable.process(process, with: value), steps: steps)
    }
    let common = plans.first?.program.common
    observable = try settings.observable.flatMap { expression in
      try common.map {
        try ObservableProgram([("observable", expression)], parameters: process.parameters, common: $0)
      }
    }
  }

  /// The same experiment on another number of trajectories and steps.
  init(_ whole: ScalingExperiment, ensemble: EnsembleSettings) {
    var settings = whole.settings
    settings.ensemble = ensemble
    (plans, self.settings, observable) = (whole.plans, settings, whole.observable)
  }

  /// The ensemble of the first value.
  public func ensemble(_ context: RunContext) -> Ensemble { ensemble(at: 0, context) }

  private func ensemble(at index: Int, _ context: RunContext) -> Ensemble {
    var ensemble = Ensemble(
      plans[index], start: plans[index].process.initialLaw, key: context.key,
      trajectories: settings.ensemble.trajectories, burnIn: settings.ensemble.burnIn, steps: settings.ensemble.steps,
      options: PathOptions(extended: settings.statistic == .entropyProduction))
    ensemble.firstTrajectory = UInt64(index) << 48
    ensemble.sizedFor = context.sizedFor
    return ensemble
  }

  /// Simulates all ensembles, fits and decides.
  public func run(_ context: RunContext) throws -> ExperimentResult {
    var scan = Scan()
    for index in settings.values.indices where !context.isStopped() {
      try measure(index, context, into: &scan)
      context.keep(result(of: scan, context))
    }
    return result(of: scan, context)
  }

  private func result(of measured: Scan, _ context: RunContext) -> ExperimentResult {
    var scan = measured
    for value in settings.values.dropFirst(scan.points.count) {
      scan.points.append(ScalingPoint(value: value, statistic: .nan, standardError: .nan))
    }
    let report = ScalingReport(settings, scan)
    var result = ExperimentResult(kind: ScalingSettings.name, title: settings.title)
    result.figures = report.figures
    result.tables = [("scan", report.table)]
    if let expected = settings.expected { result.verdicts = [report.verdict(expected, context)] }
    result.remarks = scan.remarks + report.remarks
    return result
  }

  /// What all ensembles gave.
  struct Scan {
    var points: [ScalingPoint] = []
    var diverged = 0
    var trajectories = 0
    var remarks: [String] = []
    /// The p-values of the claims that what is averaged does not drift.
    var drifts: [Double] = []
    /// By how much every statistic may be off on the way to the stationary state, relative to it.
    var shifts: [Double] = []
    /// Whether the process at each value is known to have a stationary state.
    var settles: [Bool] = []
  }

  private func measure(_ index: Int, _ context: RunContext, into scan: inout Scan) throws {
    let value = settings.values[index]
    let name = "\(settings.variable.rawValue) = \(NumberText.rounded(value, digits: 6))"
    let ensemble = ensemble(at: index, context)
    let watch = context.watch(name, stage: "value \(index)")
    func note<Partial>(_ outcome: EnsembleResult<Partial>) {
      scan.diverged += outcome.divergedCount
      scan.trajectories += outcome.trajectories
      scan.remarks += outcome.remarks(of: settings.ensemble.trajectories, called: "the ensemble at \(name)")
    }
    scan.settles.append((try? StationaryMoments(plans[index], step: settings.ensemble.burnIn)) != nil)
    guard let observable else {
      let outcome = try ensemble.run(watch, merge: { $0.append($1) }) {
        ProductionObserver(boundary: nil, stationary: nil, countsCurrents: false, steps: settings.ensemble.steps)
      }
      note(outcome)
      let sums = outcome.partials.first ?? ProductionSums()
      let (moments, steps) = (Moments(sums.ratios.extended), Double(settings.ensemble.steps))
      scan.points.append(
        ScalingPoint(
          value: value, statistic: moments.mean / steps, standardError: moments.standardError / steps,
          replicas: moments.count))
      judge(sums.change(steps: settings.ensemble.steps), index, into: &scan)
      return
    }
    let interval = plans[index].recordInterval
    let outcome = try ensemble.run(watch, merge: { $0.merge($1) }) {
      TimeAverageObserver(observable, every: interval, steps: settings.ensemble.steps, lanes: ensemble.lanes)
    }
    note(outcome)
    let sample = outcome.partials.first ?? TimeAverageSample()
    let product = sample.product
    let isMean = settings.statistic == .mean
    var missing: String?
    if !MissingMoments(plans[index], step: settings.ensemble.burnIn).isKnown(order: 4) {
      missing = TailGate(spreadOf: sample.ends.rows[0]).reason(power: isMean ? 1 : 2, of: "the values at the end")
    }
    scan.points.append(
      ScalingPoint(
        value: value, statistic: isMean ? product.mean : product.covariance,
        standardError: isMean ? product.meanStandardError : product.covarianceStandardError,
        replicas: product.count, missingError: missing))
    judge(isMean ? sample.meanDrift : sample.drift, index, into: &scan)
  }

  /// Whether what is averaged changes between the halves of the steps, and what that may do to the last point.
  private func judge(_ change: Moments, _ index: Int, into scan: inout Scan) {
    let guardian = StationarityGuard(
      change: change,
      relaxation: plans[index].relaxationFactor(step: settings.ensemble.burnIn).map { .factor($0) } ?? .unknown,
      ensemble: settings.ensemble, level: 0.5)
    scan.drifts.append(StationarityGuard.pValue(of: change))
    scan.shifts.append(guardian.largestShift / abs(scan.points[index].statistic))
  }

  /// The settings as they were understood.
  public var resolved: [(key: String, value: String)] {
    var resolved = settings.ensemble.resolved
    resolved += [
      ("over", settings.variable.rawValue),
      ("values", settings.values.map { NumberText.rounded($0, digits: 6) }.joined(separator: ", ")),
      ("statistic", settings.statistic.rawValue),
    ]
    if let observable = settings.observable { resolved.append(("observable", observable.text)) }
    resolved.append(("correction", settings.correction.rawValue))
    resolved.append(("expected", settings.expected.map { NumberText.rounded($0, digits: 6) } ?? "none"))
    return resolved
  }

  /// Trajectories × steps × the samples of a gradient, over all values.
  public var estimatedSampleGradients: Double? {
    plans.reduce(0) { $0 + settings.ensemble.estimatedSampleGradients($1) }
  }
}
