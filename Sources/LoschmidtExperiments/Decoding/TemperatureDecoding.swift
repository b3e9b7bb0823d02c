import LoschmidtDynamics
import LoschmidtNumerics

extension ScenarioDecoder {
  /// Reads `temperature`: a number ≥ 0, an expression of `t` and `step`, or a map with one for each parameter.
  mutating func temperature(_ entry: ScenarioNode.Entry) -> Temperature? {
    guard entry.value.map != nil else { return temperatureValue(entry.value, "temperature").map { .uniform($0) } }
    guard let parameters = context.parameters,
      var reader = map(entry.value, name: "temperature", origin: entry.origin)
    else { return nil }
    var values: [Temperature.Value] = []
    for parameter in parameters.entries {
      guard let bath = reader.required(parameter.name) else { continue }
      if let value = temperatureValue(bath.value, "temperature") { values.append(value) }
    }
    reader.finish(&problems)
    return values.count == parameters.entries.count ? .perParameter(values) : nil
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
