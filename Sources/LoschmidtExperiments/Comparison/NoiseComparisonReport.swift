import LoschmidtDynamics
import LoschmidtNumerics
import LoschmidtReports
import LoschmidtThermodynamics

/// The tables, verdicts and remarks of `noise-comparison`.
struct NoiseComparisonReport {
  private let experiment: NoiseComparisonExperiment
  private let found: [ComparedResult]
  private let level: SharedLevel
  private let expectedFactor: Double
  /// The distance of each model from the reference; `nil` for the reference, and where there are no points.
  private let distances: [ModelDistance?]
  private var settings: NoiseComparisonSettings { experiment.settings }

  /// The report; comparing the points is left out on request, since it takes some seconds.
  init(
    _ experiment: NoiseComparisonExperiment, _ found: [ComparedResult], _ context: RunContext,
    comparesPoints: Bool = true
  ) {
    self.experiment = experiment
    self.found = found
    expectedFactor = context.expectedFactor
    let level = context.level(experiment.settings.ensemble.alpha)
    self.level = level
    let reference = experiment.settings.reference
    if comparesPoints { context.begin("distances from the reference", growing: [.pairs]) }
    let tried = context.sizedFor.map { min(Self.triedPoints, $0) }
    distances = found.enumerated().map { index, result in
      guard comparesPoints, index != reference, found.count > reference, !context.isStopped() else { return nil }
      context.progress(Double(index) / Double(found.count), "distances from the reference")
      return ModelDistance(
        Self.points(result, tried), Self.points(found[reference], tried), level: level.perTest,
        seed: context.key.word &+ UInt64(index))
    }
  }

  /// So many points are compared in a miniature: of fewer, what does not grow with their number would be most of the time.
  static let triedPoints = 512

  /// The points that are compared; in a miniature those that there are, again and again.
  private static func points(_ result: ComparedResult, _ tried: Int?) -> [[Double]] {
    let points = result.sample.finalPoints
    guard let tried, !points.isEmpty else { return Array(points.prefix(NoiseComparisonExperiment.pointLimit)) }
    return (0..<tried).map { points[$0 % points.count] }
  }

  // MARK: Tables

  /// One row for each model, in the order given.
  var models: Table {
    let columns = [
      "model", "stationary_loss", "stationary_loss_se", "trace_covariance", "trace_covariance_se",
      "exact_trace_covariance", "kurtosis", "tail_index", "entropy_production", "entropy_production_kind",
      "detailed_theorem", "distance_to_reference", "distance_se", "exact_stationary_loss", "kurtosis_se",
      "tail_index_se", "entropy_production_se", "distance_p",
    ]
    var table = Table(
      columns: columns.map {
        Table.Column($0, unit: $0.hasPrefix("entropy_production") && !$0.hasSuffix("kind") ? "nats" : nil)
      })
    for (index, result) in found.enumerated() { table.append(row(index, result)) }
    return table
  }

  private func row(_ index: Int, _ result: ComparedResult) -> [Cell] {
    let model = result.model
    // The mean of a loss that is no polynomial may exist.
    let loss = cells(result.loss, order: model.missing.degreeOfLoss ?? 0, of: result)
    var trace = cells(result.trace, order: 2, of: result)
    var kurtosis = cells(result.kurtosis, order: 4, of: result)
    if let reason = result.missingTraceError {
      trace[1] = .missing(reason: reason)
      kurtosis[1] = .missing(reason: reason)
    }
    let tail = tailCells(result)
    let production = productionCells(result)
    let distance = distanceCells(index)
    return [
      .text(model.text), loss[0], loss[1], trace[0], trace[1], exact(model.exactTrace), kurtosis[0], tail[0],
      production[0], model.production.cell, theoremCell(result), distance[0], distance[1], exact(model.exactLoss),
      kurtosis[1], tail[1], production[1], distance[2],
    ]
  }

  /// An average of moments of an order of θ, and its standard error, which takes those of twice the order.
  private func cells(
    _ estimate: (value: Double, standardError: Double), order: Int, of result: ComparedResult
  ) -> [Cell] {
    let few = few(result)
    return zip([estimate.value, estimate.standardError], [order, 2 * order]).map { value, order in
      result.model.missing.reason(order: order).map { .missing(reason: $0) } ?? .finite(value, otherwise: few)
    }
  }

