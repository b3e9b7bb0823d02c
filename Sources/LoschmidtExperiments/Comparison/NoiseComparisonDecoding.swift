import LoschmidtDynamics
import LoschmidtNumerics

extension ScenarioDecoder {
  /// Reads the settings of `noise-comparison`.
  mutating func noiseComparisonSettings(_ choice: Choice) -> NoiseComparisonSettings? {
    let before = problems.errorCount
    guard var reader = openSettings(of: choice) else { return nil }
    let common = EnsembleKeys(&reader)
    let models = reader.required("models")
    let reference = reader.optional("reference")
    let entry = reader.optional("observables")
    let every = reader.optional("every")
    let theoremSteps = reader.optional("theorem-steps")
    reader.finish(&problems)
    let ensemble = ensembleSettings(common)
    let list = models.flatMap { modelList($0) } ?? []
    let observables = observables(entry)
    if let entry { refuseTime(entry, observables) }
    guard let ensemble else { return nil }
    var settings = NoiseComparisonSettings(ensemble: ensemble, models: list, observables: observables)
    if let reference, !list.isEmpty,
      let place = integer(reference.value, "reference", in: 0...list.count - 1)
    {
      settings.reference = place
    }
    if let every, let number = integer(every.value, "every", in: 1...ensemble.steps) { settings.every = number }
    if let theoremSteps, let number = integer(theoremSteps.value, "theorem-steps", in: 1...Self.stepLimit) {
      settings.theoremSteps = number
    }
    guard problems.errorCount == before, let process = context.process else { return nil }
    guard process.landscape != nil else {
      error("'\(choice.name)' compares gradients of a loss; give the process a 'loss'", at: choice.origin)
      return nil
    }
    guard process.algorithm.descent != nil else {
      error(
        "'\(choice.name)' compares gradients in the steps of 'gradient-descent', got '\(process.algorithm.name)'",
        at: choice.origin)
      return nil
    }
    return checked(settings, process, models?.value.list ?? [], choice)
  }

  /// Reads the list of models.
  private mutating func modelList(_ entry: ScenarioNode.Entry) -> [any GradientNoise]? {
    guard let items = entry.value.list, items.count >= 2 else {
      error("'models' must be a list of at least two gradients, got \(entry.value.shown)", at: entry.value.origin)
      return nil
    }
    var models: [any GradientNoise] = []
    for item in items {
      guard let choice = choice(item, "models", what: "a gradient") else { continue }
      if let model = decode(choice, in: Catalogue.gradients, kind: "gradient") { models.append(model) }
    }
    return models.count == items.count ? models : nil
  }

  /// The settings with the number of their verdicts, or the reason why a model cannot be compared, at its place.
  private mutating func checked(
    _ settings: NoiseComparisonSettings, _ process: TrainingProcess, _ items: [ScenarioNode], _ choice: Choice
  ) -> NoiseComparisonSettings? {
    var settings = settings
    let before = problems.errorCount
    for (index, model) in settings.models.enumerated() {
      do {
        let compared = try ComparedModel(index, model, process: process, settings)
        if let reason = compared.obstacle(settings) {
          error("'\(choice.name)' cannot run: \(reason)", at: items[index].origin)
        }
        settings.verdictCount += try compared.verdictCount(settings)
      } catch let fault as SimulationPlan.Fault {
        error("'\(choice.name)' cannot run: \(fault.sentence)", at: items[index].origin)
      } catch { self.error("'\(choice.name)' cannot run: \(error)", at: items[index].origin) }
    }
    return problems.errorCount == before ? settings : nil
  }
}

extension ComparedModel {
  /// One for an exact value, one for the comparison with the reference, and one for the theorem.
  func verdictCount(_ settings: NoiseComparisonSettings) throws -> Int {
    let theorem = try theorem(settings)
    let hasTheorem = if case .success = theorem { 1 } else { 0 }
    let hasExact = if case .success = moments { 1 } else { 0 }
    return hasExact + (index == settings.reference ? 0 : 1) + hasTheorem
  }
}
