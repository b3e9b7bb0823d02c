import LoschmidtDynamics
import LoschmidtNumerics

extension ScenarioDecoder {
  /// Reads the settings of `gradient-descent`: `learning-rate` and `preconditioner`.
  mutating func gradientDescent(_ choice: Choice) -> (any UpdateRule)? {
    guard var reader = openSettings(of: choice) else { return nil }
    let rate = reader.required("learning-rate")
    let matrix = reader.optional("preconditioner")
    reader.finish(&problems)
    let schedule = rate.flatMap { self.schedule($0.value, "learning-rate") }
    let preconditioner = matrix.map { self.preconditioner($0.value) } ?? .identity
    guard let schedule, let preconditioner else { return nil }
    return GradientDescent(learningRate: schedule, preconditioner: preconditioner)
  }

  /// Reads the settings of `modified-sde`: `learning-rate`, `order`, `interpretation` and `substeps`.
  ///
  /// The gradient has been read before: what its noise is decides whether there is an equation.
  mutating func modifiedSDE(_ choice: Choice) -> (any UpdateRule)? {
    guard var reader = openSettings(of: choice) else { return nil }
    let rate = reader.required("learning-rate")
    let orderEntry = reader.optional("order")
    let readingEntry = reader.optional("interpretation")
    let substepsEntry = reader.optional("substeps")
    reader.finish(&problems)
    let schedule = rate.flatMap { self.schedule($0.value, "learning-rate") }
    let order =
      orderEntry.map { integer($0.value, "order", in: 1...2).flatMap(ModifiedSDE.Order.init) } ?? .second
    let reading =
      readingEntry.map { word($0.value, "interpretation", as: ModifiedSDE.Interpretation.self) } ?? .ito
    let substeps =
      substepsEntry.map { integer($0.value, "substeps", in: 1...ModifiedSDE.largestSubsteps) }
      ?? ModifiedSDE.usualSubsteps
    guard let schedule, let order, let reading, let substeps else { return nil }
    return ModifiedSDE(learningRate: schedule, order: order, interpretation: reading, substeps: substeps)
  }

  /// Refuses a gradient whose modified equation is not known.
  mutating func checkEquation(_ algorithm: (any UpdateRule)?, _ gradient: (any GradientNoise)?, at origin: Origin?) {
    guard algorithm is ModifiedSDE, let gradient, let origin, let dimension = context.parameters?.dimension else {
      return
    }
    let count = context.landscape?.samples.count ?? 1
    if ModifiedSDE.noise(of: gradient, sampleCount: count, dimension: dimension) != nil { return }
    error(
      "'modified-sde' needs noise with the covariance of independent batches or of a constant matrix, such as "
        + "'minibatch' or 'constant-covariance', got \(choiceText(gradient.name, gradient))", at: origin)
  }

  /// Reads a number > 0, or an expression of `step` that is ≥ 0 at step 0; steps where it is 0 move nothing.
  mutating func schedule(_ node: ScenarioNode, _ name: String) -> Schedule? {
    let allowed = "a number > 0 or an expression of 'step' that is >= 0"
    guard let text = node.text, !node.isEmpty else {
      error("'\(name)' must be \(allowed), got \(node.shown)", at: node.origin)
      return nil
    }
    if case .number = NumberLiteral(text) {
      return number(node, name, allowed: allowed) { $0 > 0 }.map { Schedule($0) }
    }
    guard let expression = expression(node, name, names: ["step"]),
      let first = value(of: expression, in: node, name, ["step": 0])
    else { return nil }
    let varies = expression.names().contains { $0.name == "step" }
    guard first.isFinite, varies ? first >= 0 : first > 0 else {
      error("'\(name)' must be \(allowed), got \(text.shown), which is \(first) at step 0", at: node.origin)
      return nil
    }
    return varies ? Schedule(expression, constants: constants) : Schedule(first)
  }