  /// Why an average of a model is not there: errors come from groups.
  private func few(_ result: ComparedResult) -> String {
    let groups = result.sample.sums.counts.count { $0 > 0 }
    return groups == 1
      ? "fewer than two groups of trajectories were finished" : FinishedTrajectories(count: groups).reason
  }

  /// Why a distance from the reference is not there.
  private func noDistance(_ index: Int) -> String {
    // Models are simulated in their order, and the reference may be a later one.
    guard found.indices.contains(settings.reference) else {
      return "the run was stopped before the reference was simulated"
    }
    let fewest = min(found[index].sample.finalPoints.count, found[settings.reference].sample.finalPoints.count)
    return fewest < 2
      ? "fewer than two trajectories of a model were finished" : "the distance is not finite, or the run was stopped"
  }

  private func exact(_ value: Result<Double, StationaryMoments.Missing>) -> Cell {
    switch value {
    case .success(let value): .finite(value, otherwise: "the exact value is not finite")
    case .failure(let missing): .missing(reason: missing.sentence)
    }
  }

  private func tailCells(_ result: ComparedResult) -> [Cell] {
    let none = "the tail index needs 100 points at the end that are not all alike"
    return [
      .finite(result.tail?.tailIndex, otherwise: none), .finite(result.tail?.standardError, otherwise: none),
    ]
  }

  private func productionCells(_ result: ComparedResult) -> [Cell] {
    if case .missing(let reason) = result.model.production {
      return [.missing(reason: reason), .missing(reason: reason)]
    }
    if let reason = result.outcome.missingRatio {
      return [.missing(reason: reason), .missing(reason: reason)]
    }
    // Given a batch the log ratio is quadratic in θ; of a kernel with its own density nothing is known against it.
    let order = result.model.production == .kernel ? 0 : 2
    return cells(result.production(steps: settings.ensemble.steps), order: order, of: result)
  }

  private func theoremCell(_ result: ComparedResult) -> Cell {
    switch result.theorem {
    case .success(let verdict): .text(verdict.status.rawValue)
    case .failure(let obstacle): .missing(reason: obstacle.sentence)
    }
  }

  private func distanceCells(_ index: Int) -> [Cell] {
    let reference = settings.reference
    if index == reference {
      let itself = Cell.missing(reason: "this is the reference")
      return [itself, itself, itself]
    }
    guard let distance = distances[index] else {
      let none = Cell.missing(reason: noDistance(index))
      return [none, none, none]
    }
    let models = [experiment.models[index], experiment.models[reference]]
    let energy = zip([distance.energy.value, distance.energy.standardError], [1, 2]).map { value, order -> Cell in
      let reason = models.compactMap { $0.missing.reason(order: order) }.first
      return reason.map { .missing(reason: $0) } ?? .finite(value, otherwise: "the distance is not finite")
    }
    return energy + [.finite(distance.pValue, otherwise: "the distance is not finite")]
  }

  /// The user's observables under each model.
  var observables: Table {
    let columns = ["model", "observable", "mean", "mean_se", "variance", "variance_se"]
    var table = Table(columns: columns.map { Table.Column($0) })
    for result in found {
      for (index, observable) in settings.observables.enumerated() {
        let values = result.sample.observable(index, dimension: experiment.process.parameters.dimension)
        let missing = result.model.missing
        let measured = missing.cells(
          mean: values.mean, variance: values.variance, degree: missing.degree(of: observable.expression),
          otherwise: few(result))
        table.append([.text(result.model.text), .text(observable.name)] + measured)
      }
    }
    return table
  }

  // MARK: Verdicts

  /// Exact values, then comparisons with the reference, then theorems, model by model.
  var verdicts: [Verdict] {
    found.indices.compactMap(exactVerdict) + found.indices.compactMap(comparison) + found.indices.compactMap(theorem)
  }

