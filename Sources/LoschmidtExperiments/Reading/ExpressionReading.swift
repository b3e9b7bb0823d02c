import LoschmidtDynamics
import LoschmidtNumerics

extension ScenarioDecoder {
  /// Reports an error inside an expression at its own place.
  mutating func report(_ problem: ExpressionError, in node: ScenarioNode, _ name: String) {
    if case .override = node.origin {
      return error("in '\(name)', character \(problem.position + 1): \(problem.message)", at: node.origin)
    }
    error("in '\(name)': \(problem.message)", at: ScalarCursor.origin(of: problem.position, in: node, source: source))
  }

  /// An expression, parsed; names are not checked.
  mutating func expression(_ node: ScenarioNode, _ name: String) -> Expression? {
    guard let text = node.text, !node.isEmpty else {
      error("'\(name)' must be an expression, got \(node.shown)", at: node.origin)
      return nil
    }
    switch NumberLiteral(text) {
    case .leadingZero, .notFinite:
      _ = number(node, name)
      return nil
    case .number, .none: break
    }
    do {
      return try Expression(parsing: text)
    } catch {
      report(error, in: node, name)
      return nil
    }
  }

  /// An expression in which only these names, the constants, `pi` and `e` occur, and no random numbers.
  ///
  /// Where a parameter may be named, so may its elements, such as `W[0,1]`.
  mutating func expression(_ node: ScenarioNode, _ name: String, names: [String]) -> Expression? {
    guard let expression = expression(node, name), check(expression, in: node, name, names: names) else { return nil }
    return expression
  }

  /// So many unknown names of one expression are reported.
  private static let unknownNameLimit = 20

  /// Whether only these names, the constants, `pi` and `e` occur in an expression, and random numbers only where
  /// they are allowed; everything else is reported.
  mutating func check(
    _ expression: Expression, in node: ScenarioNode, _ name: String, names: [String], randomAllowed: Bool = false
  ) -> Bool {
    let known = names + constants.keys.sorted() + ["pi", "e"]
    var good = true
    let unknownNames = expression.names().filter { !known.contains($0.name) && !isElement($0.name, among: names) }
    for (unknown, position) in unknownNames.prefix(Self.unknownNameLimit) {
      if unknown.contains("[") {
        report(ExpressionError(at: position, elementProblem(unknown, known: known)), in: node, name)
      } else {
        report(Self.unknownName(unknown, at: position, known: known, headers: headers(for: name)), in: node, name)
      }
      good = false
    }
    if randomAllowed { return good }
    for (item, position) in zip(expression.nodes, expression.positions) {
      guard case .call(let function, _) = item, function.isDistribution else { continue }
      let message = "'\(function.rawValue)' is a random number, which only parameters and generated data may use"
      report(ExpressionError(at: position, message), in: node, name)
      good = false
    }
    return good
  }

  /// Whether a name is that of an element of an array that may be named.
  private func isElement(_ name: String, among names: [String]) -> Bool {
    guard name.contains("["), names.contains(String(name.prefix { $0 != "[" })) else { return false }
    // Where the parameters could not be read, that has been reported.
    return context.parameters.map { $0.coordinate(ofElement: name) != nil } ?? true
  }

  /// Why `W[0,1]` cannot be named; `known` are the names that can.
  private func elementProblem(_ name: String, known: [String]) -> String {
    let array = String(name.prefix { $0 != "[" })
    switch context.parameters?.reference(name) {
    case .noElement(let parameter):
      return "there is no element \(name.shown); \(ParameterLayout.indexRange(of: array, parameter.shape))"
    case .element:
      return "\(name.shown) is a coordinate of a parameter, which cannot be named here; known here are "
        + "\(known.prefix(20).joined(separator: ", "))"
    default:
      let kind = context.kind(of: array)
      return "\(name.shown) is no element of a parameter; "
        + (kind.map { "'\(array)' is the name of a \($0)" } ?? "'\(array)' is not the name of one")
    }
  }

  /// The headers of the data where the loss is read, if some of them cannot be written in an expression.
  private func headers(for name: String) -> [String] {
    name == "loss" && !context.headers.allSatisfy(Self.isName) ? context.headers : []
  }

  /// The error for a name that has no meaning where it stands; `headers` are those of a table, shown as they are.
  static func unknownName(
    _ name: String, at position: Int, known: [String], headers: [String] = []
  ) -> ExpressionError {
    let file = headers.isEmpty ? "" : "; in the file \(headerList(headers))"
    let advice =
      nearestName(to: name, among: known).map { "did you mean '\($0)'?" }
      ?? "known here are \(known.prefix(20).joined(separator: ", "))\(known.count > 20 ? ", …" : "")\(file)"
    return ExpressionError(at: position, "'\(name)' is not a known name; \(advice)")
  }

  /// The value of an expression of numbers and constants, which `condition` must allow.
  mutating func constantValue(
    _ node: ScenarioNode, _ name: String, allowed: String = "a finite number",
    where condition: (Double) -> Bool = { _ in true }
  ) -> Double? {
    guard let text = node.text, !node.isEmpty else { return number(node, name, allowed: allowed) }
    if case .number(let value) = NumberLiteral(text), condition(value) { return value }
    guard let expression = expression(node, name, names: []) else { return nil }
    guard let value = value(of: expression, in: node, name, [:]) else { return nil }
    guard value.isFinite, condition(value) else {
      error("'\(name)' must be \(allowed), got \(text.shown)\(shownValue(value, text))", at: node.origin)
      return nil
    }
    return value
  }

  /// The value of an expression with these names and the constants; errors are reported.
  mutating func value(
    of expression: Expression, in node: ScenarioNode, _ name: String, _ names: [String: Double]
  ) -> Double? {
    do {
      return try expression.value { names[$0] ?? constants[$0] }
    } catch {
      report(error, in: node, name)
      return nil
    }
  }

  /// ` = VALUE` where the text is not the number itself.
  func shownValue(_ value: Double, _ text: String) -> String {
    if case .number = NumberLiteral(text) { return "" }
    return " = \(value)"
  }
}
