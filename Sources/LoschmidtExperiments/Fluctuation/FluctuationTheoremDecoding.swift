import LoschmidtDynamics
import LoschmidtNumerics
import LoschmidtThermodynamics

extension ScenarioDecoder {
  /// Reads the settings of `fluctuation-theorem`.
  mutating func fluctuationTheoremSettings(_ choice: Choice) -> FluctuationTheoremSettings? {
    let before = problems.errorCount
    guard var reader = openSettings(of: choice) else { return nil }
    let common = EnsembleKeys(&reader)
    let theorems = reader.optional("theorems")
    let level = reader.optional("level")
    let reverse = reader.optional("reverse-initial")
    let initial = reader.optional("initial")
    let control = reader.optional("control")
    let misspecify = reader.optional("misspecify")
    let calibration = reader.optional("calibration")
    reader.finish(&problems)
    guard let ensemble = ensembleSettings(common) else { return nil }
    var settings = FluctuationTheoremSettings(ensemble: ensemble)
    if !context.protocols.isEmpty { settings.theorems = [.jarzynski, .crooks] }
    if let theorems { settings.theorems = theoremList(theorems.value) ?? [] }
    if let level, let word = word(level.value, "level", as: FluctuationTheoremSettings.Level.self) {
      settings.level = word
    }
    if let reverse, let law = reverseInitial(reverse.value) { settings.reverseInitial = law }
    if let initial {
      if initial.value.text == "boltzmann" {
        settings.startsInEquilibrium = true
      } else {
        error("'initial' must be boltzmann, got \(initial.value.shown)", at: initial.value.origin)
      }
    }
    if let control { settings.control = factor(control.value, "control") }
    if let misspecify { readMisspecification(misspecify, &settings) }
    if let calibration { readCalibration(calibration, &settings) }
    guard problems.errorCount == before, let plan = plan(ensemble, choice) else { return nil }
    do throws(SimulationPlan.Fault) {
      guard let reason = try settings.obstacle(plan) else { return settings }
      error("'\(choice.name)' cannot run: \(reason)", at: choice.origin)
    } catch {
      self.error("'\(choice.name)' cannot run: \(error.sentence)", at: choice.origin)
    }
    return nil
  }

  private mutating func theoremList(_ node: ScenarioNode) -> [FluctuationTheoremSettings.Theorem]? {
    let items = node.list ?? [node]
    var theorems: [FluctuationTheoremSettings.Theorem] = []
    for item in items {
      guard let theorem = word(item, "theorems", as: FluctuationTheoremSettings.Theorem.self) else { return nil }
      if theorems.contains(theorem) {
        error("'theorems' has \(theorem.rawValue) twice", at: item.origin)
        return nil
      }
      theorems.append(theorem)
    }
    if theorems.isEmpty { error("'theorems' is an empty list; name at least one", at: node.origin) }
    return theorems
  }

  /// Reads a factor > 0 other than 1, or `none`.
  private mutating func factor(_ node: ScenarioNode, _ name: String) -> Double? {
    if node.text == "none" { return nil }
    return number(node, name, allowed: "a factor > 0 other than 1, or none") { $0 > 0 && $0 != 1 }
  }

  private mutating func readMisspecification(
    _ entry: ScenarioNode.Entry, _ settings: inout FluctuationTheoremSettings
  ) {
    guard var reader = map(entry.value, name: "misspecify", origin: entry.origin) else { return }
    let noise = reader.required("noise")
    reader.finish(&problems)
    if let noise, let value = number(noise.value, "noise", allowed: "a factor > 0", where: { $0 > 0 }) {
      settings.misspecifiedNoise = value
    }
  }

  private mutating func readCalibration(
    _ entry: ScenarioNode.Entry, _ settings: inout FluctuationTheoremSettings
  ) {
    guard var reader = map(entry.value, name: "calibration", origin: entry.origin) else { return }
    let repetitions = reader.required("repetitions")
    let noise = reader.optional("noise")
    reader.finish(&problems)
    settings.repetitions = repetitions.flatMap { integer($0.value, "repetitions", in: 1...1_000_000) }
    if let noise {
      let items = noise.value.list ?? [noise.value]
      settings.calibrationFactors = items.compactMap { number($0, "noise", allowed: "a factor > 0") { $0 > 0 } }
    }
  }

  private mutating func reverseInitial(_ node: ScenarioNode) -> FluctuationTheoremSettings.ReverseInitial? {
    switch node.text {
    case "same": return .same
    case "stationary": return .stationary
    default: break
    }
    guard let entries = node.map, let parameters = context.parameters else {
      error(
        "'reverse-initial' must be same, stationary, or a map of parameters and distributions, got \(node.shown)",
        at: node.origin)
      return nil
    }
    var named = NamedCoordinates()
    var given = [InitialLaw.Coordinate?](repeating: nil, count: parameters.dimension)
    let before = problems.errorCount
    for entry in entries {
      guard let target = target(entry, parameters), distinct(entry, target, &named),
        let law = law(entry.value, shape: target.shape, name: entry.key)
      else { continue }
      for (k, coordinate) in law.enumerated() { given[target.offset + k] = coordinate }
    }
    guard problems.errorCount == before else { return nil }
    for parameter in parameters.entries {
      let range = parameter.offset..<parameter.offset + parameter.shape.count
      guard range.contains(where: { given[$0] == nil }) else { continue }
      error("'reverse-initial' needs a distribution for '\(parameter.name)', which is missing", at: node.origin)
    }
    guard problems.errorCount == before else { return nil }
    let law = InitialLaw(given.compactMap(\.self))
    if !law.hasDensity {
      error(
        "'reverse-initial' needs a density: write normal(mean, standard deviation) for every parameter",
        at: node.origin)
      return nil
    }
    return .given(law)
  }
}
