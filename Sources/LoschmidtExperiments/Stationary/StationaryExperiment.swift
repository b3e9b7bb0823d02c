import LoschmidtDynamics
import LoschmidtNumerics
import LoschmidtReports
import LoschmidtThermodynamics

/// The experiment `stationary`: moments of the stationary state with errors, the exact ones, and whether it is one.
///
/// Averages run over the counted steps of independent replicas; all errors come from the scatter of replicas, so that
/// correlation in time does not matter.
public struct StationaryExperiment: ReplayableExperiment {
  let plan: SimulationPlan
  let settings: StationarySettings
  let exact: StationaryExact
  let observables: ObservableProgram
  /// Which averages do not exist in the stationary state.
  let missing: MissingMoments

  /// The experiment with a plan for all its steps.
  ///
  /// - Throws: What is wrong with an observable.
  public init(plan: SimulationPlan, settings: StationarySettings) throws {
    self.plan = plan
    self.settings = settings
    exact = StationaryExact(
      plan, step: settings.ensemble.burnIn, steps: settings.ensemble.steps, observables: settings.observables)
    missing = MissingMoments(plan, step: settings.ensemble.burnIn)
    observables = try ObservableProgram(
      settings.observables, parameters: plan.process.parameters, common: plan.program.common)
  }

  /// The same experiment on another number of trajectories and steps, with the exact values of the first.
  init(_ whole: StationaryExperiment, ensemble: EnsembleSettings) {
    var settings = whole.settings
    settings.ensemble = ensemble
    (plan, self.settings, exact) = (whole.plan, settings, whole.exact)
    (observables, missing) = (whole.observables, whole.missing)
  }

  /// The ensemble, from the initial law of the process.
  public func ensemble(_ context: RunContext) -> Ensemble {
    var ensemble = Ensemble(
      plan, start: plan.process.initialLaw, key: context.key, trajectories: settings.ensemble.trajectories,
      burnIn: settings.ensemble.burnIn, steps: settings.ensemble.steps)
    ensemble.sizedFor = context.sizedFor
    return ensemble
  }

  /// Simulates, and decides.
  public func run(_ context: RunContext) throws -> ExperimentResult {
    let ensemble = ensemble(context)
    let question = try question(ensemble)
    let outcome = try ensemble.run(context.watch("steps"), merge: { $0.merge($1) }) {
      StationaryObserver(question, lanes: ensemble.lanes)
    }
    context.begin("verdicts")
    var sample = StationarySample()
    sample.observables = settings.observables.map { _ in TimeAveragedProduct(origin: (0, 0)) }
    sample.coordinates = question.pairs.map { _ in TimeAveragedProduct(origin: (0, 0)) }
    if let first = outcome.partials.first { sample = first }
    var result = ExperimentResult(kind: StationarySettings.name, title: settings.title)
    let report = StationaryReport(self, question, sample)
    result.figures = report.figures
    result.tables = [("moments", report.moments), ("covariance", report.covariance)]
    context.keep(result)
    if let spectrum = report.spectrum { result.tables.append(("spectrum", spectrum)) }
    result.verdicts = StationaryVerdicts(self, sample, context, outcome).all
    result.remarks = outcome.remarks(of: settings.ensemble.trajectories) + report.remarks
    return result
  }

  /// What is looked at.
  func question(_ ensemble: Ensemble) throws -> StationaryQuestion {
    let first = plan.clock.setting(settings.ensemble.burnIn)
    let samples = plan.program.sampleCount
    let batch = plan.process.gradient.samplesPerGradient(sampleCount: samples) * plan.process.gradient.substeps
    return StationaryQuestion(
      observables: observables, exactMean: exact.moments?.mean,
      origin: exact.mean ?? plan.process.initialLaw.mean, law: try plan.law(first),
      steps: settings.ensemble.steps, firstTrajectory: ensemble.firstTrajectory,
      // The loss of one block may cost 64 times as much as the steps of it, and no more.
      correlatesLoss: plan.process.landscape != nil && samples <= 64 * batch)
  }

  /// The settings as they were understood.
  public var resolved: [(key: String, value: String)] {
    settings.ensemble.resolved + [("observables", observablesText(settings.observables))]
  }

  /// Trajectories × steps × the samples of a gradient.
  public var estimatedSampleGradients: Double? { settings.ensemble.estimatedSampleGradients(plan) }
}

/// Observables as a scenario writes them.
func observablesText(_ observables: [(name: String, expression: Expression)]) -> String {
  observables.isEmpty ? "none" : observables.map { "\($0.name): \($0.expression.text)" }.joined(separator: ", ")
}

extension InitialLaw {
  /// The mean of every coordinate.
  var mean: [Double] {
    coordinates.map { coordinate in
      switch coordinate {
      case .point(let value): value
      case .normal(let mean, _): mean
      case .uniform(let lower, let upper): 0.5 * (lower + upper)
      }
    }
  }
}
