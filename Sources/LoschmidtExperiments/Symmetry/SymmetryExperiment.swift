import LoschmidtDynamics
import LoschmidtNumerics
import LoschmidtReports
import LoschmidtThermodynamics

/// The experiment `symmetry`: continuous symmetries of the loss, what the irreversibility of the steps does to them,
/// and the charges that the steps do not conserve.
///
/// Everything but the charges is exact. The charges are watched on trajectories that start at the point, at every step.
public struct SymmetryExperiment: ReplayableExperiment {
  let plan: SimulationPlan
  let settings: SymmetrySettings
  let landscape: ExpressionLandscape
  let law: DrawSet
  /// η of the first step.
  let learningRate: Double
  /// The charge of each generator, or why it has none.
  let charges: [Result<NoetherCharge, ChargeAbsence>]

  /// Why the charge of a generator is not watched.
  enum ChargeAbsence: Error, Equatable {
    /// The generator has none.
    case none(NoetherCharge.Absence)
    /// Thermal noise moves it.
    case thermalNoise
    /// The run was stopped before its ensemble.
    case stopped
  }

  /// The experiment with a plan for all its steps.
  ///
  /// - Throws: What the plan says about a law of its steps.
  public init(plan: SimulationPlan, settings: SymmetrySettings) throws {
    guard let landscape = plan.process.landscape else {
      preconditionFailure("the reader of scenarios refuses processes that 'symmetry' cannot look at")
    }
    self.plan = plan
    self.settings = settings
    self.landscape = landscape
    let samples = landscape.samples.count
    law =
      plan.process.gradient.batchLaw(sampleCount: samples, limit: 0) ?? DrawSet(.fullBatch, sampleCount: samples)
    learningRate = plan.clock.setting(plan.clock.firstMovingStep() ?? 0).learningRate
    let isCold = try plan.isDeterministic()
    charges = settings.generators.map { group in
      do throws(NoetherCharge.Absence) {
        let charge = try NoetherCharge(of: group)
        return isCold ? .success(charge) : .failure(.thermalNoise)
      } catch {
        return .failure(.none(error))
      }
    }
  }

  /// The same experiment at other points, and with another number of trajectories and steps.
  init(_ whole: SymmetryExperiment, settings: SymmetrySettings) {
    (plan, self.settings, landscape, law) = (whole.plan, settings, whole.landscape, whole.law)
    (learningRate, charges) = (whole.learningRate, whole.charges)
  }

  /// The trajectories from the first point.
  public func ensemble(_ context: RunContext) -> Ensemble { ensemble(from: 0, context) }

  private func ensemble(from number: Int, _ context: RunContext) -> Ensemble {
    var ensemble = Ensemble(
      plan, start: InitialLaw(settings.points[number].map { .point($0) }), key: context.key,
      trajectories: settings.trajectories, steps: settings.steps)
    ensemble.firstTrajectory = FluctuationTheoremExperiment.firstTrajectory(ofEnsemble: number)
    ensemble.sizedFor = context.sizedFor
    return ensemble
  }

  /// Looks at every generator at every point.
  public func run(_ context: RunContext) throws -> ExperimentResult {
    var result = ExperimentResult(kind: SymmetrySettings.name, title: settings.title)
    var tables = SymmetryTables()
    for number in settings.points.indices where !context.isStopped() {
      let outcome = try watchCharges(from: number, context)
      result.remarks += outcome?.remarks(of: settings.trajectories) ?? []
      let share = 1 / Double(settings.points.count)
      context.begin("generators", share: share, growing: [.points], telling: "point \(number): generators")
      var records = (outcome?.partials.first ?? []).makeIterator()
      for (group, charge) in zip(settings.generators, charges) {
        let record = (try? charge.get()).flatMap { _ in records.next() }
        let analysis = SymmetryAnalysis(
          self, group, charge, point: number, record: record, diverged: outcome?.divergedCount ?? 0)
        result.figures += analysis.figures
        result.verdicts += analysis.verdicts
        result.remarks += analysis.remarks
        tables.append(analysis)
      }
      result.tables = tables.named
      context.keep(result)
    }
    result.tables = tables.named
    return result
  }

  /// The trajectories from a point; `nil` where there is no charge to watch.
  private func watchCharges(from number: Int, _ context: RunContext) throws -> EnsembleResult<[ChargeRecord]>? {
    let watched = charges.compactMap { try? $0.get() }
    if watched.isEmpty { return nil }
    return try ensemble(from: number, context).run(
      context.watch(
        "point \(number): charges", stage: "charges", share: 1 / Double(settings.points.count), growing: [.points]),
      merge: { records, more in
        for index in records.indices { records[index].merge(more[index]) }
      }, makeObserver: { ChargeObserver(watched) })
  }

  /// The settings as they were understood.
  public var resolved: [(key: String, value: String)] {
    let generators = settings.generators.map { group in
      "\(group.name): {\(group.components.map { "\($0.parameter): \($0.expression.text)" }.joined(separator: ", "))}"
    }
    let points = settings.points.map {
      "(\($0.prefix(8).map(NumberText.shortest).joined(separator: ", "))\($0.count > 8 ? ", …" : ""))"
    }
    return [
      ("generators", shortened(generators)), ("points", shortened(points, limit: 4)),
      ("range", NumberText.shortest(settings.range)), ("trajectories", "\(settings.trajectories)"),
      ("steps", "\(settings.steps)"),
    ]
  }

  /// Trajectories × steps × the samples of a gradient, and some hundreds of passes over the samples for each generator.
  public var estimatedSampleGradients: Double? {
    let points = Double(settings.points.count)
    let ensemble = EnsembleSettings(trajectories: settings.trajectories, steps: settings.steps)
    let watched = charges.contains { (try? $0.get()) != nil } ? ensemble.estimatedSampleGradients(plan) : 0
    return points * (watched + 300 * Double(settings.generators.count) * Double(landscape.samples.count))
  }
}

extension SimulationPlan {
  /// Whether no step has any thermal or other Gaussian noise.
  ///
  /// - Throws: What the plan says about a law of its steps.
  func isDeterministic() throws -> Bool {
    if let constantLaw { return constantLaw.isDeterministic }
    return try (0..<clock.steps).allSatisfy { try law(clock.setting($0)).isDeterministic }
  }
}
