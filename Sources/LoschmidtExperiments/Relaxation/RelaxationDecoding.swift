import LoschmidtDynamics
import LoschmidtNumerics
import LoschmidtThermodynamics

extension ScenarioDecoder {
  /// Reads the settings of `relaxation`.
  @Sendable static func relaxation(
    _ decoder: inout ScenarioDecoder, _ choice: Choice
  ) -> (any ExperimentSettings)? {
    decoder.relaxationSettings(choice)
  }

  private mutating func relaxationSettings(_ choice: Choice) -> RelaxationSettings? {
    let before = problems.errorCount
    guard var reader = map(choice.settings, name: choice.name, origin: choice.origin) else { return nil }
    let common = EnsembleKeys(&reader)
    let observablesEntry = reader.optional("observables")
    let everyEntry = reader.optional("every")
    reader.finish(&problems)
    let ensemble = ensembleSettings(common)
    let observables = observables(observablesEntry)
    for item in observablesEntry?.value.map ?? [] where RelaxationObserver.fixedNames.contains(item.key) {
      error("the observable '\(item.key)' is always there; give yours another name", at: item.origin)
    }
    guard let ensemble else { return nil }
    var every: Int?
    if let everyEntry { every = integer(everyEntry.value, "every", in: 1...ensemble.steps) }
    guard problems.errorCount == before, plan(ensemble, choice) != nil else { return nil }
    let settings = RelaxationSettings(ensemble: ensemble, observables: observables, every: every)
    let rows = (ensemble.steps / settings.every + 1) * (observables.count + RelaxationObserver.fixedNames.count)
    guard rows <= RelaxationSettings.rowLimit else {
      error(
        "'every' gives a table of \(rows) rows, and at most \(RelaxationSettings.rowLimit) are written; make it larger",
        at: everyEntry?.value.origin ?? choice.origin)
      return nil
    }
    return settings
  }
}
