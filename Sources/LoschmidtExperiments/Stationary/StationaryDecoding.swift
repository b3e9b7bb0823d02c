import LoschmidtDynamics
import LoschmidtNumerics

extension ScenarioDecoder {
  /// Reads the settings of `stationary`.
  mutating func stationarySettings(_ choice: Choice) -> StationarySettings? {
    let before = problems.errorCount
    guard var reader = openSettings(of: choice) else { return nil }
    let common = EnsembleKeys(&reader)
    let entry = reader.optional("observables")
    reader.finish(&problems)
    let ensemble = ensembleSettings(common)
    let observables = observables(entry)
    if let entry { refuseTime(entry, observables) }
    guard let ensemble, problems.errorCount == before, let plan = plan(ensemble, choice) else { return nil }
    if let reason = plan.unsteadiness(from: ensemble.burnIn) {
      error("'stationary' cannot run: \(reason)", at: choice.origin)
      return nil
    }
    return StationarySettings(ensemble: ensemble, observables: observables, plan: plan)
  }

  /// An observable that changes in time by itself has no stationary mean.
  mutating func refuseTime(
    _ entry: ScenarioNode.Entry, _ observables: [(name: String, expression: Expression)]
  ) {
    let common = CommonInputs(protocols: context.protocols, constants: constants)
    for (name, expression) in observables where common.mentionsTime(expression) {
      guard let item = entry.value.map?.first(where: { $0.key == name }) else { continue }
      error("the observable '\(name)' changes in time by itself, and so has no stationary mean", at: item.origin)
    }
  }
}

extension SimulationPlan {
  /// Why the steps from `first` on are not all alike, without a full stop; `nil` where they are.
  func unsteadiness(from first: Int) -> String? {
    if program.isTimeDependent { return "the loss or the force changes in time, so that no state is stationary" }
    if clock.isConstant { return nil }
    let setting = clock.setting(first)
    if setting.learningRate == 0 { return "the learning rate is 0 from step \(first) on, so that nothing moves" }
    for k in first..<clock.steps {
      let other = clock.setting(k)
      if other.learningRate != setting.learningRate || other.temperatures != setting.temperatures {
        return "the learning rate or the temperature changes at step \(k), so that no state is stationary; "
          + "let 'burn-in' reach beyond the last change"
      }
    }
    return nil
  }
}
