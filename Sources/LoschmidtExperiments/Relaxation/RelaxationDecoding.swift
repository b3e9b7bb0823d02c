import LoschmidtDynamics
import LoschmidtNumerics
import LoschmidtThermodynamics

extension ScenarioDecoder {
  /// Reads the settings of `relaxation`.
  mutating func relaxationSettings(_ choice: Choice) -> RelaxationSettings? {
    let before = problems.errorCount
    guard var reader = openSettings(of: choice) else { return nil }
    let common = EnsembleKeys(&reader)
    let observablesEntry = reader.optional("observables")
    let everyEntry = reader.optional("every")
    let selectsEntry = reader.optional("selects")
    reader.finish(&problems)
    let ensemble = ensembleSettings(common)
    let observables = observables(observablesEntry)
    for item in observablesEntry?.value.map ?? [] where RelaxationObserver.fixedNames.contains(item.key) {
      error("the observable '\(item.key)' is always there; give yours another name", at: item.origin)
    }
    guard let ensemble else { return nil }
    var every: Int?
    if let everyEntry { every = integer(everyEntry.value, "every", in: 1...ensemble.steps) }
    guard problems.errorCount == before, let plan = plan(ensemble, choice) else { return nil }
    var settings = RelaxationSettings(ensemble: ensemble, observables: observables, every: every)
    if let selectsEntry {
      guard let symmetries = selectedSymmetries(selectsEntry, plan) else { return nil }
      settings.selects = symmetries
      if ensemble.steps / settings.every < RelaxationSettings.leastSelectionIntervals {
        error(
          "'selects' needs \(RelaxationSettings.leastSelectionIntervals) records after the first to sum drifts over, got "
            + "\(ensemble.steps / settings.every); make 'every' smaller", at: everyEntry?.value.origin ?? choice.origin)
        return nil
      }
      for item in observablesEntry?.value.map ?? [] where settings.selectionNames.contains(item.key) {
        error("the observable '\(item.key)' comes with 'selects'; give yours another name", at: item.origin)
        return nil
      }
    }
    let rows = (ensemble.steps / settings.every + 1) * settings.quantityNames.count
    guard rows <= RelaxationSettings.rowLimit else {
      error(
        "'every' gives a table of \(rows) rows, and at most \(RelaxationSettings.rowLimit) are written; make it larger",
        at: everyEntry?.value.origin ?? choice.origin)
      return nil
    }
    return settings
  }
}