  /// Reads Λ: a number > 0, a map of parameters to numbers > 0, a list of d numbers > 0, or a symmetric positive definite d × d
  /// matrix.
  mutating func preconditioner(_ node: ScenarioNode) -> Preconditioner? {
    let allowed =
      "a number > 0, a map of parameters and numbers > 0, a list of numbers > 0, one for each coordinate, or a symmetric "
      + "positive definite matrix"
    if node.text != nil, !node.isEmpty {
      guard let value = constantValue(node, "preconditioner", allowed: "a number > 0", where: { $0 > 0 }),
        let dimension = context.parameters?.dimension
      else { return nil }
      return .diagonal([Double](repeating: value, count: dimension))
    }
    if let entries = node.map { return preconditioner(byName: entries, node) }
    guard let rows = node.list, !rows.isEmpty else {
      error("'preconditioner' must be \(allowed), got \(node.shown)", at: node.origin)
      return nil
    }
    if let dimension = context.parameters?.dimension, rows.count != dimension {
      error(
        "'preconditioner' must have one entry for each of the \(dimension) coordinates of the parameters, got "
          + "\(rows.count)", at: node.origin)
      return nil
    }
    if rows[0].list != nil { return matrix(rows, node) }
    var diagonal: [Double] = []
    for row in rows {
      guard let value = constantValue(row, "preconditioner", allowed: "a number > 0", where: { $0 > 0 }) else {
        return nil
      }
      diagonal.append(value)
    }
    return .diagonal(diagonal)
  }

  /// Reads a map of parameters, or elements of them, to numbers > 0; every coordinate has one.
  private mutating func preconditioner(byName entries: [ScenarioNode.Entry], _ node: ScenarioNode) -> Preconditioner? {
    guard let parameters = context.parameters else { return nil }
    var diagonal = [Double](repeating: 0, count: parameters.dimension)
    var named = NamedCoordinates()
    let before = problems.errorCount
    for entry in entries {
      guard let target = target(entry, parameters), distinct(entry, target, &named),
        let value = constantValue(entry.value, entry.key, allowed: "a number > 0", where: { $0 > 0 })
      else { continue }
      for k in 0..<target.shape.count { diagonal[target.offset + k] = value }
    }
    guard problems.errorCount == before else { return nil }
    if let missing = diagonal.firstIndex(of: 0) {
      error(
        "'preconditioner' needs a number for every parameter, and '\(parameters.coordinateNames[missing])' has none",
        at: node.origin)
      return nil
    }
    return .diagonal(diagonal)
  }

  private mutating func matrix(_ rows: [ScenarioNode], _ node: ScenarioNode) -> Preconditioner? {
    guard let entries = symmetricEntries(rows, node, "preconditioner") else { return nil }
    guard (try? Cholesky(matrix: entries, dimension: rows.count)) != nil else {
      error(
        "'preconditioner' must be positive definite, got a matrix with an eigenvalue that is not > 0", at: node.origin)
      return nil
    }
    return .matrix(entries, dimension: rows.count)
  }

  /// The entries of a symmetric matrix that is written as a list of rows.
  mutating func symmetricEntries(_ rows: [ScenarioNode], _ node: ScenarioNode, _ name: String) -> [Double]? {
    var entries: [Double] = []
    for row in rows {
      guard let items = row.list, items.count == rows.count else {
        error("a row of '\(name)' must be a list of \(rows.count) numbers, got \(row.shown)", at: row.origin)
        return nil
      }
      for item in items {
        guard let value = constantValue(item, name) else { return nil }
        entries.append(value)
      }
    }
    let d = rows.count
    for i in 0..<d {
      for j in 0..<i where entries[i * d + j] != entries[j * d + i] {
        error(
          "'\(name)' must be symmetric, got \(entries[i * d + j]) at [\(i),\(j)] and \(entries[j * d + i]) at "
            + "[\(j),\(i)]", at: rows[i].list?[j].origin ?? node.origin)
        return nil
      }
    }
    return entries
  }
}
