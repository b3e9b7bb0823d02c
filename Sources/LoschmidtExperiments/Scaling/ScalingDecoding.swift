import LoschmidtDynamics
import LoschmidtNumerics
import LoschmidtReports

extension ScenarioDecoder {
  /// Reads the settings of `scaling`.
  mutating func scalingSettings(_ choice: Choice) -> ScalingSettings? {
    let before = problems.errorCount
    guard var reader = openSettings(of: choice) else { return nil }
    let common = EnsembleKeys(&reader)
    let overEntry = reader.required("over")
    let valuesEntry = reader.required("values")
    let statisticEntry = reader.required("statistic")
    let observableEntry = reader.optional("observable")
    let expectedEntry = reader.optional("expected")
    let correctionEntry = reader.optional("correction")
    reader.finish(&problems)
    let ensemble = ensembleSettings(common)
    let variable = overEntry.flatMap { word($0.value, "over", as: ScalingVariable.self) }
    let statistic = statisticEntry.flatMap { word($0.value, "statistic", as: ScalingSettings.Statistic.self) }
    let correction = correctionEntry.flatMap { word($0.value, "correction", as: ScalingSettings.Correction.self) }
    let observable = statistic.flatMap { scaledObservable(observableEntry, $0, choice) }
    let expected = expectedEntry.flatMap { constantValue($0.value, "expected") }
    let list = valuesEntry.flatMap { logSpaced($0.value, "values") }
    guard let valuesEntry, let values = list, let ensemble, let variable, let statistic else { return nil }
    var settings = ScalingSettings(
      ensemble: ensemble, over: variable, values: values, statistic: statistic, observable: observable,
      expected: expected, correction: correction ?? .none)
    // The logarithms of a range may miss a whole number by their rounding.
    if variable.isWhole {
      settings.values = values.map { abs($0 - $0.rounded()) <= 1e-9 * $0 ? $0.rounded() : $0 }
    }
    checkCount(settings, valuesEntry.value)
    guard problems.errorCount == before, let process = context.process else { return nil }
    if let obstacle = variable.obstacle(in: process) {
      error(obstacle, at: overEntry?.value.origin ?? choice.origin)
      return nil
    }
    for (index, value) in settings.values.enumerated() {
      let origin = valuesEntry.value.list?[index].origin ?? valuesEntry.value.origin
      check(value, settings, process, at: origin)
      guard problems.errorCount == before else { return nil }
    }
    return settings
  }

  /// The observable, which the entropy production has none of.
  private mutating func scaledObservable(
    _ entry: ScenarioNode.Entry?, _ statistic: ScalingSettings.Statistic, _ choice: Choice
  ) -> Expression? {
    if statistic == .entropyProduction {
      if let entry { error("'observable' has no meaning with 'statistic: entropy-production'", at: entry.origin) }
      return nil
    }
    guard let entry else {
      error(
        "'statistic: \(statistic.rawValue)' needs an 'observable', an expression of the parameters", at: choice.origin)
      return nil
    }
    let known = names(of: "parameter") + names(of: "protocol") + ["t"]
    guard let parameters = context.parameters,
      let expression = expression(entry.value, "observable", names: known)
    else { return nil }
    let common = CommonInputs(protocols: context.protocols, constants: constants)
    do {
      _ = try ObservableProgram([("observable", expression)], parameters: parameters, common: common)
    } catch {
      report(error, in: entry.value, "observable")
      return nil
    }
    if statistic == .variance, common.mentionsTime(expression) {
      error("'observable' changes in time by itself, and so has no stationary variance", at: entry.value.origin)
    }
    return expression
  }

  private mutating func checkCount(_ settings: ScalingSettings, _ node: ScenarioNode) {
    let allowed = ScalingSettings.leastValues(settings.correction)...ScalingSettings.valueLimit
    guard allowed.contains(settings.values.count) else {
      let correction = settings.correction == .none ? "" : " with 'correction: \(settings.correction.rawValue)'"
      error(
        "'values' must have \(allowed.lowerBound) … \(allowed.upperBound) entries\(correction), got "
          + "\(settings.values.count)", at: node.origin)
      return
    }
    for (index, value) in settings.values.enumerated() where settings.values[..<index].contains(value) {
      error(
        "'values' has \(value) twice; the entries must be distinct", at: node.list?[index].origin ?? node.origin)
    }
  }

  /// Why the scatter of replicas is no error of the statistic; `nil` where nothing is known against it.
  private func missingMoment(_ settings: ScalingSettings, _ plan: SimulationPlan) -> String? {
    let burnIn = settings.ensemble.burnIn
    let isSteady = plan.unsteadiness(from: burnIn) == nil
    guard let observable = settings.observable else {
      return isSteady ? EntropyProductionFigures(plan, settings.ensemble).missingRatio(power: 2) : nil
    }
    let missing = isSteady ? MissingMoments(plan, step: burnIn) : MissingMoments(noiseOf: plan)
    return missing.reason(power: settings.statistic == .variance ? 4 : 2, degree: missing.degree(of: observable))
  }

  /// Whether the process can run with a value.
  private mutating func check(
    _ value: Double, _ settings: ScalingSettings, _ process: TrainingProcess, at origin: Origin
  ) {
    if let allowed = settings.variable.problem(of: value, in: process, sampleCount: context.sampleCount) {
      return error("'values' must hold \(allowed), got \(NumberText.rounded(value, digits: 6))", at: origin)
    }
    let ensemble = settings.ensemble
    do throws(SimulationPlan.Fault) {
      let plan = try SimulationPlan(
        settings.variable.process(process, with: value), steps: ensemble.burnIn + ensemble.steps)
      let epoch = plan.recordInterval
      if ensemble.steps % epoch != 0 || ensemble.burnIn % epoch != 0 {
        error(
          "'steps' and 'burn-in' must be multiples of an epoch, which has \(epoch) steps at \(value), got "
            + "\(ensemble.steps) and \(ensemble.burnIn): reshuffled batches are looked at when an epoch ends",
          at: origin)
      }
      if settings.statistic == .variance, let reason = plan.unsteadiness(from: ensemble.burnIn) {
        error("'scaling' cannot run: \(reason)", at: origin)
      }
      if let reason = missingMoment(settings, plan) {
        error("'statistic: \(settings.statistic.rawValue)' has no standard error: \(reason)", at: origin)
      }
      if settings.statistic == .entropyProduction, let obstacle = try ProductionObstacle.find(plan) {
        error("'statistic: entropy-production' cannot be measured: \(obstacle)", at: origin)
      }
    } catch {
      self.error("'scaling' cannot run at \(value): \(error.sentence)", at: origin)
    }
  }
}
