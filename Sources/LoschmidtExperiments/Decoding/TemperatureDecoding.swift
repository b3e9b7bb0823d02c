import LoschmidtDynamics
import LoschmidtNumerics

extension ScenarioDecoder {
  /// Reads `temperature`: a number ≥ 0, an expression of `t` and `step`, or a map with one for each parameter
  /// or element of one.
  mutating func temperature(_ entry: ScenarioNode.Entry) -> Temperature? {
    guard let entries = entry.value.map else {
      return temperatureValue(entry.value, "temperature").map { .uniform($0) }
    }
    guard let parameters = context.parameters else { return nil }
    let before = problems.errorCount
    var named = NamedCoordinates()
    var baths = [Temperature.Value?](repeating: nil, count: parameters.dimension)
    for item in entries {
      guard let target = target(item, parameters, " in 'temperature'"), distinct(item, target, &named),
        let value = temperatureValue(item.value, "temperature")
      else { continue }
      for k in 0..<target.shape.count { baths[target.offset + k] = value }
    }
    guard problems.errorCount == before else { return nil }
    for parameter in parameters.entries {
      let range = parameter.offset..<parameter.offset + parameter.shape.count
      guard let missing = range.first(where: { baths[$0] == nil }) else { continue }
      let isWhole = range.allSatisfy { baths[$0] == nil }
      error(
        "'temperature' needs the key '\(isWhole ? parameter.name : parameters.coordinateNames[missing])', which is missing",
        at: entry.origin)
    }
    guard problems.errorCount == before else { return nil }
    let values = baths.compactMap(\.self)
    let byElement = named.entries.contains { $0.key.contains("[") }
    return byElement ? .perCoordinate(values) : .perParameter(parameters.entries.map { values[$0.offset] })
  }

  private mutating func temperatureValue(_ node: ScenarioNode, _ name: String) -> Temperature.Value? {
    let allowed = "a number >= 0 or an expression of 't' and 'step' that is >= 0"
    guard let text = node.text, !node.isEmpty else {
      error("'\(name)' must be \(allowed), got \(node.shown)", at: node.origin)
      return nil
    }
    if case .number = NumberLiteral(text) {
      return number(node, name, allowed: allowed) { $0 >= 0 }.map { .constant($0) }
    }
    guard let expression = expression(node, name, names: ["t", "step"]),
      let first = value(of: expression, in: node, name, ["t": 0, "step": 0])
    else { return nil }
    guard first.isFinite, first >= 0 else {
      error("'\(name)' must be \(allowed), got \(text.shown), which is \(first) at the start", at: node.origin)
      return nil
    }
    let varies = expression.names().contains { $0.name == "t" || $0.name == "step" }
    return varies ? .expression(expression, constants: constants) : .constant(first)
  }
}
