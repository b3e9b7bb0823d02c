import LoschmidtDynamics

extension ScenarioDecoder {
  /// Reads the settings of `entropy-production`.
  mutating func entropyProductionSettings(_ choice: Choice) -> EntropyProductionSettings? {
    let before = problems.errorCount
    guard var reader = openSettings(of: choice) else { return nil }
    let common = EnsembleKeys(&reader)
    reader.finish(&problems)
    guard let ensemble = ensembleSettings(common), problems.errorCount == before,
      let plan = plan(ensemble, choice)
    else { return nil }
    var settings = EntropyProductionSettings(ensemble: ensemble)
    do {
      // A process without density is no error: the experiment says what is missing.
      let obstacle = try ProductionObstacle.find(plan)
      settings.hasExactValue = obstacle == nil && (try? ExactProduction(plan)) != nil
    } catch {
      self.error("'\(choice.name)' cannot run: \(error.sentence)", at: choice.origin)
      return nil
    }
    return settings
  }
}

/// Why no entropy production can be measured.
enum ProductionObstacle {
  /// The reason, with how to get around it and without a full stop; `nil` where there is a density.
  static func find(_ plan: SimulationPlan) throws(SimulationPlan.Fault) -> String? {
    if let missing = try plan.missingDensity() { return missing.sentence }
    if let batches = plan.process.gradient as? Minibatch, batches.sampling == .cyclic,
      batches.size < plan.program.sampleCount
    {
      return "a cyclic order of batches read backwards never occurs; take 'sampling: reshuffle' or 'with-replacement'"
    }
    return nil
  }
}
