import LoschmidtDynamics
import LoschmidtNumerics
import LoschmidtReports
import LoschmidtThermodynamics

/// The experiment `relaxation`: averages over independent paths in time.
public struct RelaxationExperiment: ReplayableExperiment {
  let plan: SimulationPlan
  let settings: RelaxationSettings
  let observables: ObservableProgram
  /// Why the steps have no density; `nil` where they have.
  let missing: MissingDensity?

  /// The experiment with a plan for all its steps.
  ///
  /// - Throws: What is wrong with an observable, or with a law of a step.
  public init(plan: SimulationPlan, settings: RelaxationSettings) throws {
    self.plan = plan
    self.settings = settings
    missing = try plan.missingDensity()
    observables = try ObservableProgram(
      settings.observables, parameters: plan.process.parameters, common: plan.program.common)
  }

  /// The same experiment on another number of trajectories and steps; nothing is selected where they are too few for it.
  init(_ whole: RelaxationExperiment, ensemble: EnsembleSettings) {
    var settings = whole.settings
    settings.ensemble = ensemble
    if ensemble.steps / settings.every < RelaxationSettings.leastSelectionIntervals { settings.selects = [] }
    (plan, self.settings, observables, missing) = (whole.plan, settings, whole.observables, whole.missing)
  }

  /// The ensemble, from the initial law of the process, with its path ratio where there is one.
  public func ensemble(_ context: RunContext) -> Ensemble {
    var ensemble = Ensemble(
      plan, start: plan.process.initialLaw, key: context.key, trajectories: settings.ensemble.trajectories,
      burnIn: settings.ensemble.burnIn, steps: settings.ensemble.steps, options: PathOptions(extended: missing == nil))
    ensemble.sizedFor = context.sizedFor
    return ensemble
  }

  /// Simulates; decided is only what is selected on the orbits of symmetries.
  public func run(_ context: RunContext) throws -> ExperimentResult {
    let ensemble = ensemble(context)
    let outcome = try ensemble.run(context.watch("paths"), merge: { $0.merge($1) }) {
      RelaxationObserver(
        plan, observables: observables, symmetries: settings.selects, every: settings.every,
        burnIn: settings.ensemble.burnIn, steps: settings.ensemble.steps, lanes: ensemble.lanes)
    }
    context.begin("table", growing: [.steps])
    var result = ExperimentResult(kind: RelaxationSettings.name, title: settings.title)
    result.tables = [("path", table(outcome.partials.first, outcome.finished))]
    result.remarks = outcome.remarks(of: settings.ensemble.trajectories)
    context.keep(result)
    context.begin("portrait")
    if !context.isStopped() { try Portrait.append(to: &result) { try Portrait(of: ensemble) } }
    result.verdicts = SelectionReport(settings, plan, outcome, context).verdicts
    // There is no verdict that could carry it.
    if result.verdicts.isEmpty, let claim = settings.claim { result.remarks.append("Claim: \(claim)") }
    return result
  }

  private func table(_ sample: RelaxationSample?, _ finished: FinishedTrajectories) -> Table {
    var table = Table(columns: ["step", "time", "observable", "mean", "standard_error"].map { Table.Column($0) })
    let quantities = quantities
    let names = quantities.map(\.name)
    let reasons = names.indices.map(reason)
    let missing = MissingMoments(noiseOf: plan)
    let degrees = degrees(missing)
    let few = finished.reason
    for record in 0...(settings.ensemble.steps / settings.every) {
      let step = record * settings.every
      let time = Cell.finite(
        plan.clock.time(settings.ensemble.burnIn + step), otherwise: "the time exceeds the range of numbers")
      for (index, name) in names.enumerated() {
        let moments = sample?[record, quantities[index].row] ?? Moments()
        var reason = reasons[index]
        if index == 2, record == 0, reason == nil { reason = "a rate needs two records, and this is the first" }
        if index == 2, record > 0, reason == nil, !passesTime(before: step) {
          reason = "the learning rate is 0 since the last record, so that no time has passed"
        }
        // The initial law has all moments.
        let degree = settings.ensemble.burnIn + step > 0 ? degrees[index] : nil
        let values = zip([moments.mean, moments.standardError], [1, 2]).map { value, power -> Cell in
          let reason = reason ?? missing.reason(power: power, degree: degree)
          return reason.map { .missing(reason: $0) } ?? .finite(value, otherwise: few)
        }
        table.append([.integer(settings.ensemble.burnIn + step), time, .text(name)] + values)
      }
    }
    return table
  }

  /// Whether time has passed since the record before the one at a step.
  private func passesTime(before step: Int) -> Bool {
    let made = settings.ensemble.burnIn + step
    return plan.clock.time(made) > plan.clock.time(made - settings.every)
  }

  /// The degree of each quantity as a polynomial of θ, as far as it matters and is known.
  private func degrees(_ missing: MissingMoments) -> [Int?] {
    let loss = missing.degreeOfLoss
    // Loss, effective loss and potential have the same degree.
    let fixed = RelaxationObserver.fixedNames.map { $0 == "entropy-production-rate" ? nil : loss }
    return fixed + settings.observables.map { missing.degree(of: $0.expression) }
      + settings.selectionNames.map { _ in nil }
  }

  /// What the table shows, with the row of the sample.
  private var quantities: [(name: String, row: Int)] {
    var quantities = (RelaxationObserver.fixedNames + observables.names).enumerated().map { ($0.element, $0.offset) }
    var row = quantities.count
    for symmetry in settings.selects {
      if case .charge = symmetry {
        quantities += [("charge.\(symmetry.name)", row), ("charge-drift.\(symmetry.name)", row + 1)]
      }
      row += 2
    }
    return quantities
  }

  /// Why a quantity does not exist at all; `nil` where it does.
  private func reason(_ quantity: Int) -> String? {
    switch quantity {
    case 0: return plan.process.landscape == nil ? "the process has no loss" : nil
    case 1, 3:
      if plan.process.landscape == nil { return "the process has no loss" }
      if (plan.process.algorithm as? ModifiedSDE)?.order == .first {
        return "the drift of the modified equation of order 1 is that of the loss itself"
      }
      if plan.descent == nil, !(plan.process.algorithm is ModifiedSDE) {
        return "φ is known for the steps of 'gradient-descent' and of 'modified-sde'"
      }
      if plan.process.force != nil { return "a force acts besides the loss, and need not come from one" }
      if MissingMoments(noiseOf: plan).reason(order: 2) != nil {
        return "the noise has no variance, so that φ = (η/4) E ĝᵀΛĝ is infinite"
      }
      return EffectiveLoss(plan, lanes: 4) == nil
        ? "φ is known where the gradient is affine in the column that the noise is on" : nil
    case 2: return missing?.sentence
    default: return nil
    }
  }

  /// The settings as they were understood.
  public var resolved: [(key: String, value: String)] {
    let selects = settings.selects.isEmpty ? [] : [("selects", settings.selects.map(\.name).joined(separator: ", "))]
    return settings.ensemble.resolved + [
      ("observables", observablesText(settings.observables)), ("every", "\(settings.every)"),
    ] + selects
  }

  /// Trajectories × steps × the samples of a gradient, and all samples for each record.
  public var estimatedSampleGradients: Double? {
    let records = Double(settings.ensemble.steps / settings.every + 1) * Double(settings.ensemble.trajectories)
    return settings.ensemble.estimatedSampleGradients(plan) + records * Double(plan.program.sampleCount)
  }
}