  private func exactVerdict(_ index: Int) -> Verdict? {
    let result = found[index]
    guard case .success(let exact) = result.model.exactTrace else { return nil }
    let expected = exact * expectedFactor
    let name = "exact[\(index)]"
    let claim = "\(name): the trace of the stationary covariance under \(result.model.text) is the exact one"
    if let reason = result.model.missing.reason(order: 4) ?? result.missingTraceError {
      return .undecided(name, claim, "the estimate has no standard error: \(reason)")
    }
    let trace = result.trace
    // A law without any spread leaves rounding for a margin.
    let rounding = result.traceRounding(step: settings.ensemble.burnIn) ?? 0
    let margin = max(settings.ensemble.margin * expected, rounding, .leastNormalMagnitude)
    let rule = EquivalenceRule(margin: margin, level: level.perTest)
    func decide(_ shift: Double, _ allowance: Double, _ factor: Double) -> VerdictOutcome {
      rule.decide(
        estimate: trace.value, expected: expected + shift,
        standardError: factor * StationaryVerdicts.atLeast(trace.standardError, of: trace.value, at: expected),
        trajectories: result.sample.sums.count,
        degreesOfFreedom: Double(result.sample.sums.counts.count { $0 > 0 } - 1),
        roundingBound: max(64 * Double.ulpOfOne * expected, rounding) + allowance)
    }
    let guardian = StationarityGuard(
      change: abs(result.sample.change.mean) <= rounding ? Moments() : result.sample.change,
      relaxation: relaxation(result.model), ensemble: settings.ensemble,
      level: level.perTest)
    var outcome = guardian.honoured(decide(0, 0, 1)) { decide($0, $1, 1) }
    if case .success(let moments) = result.model.moments,
      let rare = RareSamples(
        result.model.plan, settings.ensemble, mean: moments.mean,
        variances: moments.mean.indices.map { moments.covariance[$0, $0] })
    {
      outcome = rare.honoured(outcome, order: 2, level: level.perTest) { decide(0, 0, $0) }
    }
    outcome = outcome.honouring(result.outcome)
    return Verdict(name: name, claim: claim, outcome: outcome, level: level, reason: outcome.sentence)
  }

  /// What is known of the way to the stationary state.
  ///
  /// The bias is that of every step, which records of some steps share.
  private func relaxation(_ model: ComparedModel) -> StationarityGuard.Relaxation {
    let (plan, ensemble) = (model.plan, settings.ensemble)
    if plan.isHomogeneous, model.every == 1, let chain = LinearProcess(plan)?.chain(0),
      let transient = GaussianTransient(
        chain, start: plan.process.initialLaw, burnIn: ensemble.burnIn, steps: ensemble.steps)
    {
      return .exact(bias: transient.traceAboutMean)
    }
    return plan.relaxationFactor(step: ensemble.burnIn).map { .factor($0) } ?? .unknown
  }

  private func comparison(_ index: Int) -> Verdict? {
    let reference = settings.reference
    guard index != reference else { return nil }
    let name = "same-law[\(index)]"
    let claim = "\(name): the points under \(experiment.models[index].text) are distributed as those of the reference"
    guard let distance = distances[index] else {
      return .undecided(name, claim, noDistance(index))
    }
    let moments = MomentAgreement(found[index], found[reference])
    let outcome = distance.outcome(margin: settings.ensemble.margin, moments: moments)
      .honouring(found[index].outcome).honouring(found[reference].outcome)
    return Verdict(name: name, claim: claim, outcome: outcome, level: level, reason: outcome.sentence)
  }

  private func theorem(_ index: Int) -> Verdict? {
    guard case .success(var verdict) = found[index].theorem else { return nil }
    verdict.claim = verdict.claim.replacingOccurrences(of: "detailed:", with: "detailed[\(index)]:")
    verdict.name = "detailed[\(index)]"
    return verdict
  }

  // MARK: Remarks

  var remarks: [String] {
    var remarks: [String] = []
    let (steps, trajectories) = (settings.ensemble.steps, settings.ensemble.trajectories)
    for result in found {
      remarks += result.outcome.remarks(of: trajectories, called: "the ensemble of '\(result.model.text)'")
      remarks += result.model.missing.remark.map { ["'\(result.model.text)': \($0)"] } ?? []
      if result.model.epoch > 1 {
        remarks.append(
          "'\(result.model.text)' is looked at where its epochs of \(result.model.epoch) steps end, its exact values too."
        )
      }
    }
    let limit = NoiseComparisonExperiment.pointLimit
    let points = "one point of each of \(min(limit, trajectories)) trajectories after all steps"
    remarks.append("The distance is the energy distance 2E|X − Y| − E|X − X′| − E|Y − Y′| of \(points).")
    if found.contains(where: { $0.model.production.word != nil }) {
      remarks.append(
        "The entropy production is per step, over \(steps) steps after burn-in; 'kernel' and 'marginal' are of the path of θ "
          + "alone, 'extended' of that with its batches, and is larger.")
    }
    return remarks
  }
}

extension ComparedModel.Production {
  /// The word, or why there is none.
  fileprivate var cell: Cell {
    if case .missing(let reason) = self { return .missing(reason: reason) }
    return .text(word ?? "")
  }
}
