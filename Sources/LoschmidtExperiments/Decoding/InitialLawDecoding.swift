import LoschmidtDynamics
import LoschmidtNumerics

extension ScenarioDecoder {
  /// The law of the elements of an array, row by row: from one value for all, an expression of the zero-based indices
  /// `i` and `j`, a distribution, or a nested list.
  mutating func law(_ node: ScenarioNode, shape: Shape, name: String) -> [InitialLaw.Coordinate]? {
    switch node.content {
    case .scalar: return law(ofText: node, shape: shape, name: name)
    case .list(let items): return law(ofItems: items, node, shape: shape, name: name)
    case .map:
      error(
        "'\(name)' must be a number, an expression, a distribution or a nested list, got \(node.shown)", at: node.origin
      )
      return nil
    }
  }

  private mutating func law(
    ofItems items: [ScenarioNode], _ node: ScenarioNode, shape: Shape, name: String
  ) -> [InitialLaw.Coordinate]? {
    guard let extent = shape.dimensions.first else {
      error("'\(name)' must be a number, got \(node.shown)", at: node.origin)
      return nil
    }
    guard items.count == extent else {
      error("'\(name)' needs \(extent) entries for the shape \(shape), got \(items.count)", at: node.origin)
      return nil
    }
    let inner = Shape(Array(shape.dimensions.dropFirst()))
    var law: [InitialLaw.Coordinate] = []
    law.reserveCapacity(shape.count)
    var good = true
    for item in items {
      if inner.rank > 0, item.list == nil {
        error("'\(name)' needs a list of \(inner.count) numbers here, got \(item.shown)", at: item.origin)
        good = false
      } else if let part = self.law(item, shape: inner, name: name) {
        law += part
      } else {
        good = false
      }
    }
    return good ? law : nil
  }

  private mutating func law(ofText node: ScenarioNode, shape: Shape, name: String) -> [InitialLaw.Coordinate]? {
    guard let text = node.text, !node.isEmpty else {
      error("'\(name)' must be a number, an expression or a distribution, got nothing", at: node.origin)
      return nil
    }
    if case .number(let value) = NumberLiteral(text) {
      return [InitialLaw.Coordinate](repeating: .point(value), count: shape.count)
    }
    guard let expression = expression(node, name) else { return nil }
    if expression.isDistribution {
      return distribution(expression, in: node, name).map { .init(repeating: $0, count: shape.count) }
    }
    let indices = ["i", "j"].prefix(shape.rank)
    guard check(expression, in: node, name, names: Array(indices)) else { return nil }
    return elements(of: expression, in: node, shape: shape, name: name)?.map { .point($0) }
  }

  private mutating func elements(
    of formula: Expression, in node: ScenarioNode, shape: Shape, name: String
  ) -> [Double]? {
    var values: [Double] = []
    values.reserveCapacity(shape.count)
    let columns = shape.rank == 2 ? shape.columns : 1
    for k in 0..<shape.count {
      let (i, j) = (k / columns, k % columns)
      let indices: [String: Double] = shape.rank == 0 ? [:] : ["i": Double(i), "j": Double(j)]
      guard let value = value(of: formula, in: node, name, indices) else { return nil }
      guard value.isFinite else {
        let place = shape.rank == 0 ? "" : " at i = \(i)" + (shape.rank == 2 ? ", j = \(j)" : "")
        error("'\(name)' must be a finite number, got \(formula.text.shown) = \(value)\(place)", at: node.origin)
        return nil
      }
      values.append(value)
    }
    return values
  }

  /// Reads `normal(mean, standard deviation)` or `uniform(lower, upper)` with constant arguments.
  private mutating func distribution(
    _ expression: Expression, in node: ScenarioNode, _ name: String
  ) -> InitialLaw.Coordinate? {
    guard check(expression, in: node, name, names: [], randomAllowed: true) else { return nil }
    var calls: [(function: ExpressionFunction, arguments: [Double])] = []
    do {
      _ = try expression.value({ constants[$0] }) { function, arguments in
        calls.append((function, arguments))
        return 0
      }
    } catch {
      report(error, in: node, name)
      return nil
    }
    guard calls.count == 1, let call = calls.first else {
      error(
        "'\(name)' is a distribution with random arguments, got \(expression.text.shown); allowed are numbers",
        at: node.origin)
      return nil
    }
    let (a, b) = (call.arguments[0], call.arguments[1])
    switch call.function {
    case .normal where a.isFinite && b.isFinite && b > 0: return .normal(mean: a, standardDeviation: b)
    case .uniform where a.isFinite && b.isFinite && a < b: return .uniform(lower: a, upper: b)
    case .normal:
      error(
        "'\(name)': the standard deviation of normal(mean, standard deviation) must be a finite number > 0, got "
          + "\(expression.text.shown)", at: node.origin)
    default:
      error(
        "'\(name)': uniform(lower, upper) needs lower < upper, both finite, got \(expression.text.shown)",
        at: node.origin)
    }
    return nil
  }
}
