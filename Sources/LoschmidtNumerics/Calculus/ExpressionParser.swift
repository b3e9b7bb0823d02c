/// Turns the text of an expression into its nodes by recursive descent.
struct ExpressionParser {
  private(set) var nodes: [Expression.Node] = []
  private(set) var positions: [Int] = []
  private let tokens: [ExpressionToken]
  private var next = 0
  private var depth = 0

  init(_ text: String) throws(ExpressionError) {
    tokens = try ExpressionToken.scan(text)
  }

  private var token: ExpressionToken { tokens[next] }

  mutating func parseAll() throws(ExpressionError) {
    if case .end = token.kind {
      throw ExpressionError(at: token.position, "the expression is empty; a number, a name or a formula is needed")
    }
    _ = try sum()
    guard case .end = token.kind else {
      if token.isSymbol(")") { throw ExpressionError(at: token.position, "a ')' without its '('") }
      if token.isSymbol(",") {
        throw ExpressionError(at: token.position, "a ',' outside the arguments of a function")
      }
      throw ExpressionError(
        at: token.position, "an operator is missing before \(token.shown); allowed are + - * / ^ @")
    }
  }

  // sum = product (('+' | '-') product)*
  private mutating func sum() throws(ExpressionError) -> Int {
    var left = try product()
    while let symbol = token.symbol, symbol == "+" || symbol == "-" {
      let position = token.position
      next += 1
      let right = try product()
      left = append(.binary(symbol == "+" ? .add : .subtract, left, right), at: position)
    }
    return left
  }

  // product = signed (('*' | '/' | '@') signed)*
  private mutating func product() throws(ExpressionError) -> Int {
    var left = try signed()
    while let symbol = token.symbol, symbol == "*" || symbol == "/" || symbol == "@" {
      let position = token.position
      next += 1
      let right = try signed()
      let operation: Expression.Operator = symbol == "*" ? .multiply : symbol == "/" ? .divide : .matrixProduct
      left = append(.binary(operation, left, right), at: position)
    }
    return left
  }

  // signed = ('-' | '+') signed | power
  private mutating func signed() throws(ExpressionError) -> Int {
    guard let symbol = token.symbol, symbol == "-" || symbol == "+" else { return try power() }
    let position = token.position
    next += 1
    try descend(at: position)
    defer { depth -= 1 }
    let operand = try signed()
    return symbol == "-" ? append(.negate(operand), at: position) : operand
  }

  // power = primary ('^' signed)?
  private mutating func power() throws(ExpressionError) -> Int {
    let base = try primary()
    guard token.isSymbol("^") else { return base }
    let position = token.position
    next += 1
    try descend(at: position)
    defer { depth -= 1 }
    let exponent = try signed()
    return append(.binary(.power, base, exponent), at: position)
  }

  // primary = number | name | name '(' sum (',' sum)* ')' | '(' sum ')'
  private mutating func primary() throws(ExpressionError) -> Int {
    let start = token
    switch start.kind {
    case .number(let value):
      next += 1
      return append(.number(value), at: start.position)
    case .name(let name):
      next += 1
      return token.isSymbol("(") ? try call(name, at: start.position) : try bareName(name, at: start.position)
    case .symbol("("):
      next += 1
      try descend(at: start.position)
      defer { depth -= 1 }
      let inside = try sum()
      try expectClosing(of: start.position, allowed: "an operator or ')'")
      return inside
    case .end:
      throw ExpressionError(at: start.position, "the expression ends where a number, a name or '(' is needed")
    case .symbol:
      throw ExpressionError(at: start.position, "\(start.shown) where a number, a name or '(' is needed")
    }
  }

  private mutating func bareName(_ name: String, at position: Int) throws(ExpressionError) -> Int {
    if let function = ExpressionFunction(rawValue: name) {
      let arguments = function.argumentCount == 1 ? "argument" : "arguments"
      throw ExpressionError(at: position, "'\(name)' is a function and needs its \(arguments) in parentheses")
    }
    return append(.name(name), at: position)
  }

  private mutating func call(_ name: String, at position: Int) throws(ExpressionError) -> Int {
    guard let function = ExpressionFunction(rawValue: name) else {
      let known = ExpressionFunction.allCases.map(\.rawValue)
      let hint = nearestName(to: name, among: known).map { "did you mean '\($0)'?" }
      throw ExpressionError(
        at: position, "'\(name)' is not a function; \(hint ?? "allowed are \(known.joined(separator: ", "))")")
    }
    let opening = token.position
    next += 1
    try descend(at: opening)
    defer { depth -= 1 }
    var arguments: [Int] = []
    if !token.isSymbol(")") {
      arguments.append(try sum())
      while token.isSymbol(",") {
        next += 1
        arguments.append(try sum())
      }
    }
    try expectClosing(of: opening, allowed: "an operator, ',' or ')'")
    guard arguments.count == function.argumentCount else {
      let count = function.argumentCount
      throw ExpressionError(
        at: position, "'\(name)' takes \(count) argument\(count == 1 ? "" : "s"), got \(arguments.count)")
    }
    return append(.call(function, arguments), at: position)
  }

  private mutating func expectClosing(of opening: Int, allowed: String) throws(ExpressionError) {
    if case .end = token.kind {
      throw ExpressionError(at: opening, "this '(' is never closed")
    }
    guard token.isSymbol(")") else {
      throw ExpressionError(at: token.position, "\(token.shown) where \(allowed) is needed")
    }
    next += 1
  }

  private mutating func descend(at position: Int) throws(ExpressionError) {
    depth += 1
    if depth > Expression.nestingLimit {
      throw ExpressionError(at: position, "the expression nests deeper than \(Expression.nestingLimit) levels")
    }
  }

  private mutating func append(_ node: Expression.Node, at position: Int) -> Int {
    nodes.append(node)
    positions.append(position)
    return nodes.count - 1
  }
}
