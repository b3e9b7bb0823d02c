import LoschmidtDynamics
import LoschmidtNumerics

extension ScenarioDecoder {
  /// Reads the `process` section; what could be read of it is in the context even where there is no process.
  mutating func process(_ entry: ScenarioNode.Entry) -> TrainingProcess? {
    let before = problems.errorCount
    guard var reader = map(entry.value, name: "process", origin: entry.origin) else { return nil }
    if refuseChains(entry.value) { return nil }
    let keys = ProcessKeys(&reader)
    reader.finish(&problems)

    if let constants = keys.constants { readConstants(constants) }
    if let parameters = keys.parameters { self.parameters(parameters) }
    if let protocols = keys.protocols { readProtocols(protocols) }
    context.forceOrigin = keys.force?.origin
    let loss = keys.loss.flatMap { expression($0.value, "loss") }
    let data = keys.data.map { self.data($0, lossNames: loss?.names().map(\.name)) } ?? .none
    context.sampleCount = data.samples?.count
    if let loss, let node = keys.loss?.value { readLandscape(loss, node, data) }
    let force = keys.force.flatMap { self.force($0) }
    let gradient = keys.gradient.map { self.gradient($0) } ?? FullBatch()
    let algorithm = keys.algorithm.flatMap { self.algorithm($0) }
    let temperature = keys.temperature.map { self.temperature($0) } ?? Temperature.zero
    let generator = keys.generator.map { word($0.value, "generator", as: GeneratorName.self) } ?? .philox
    checkHeatBaths(temperature, algorithm, keys.temperature)
    checkEquation(algorithm, gradient, at: keys.gradient?.origin ?? keys.algorithm?.origin)
    guard problems.errorCount == before, let parameters = context.parameters, let initialLaw = context.initialLaw,
      let gradient, let algorithm, let temperature, let generator
    else { return nil }
    let process = TrainingProcess(
      parameters: parameters, initialLaw: initialLaw, landscape: context.landscape, force: force, gradient: gradient,
      algorithm: algorithm, temperature: temperature, generator: generator)
    context.process = process
    return process
  }

  /// Reads a noise model.
  mutating func gradient(_ entry: ScenarioNode.Entry) -> (any GradientNoise)? {
    choice(entry.value, "gradient", what: "a noise model").flatMap {
      decode($0, in: Catalogue.gradients, kind: "gradient")
    }
  }

  /// Reads an update rule.
  private mutating func algorithm(_ entry: ScenarioNode.Entry) -> (any UpdateRule)? {
    choice(entry.value, "algorithm", what: "an update rule").flatMap {
      decode($0, in: Catalogue.algorithms, kind: "algorithm")
    }
  }

  private mutating func refuseChains(_ node: ScenarioNode) -> Bool {
    guard let entry = node.map?.first(where: { $0.key == "markov-chain" || $0.key == "discretise" }) else {
      return false
    }
    error(
      "the process '\(entry.key)' is for a later version; this version runs 'parameters' with a 'loss'",
      at: entry.origin)
    return true
  }

  private mutating func readConstants(_ entry: ScenarioNode.Entry) {
    guard let entries = entry.value.map else {
      return error("'constants' must be a map of names and numbers, got \(entry.value.shown)", at: entry.value.origin)
    }
    for constant in entries {
      let value = constantValue(constant.value, constant.key)
      // A constant that could not be read keeps its name, so that its uses are not reported as unknown.
      if declare(constant.key, as: "constant", at: constant.origin) { constants[constant.key] = value ?? 1 }
    }
  }

  private mutating func readProtocols(_ entry: ScenarioNode.Entry) {
    guard let entries = entry.value.map else {
      return error(
        "'protocol' must be a map of names and expressions of 't', got \(entry.value.shown)", at: entry.value.origin)
    }
    for item in entries {
      let named = declare(item.key, as: "protocol", at: item.origin)
      guard let expression = expression(item.value, item.key, names: ["t"]), named,
        let first = value(of: expression, in: item.value, item.key, ["t": 0])
      else { continue }
      if !first.isFinite {
        error(
          "the protocol '\(item.key)' must be finite, got \(expression.text.shown), which is \(first) at t = 0",
          at: item.value.origin)
      }
      context.protocols.append((item.key, expression))
    }
  }

  private mutating func force(_ entry: ScenarioNode.Entry) -> ExpressionForce? {
    guard let parameters = context.parameters else { return nil }
    guard let entries = entry.value.map else {
      error("'force' must be a map of parameters and expressions, got \(entry.value.shown)", at: entry.value.origin)
      return nil
    }
    let names = ["t"] + parameters.entries.map(\.name) + names(of: "protocol")
    var items: [(offset: Int, name: String, node: ScenarioNode, expression: Expression)] = []
    var named = NamedCoordinates()
    for item in entries {
      guard let target = target(item, parameters, " in 'force'"), distinct(item, target, &named),
        let expression = expression(item.value, "force", names: names)
      else { continue }
      let name = parameters.name(of: target)
      items.append((target.offset, name, item.value, expression))
    }
    if entries.isEmpty {
      error("'force' names no parameter; write an expression for at least one, or leave it out", at: entry.origin)
    }
    guard !items.isEmpty, context.protocols.count == self.names(of: "protocol").count else { return nil }
    // In the order of the coordinates, arrays before their elements.
    items.sort { $0.offset != $1.offset ? $0.offset < $1.offset : $0.name.count < $1.name.count }
    do {
      return try ExpressionForce(
        items.map { ($0.name, $0.expression) }, parameters: parameters,
        common: CommonInputs(protocols: context.protocols, constants: constants))
    } catch {
      if let item = items.first(where: { $0.name == error.parameter }) { report(error.error, in: item.node, "force") }
      return nil
    }
  }

  /// The names that were given to things of a kind.
  func names(of kind: String) -> [String] { context.names.filter { $0.kind == kind }.map(\.name) }

  private mutating func checkHeatBaths(
    _ temperature: Temperature?, _ algorithm: (any UpdateRule)?, _ entry: ScenarioNode.Entry?
  ) {
    guard let temperature, temperature.hasSeveralBaths, let descent = algorithm?.descent, let entry,
      case .matrix = descent.preconditioner
    else { return }
    error("several heat baths need a diagonal 'preconditioner', got a matrix", at: entry.origin)
  }
}

/// The entries of the `process` section.
private struct ProcessKeys {
  let parameters: ScenarioNode.Entry?
  let loss: ScenarioNode.Entry?
  let force: ScenarioNode.Entry?
  let data: ScenarioNode.Entry?
  let gradient: ScenarioNode.Entry?
  let algorithm: ScenarioNode.Entry?
  let temperature: ScenarioNode.Entry?
  let generator: ScenarioNode.Entry?
  let protocols: ScenarioNode.Entry?
  let constants: ScenarioNode.Entry?

  init(_ reader: inout MapReader) {
    parameters = reader.required("parameters")
    force = reader.optional("force")
    loss = force == nil ? reader.required("loss") : reader.optional("loss")
    data = reader.optional("data")
    gradient = reader.optional("gradient")
    algorithm = reader.required("algorithm")
    temperature = reader.optional("temperature")
    generator = reader.optional("generator")
    protocols = reader.optional("protocol")
    constants = reader.optional("constants")
  }
}
