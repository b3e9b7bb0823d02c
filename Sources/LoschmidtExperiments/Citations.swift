import LoschmidtReports

extension Scenario {
  /// The sources of what the scenario uses, known without running it: theory, theorems, noise models, statistics,
  /// generator; then GSL and Loschmidt itself.
  public var citations: [Reference] {
    var topics: Set<String> = [process.gradient.name, process.algorithm.name, process.generator.rawValue]
    if process.temperature != .zero { topics.insert("langevin") }
    for specification in experiments {
      topics.insert(specification.name)
      topics.formUnion(Self.topics(of: specification.settings))
      if specification.settings.statisticalVerdicts > 0 { topics.insert(References.equivalence) }
    }
    return References.endingWithTheProgram(References.about(topics))
  }

  /// What an experiment reports besides what its name says.
  private static func topics(of settings: any ExperimentSettings) -> Set<String> {
    switch settings {
    case let settings as FluctuationTheoremSettings:
      settings.theorems.reduce(into: []) { $0.formUnion(topics(of: $1)) }
    case is EntropyProductionSettings: ["housekeeping", "excess", "tur.bound", "tur.estimate"]
    case is StationarySettings: ["fdr.ratio", "autocorrelation-time"]
    case let settings as NoiseComparisonSettings: Set(settings.models.map(\.name) + ["detailed"])
    case let settings as RelaxationSettings:
      settings.selects.isEmpty ? ["effective-loss"] : ["effective-loss", "selects"]
    default: []
    }
  }

  /// The numbers that come with a theorem.
  private static func topics(of theorem: FluctuationTheoremSettings.Theorem) -> Set<String> {
    let name = theorem.rawValue
    return switch theorem {
    case .integral, .detailed: [name, "\(name).pareto-k"]
    case .jarzynski, .crooks:
      [
        name, "jarzynski.pareto-k", "free-energy.jarzynski", "free-energy.bar", "shadow-work.mean",
      ]
    case .hatanoSasa: [name, "\(name).pareto-k", "hatano-sasa.mean", "adiabatic.mean", "nonadiabatic.mean"]
    }
  }
}
