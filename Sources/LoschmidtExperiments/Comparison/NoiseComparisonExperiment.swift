import LoschmidtDynamics
import LoschmidtNumerics
import LoschmidtReports
import LoschmidtThermodynamics

/// The experiment `noise-comparison`: noise models of SGD side by side on one problem.
///
/// Every model has an ensemble of its own, independent of the others. What is compared with the reference are points at the
/// end, one of each trajectory, so that they are independent.
public struct NoiseComparisonExperiment: ReplayableExperiment {
  /// So many points of each model are compared: the work grows with the square.
  static let pointLimit = 2048
  /// So many numbers in the points at the end that are kept for the tail index.
  private static let finalNumbers = 1 << 20

  let process: TrainingProcess
  let settings: NoiseComparisonSettings
  let models: [ComparedModel]
  let observables: ObservableProgram

  /// The experiment with a plan for every model.
  ///
  /// - Throws: What is wrong with a plan or an observable.
  public init(process: TrainingProcess, settings: NoiseComparisonSettings) throws {
    self.process = process
    self.settings = settings
    models = try settings.models.enumerated().map { try ComparedModel($0, $1, process: process, settings) }
    observables = try ObservableProgram(
      settings.observables, parameters: process.parameters, common: models[0].plan.program.common)
  }

  /// The same experiment on another number of trajectories and steps.
  init(_ whole: NoiseComparisonExperiment, ensemble: EnsembleSettings) {
    var settings = whole.settings
    settings.ensemble = ensemble
    (process, self.settings) = (whole.process, settings)
    (models, observables) = (whole.models, whole.observables)
  }

  /// The ensemble of the reference model.
  public func ensemble(_ context: RunContext) -> Ensemble { ensemble(models[settings.reference], context) }

  /// The ensemble of a model.
  func ensemble(_ model: ComparedModel, _ context: RunContext) -> Ensemble {
    var ensemble = Ensemble(
      model.plan, start: process.initialLaw, key: context.key, trajectories: settings.ensemble.trajectories,
      burnIn: settings.ensemble.burnIn, steps: settings.ensemble.steps, options: model.options)
    ensemble.firstTrajectory = FluctuationTheoremExperiment.firstTrajectory(ofEnsemble: 2 * model.index)
    ensemble.sizedFor = context.sizedFor
    return ensemble
  }

  /// Simulates one model after the other, and compares.
  public func run(_ context: RunContext) throws -> ExperimentResult {
    var found: [ComparedResult] = []
    for model in models where !context.isStopped() {
      func keep(_ found: [ComparedResult]) {
        context.keep(result(of: NoiseComparisonReport(self, found, context, comparesPoints: false), found))
      }
      found.append(try simulate(model, context) { keep(found + [$0]) })
      keep(found)
    }
    return result(of: NoiseComparisonReport(self, found, context), found)
  }

  private func result(of report: NoiseComparisonReport, _ found: [ComparedResult]) -> ExperimentResult {
    var result = ExperimentResult(kind: NoiseComparisonSettings.name, title: settings.title)
    result.tables = [("models", report.models)]
    if !settings.observables.isEmpty { result.tables.append(("observables", report.observables)) }
    result.verdicts = report.verdicts
    result.samples = found.map(ends)
    result.remarks = report.remarks
    return result
  }

  /// θ at the end of the first trajectories of one model.
  private func ends(_ found: ComparedResult) -> SampleArray {
    let dimension = process.parameters.dimension
    let points = found.sample.finalPoints.filter { $0.allSatisfy(\.isFinite) }
    let asked = min(finalPoints, found.outcome.trajectories)
    return SampleArray(
      name: "end[\(found.model.index)]",
      about: "θ at the end of the first trajectories of model \(found.model.index), \(found.model.text).", unit: nil,
      shape: [points.count, dimension], leftOut: asked - points.count, values: points.flatMap { $0 })
  }

  /// Of so many trajectories the end is kept.
  var finalPoints: Int {
    min(settings.ensemble.trajectories, max(Self.pointLimit, Self.finalNumbers / process.parameters.dimension))
  }

  /// Simulates one model; `keep` takes what there is before its theorem, which needs paths of its own.
  private func simulate(
    _ model: ComparedModel, _ context: RunContext, keep: (ComparedResult) -> Void
  ) throws -> ComparedResult {
    let ensemble = ensemble(model, context)
    let question = question(model, ensemble)
    let empty = ComparisonSample(
      dimension: process.parameters.dimension, observables: settings.observables.count, groups: question.groups)
    let limit = question.finalPoints
    let outcome = try ensemble.run(
      context.watch(model.text, stage: "model \(model.index)"),
      merge: { $0.merge($1, finalPoints: limit) }
    ) { ComparisonObserver(question, lanes: ensemble.lanes) }
    func compared(_ theorem: Result<Verdict, TheoremObstacle>) -> ComparedResult {
      ComparedResult(
        model: model, sample: outcome.partials.first ?? empty, origin: question.origin, outcome: outcome,
        theorem: theorem)
    }
    keep(compared(.failure(TheoremObstacle(sentence: "the run was stopped before it was decided"))))
    return compared(try theorem(model, context.part("theorem \(model.index): ")))
  }

  private func question(_ model: ComparedModel, _ ensemble: Ensemble) -> ComparisonQuestion {
    let mean = try? model.moments.get().mean
    let trajectories = settings.ensemble.trajectories
    return ComparisonQuestion(
      observables: observables, origin: mean ?? process.initialLaw.mean, every: model.every,
      burnIn: settings.ensemble.burnIn, steps: settings.ensemble.steps,
      groups: min(trajectories, GroupedSums.largestGroupCount),
      finalPoints: finalPoints,
      firstTrajectory: ensemble.firstTrajectory)
  }

  private func theorem(_ model: ComparedModel, _ context: RunContext) throws -> Result<Verdict, TheoremObstacle> {
    switch try model.theorem(settings) {
    case .failure(let obstacle): return .failure(obstacle)
    case .success(let experiment):
      guard let verdict = try experiment.run(context).verdicts.first else {
        preconditionFailure("the detailed theorem has a verdict")
      }
      return .success(verdict)
    }
  }

  /// The settings as they were understood.
  public var resolved: [(key: String, value: String)] {
    settings.ensemble.resolved + [
      ("models", models.map(\.text).joined(separator: ", ")), ("reference", models[settings.reference].text),
      ("observables", observablesText(settings.observables)), ("every", "\(settings.every)"),
      ("theorem-steps", "\(settings.theoremSteps)"),
    ]
  }

  /// Trajectories × steps × the samples of a gradient, for each model, and all samples for each record.
  public var estimatedSampleGradients: Double? {
    models.reduce(0) { sum, model in
      let isMarginal = model.production == .marginal
      let records = Double(settings.ensemble.steps / model.every) * Double(settings.ensemble.trajectories)
      return sum + settings.ensemble.estimatedSampleGradients(model.plan, isMarginal: isMarginal)
        + records * Double(model.plan.program.sampleCount)
    }
  }
}

extension RunContext {
  /// The same context for an experiment that is a part of another, with the same steps in a miniature.
  func part(_ prefix: String) -> RunContext {
    var context = self
    // What a part has is not what the experiment has.
    context.keep = { _ in }
    let tell = begins
    context.stagePrefix = stagePrefix + prefix
    context.begins = { stage in
      var stage = stage
      // Its steps are as many in a miniature.
      stage.growth = stage.growth.compactMap { $0 == .paths ? .blocks : $0 == .steps ? nil : $0 }
      tell(stage)
    }
    return context
  }
}
