/// Turns the text of an expression into its nodes.
///
/// Operator precedence parsing with a stack of its own (Dijkstra's shunting yard), so that nesting needs no recursion:
/// what is open, such as a parenthesis or an operator that waits for its right operand, is a frame.
struct ExpressionParser {
  private(set) var nodes: [Expression.Node] = []
  private(set) var positions: [Int] = []
  private let tokens: [ExpressionToken]
  private var next = 0
  private var frames: [Frame] = []
  /// Operands that wait for their operator, as indices of nodes.
  private var operands: [Int] = []
  private var depth = 0

  /// What is open.
  private struct Frame {
    enum Kind {
      case group
      case call(ExpressionFunction)
      case negation, plus
      case binary(Expression.Operator)
    }

    let kind: Kind
    let position: Int
    /// The place of the '(' of a call.
    var opening = 0
    /// The number of arguments of a call so far.
    var arguments = 0

    /// How tightly an operator binds; parentheses hold everything inside together.
    var precedence: Int {
      switch kind {
      case .group, .call: 0
      case .binary(.add), .binary(.subtract): 1
      case .binary(.multiply), .binary(.divide), .binary(.matrixProduct): 2
      case .negation, .plus: 3
      case .binary(.power): 4
      }
    }

    /// Whether the frame is a level of nesting; sums and products of any length are one level.
    var nests: Bool { precedence == 0 || precedence > 2 }
  }

  init(_ text: String) throws(ExpressionError) {
    tokens = try ExpressionToken.scan(text)
  }

  private var token: ExpressionToken { tokens[next] }

  mutating func parseAll() throws(ExpressionError) {
    if case .end = token.kind {
      throw ExpressionError(at: token.position, "the expression is empty; a number, a name or a formula is needed")
    }
    repeat { try operand() } while try continues()
    guard nodes.count <= Expression.nodeLimit else {
      throw ExpressionError(
        at: 0,
        "the expression has \(nodes.count) numbers, names and operations, and at most \(Expression.nodeLimit) are allowed"
      )
    }
  }

  // MARK: Where an operand is needed

  /// Reads signs and opening parentheses up to the first whole operand.
  private mutating func operand() throws(ExpressionError) {
    while true {
      let start = token
      next += 1
      switch start.kind {
      case .number(let value):
        append(.number(value), at: start.position)
        return
      case .name(let name):
        if !token.isSymbol("(") {
          try bareName(name, at: start.position)
          return
        }
        if try !opensCall(name, at: start.position) { return }
      case .symbol("("): try open(Frame(kind: .group, position: start.position))
      case .symbol("-"): try open(Frame(kind: .negation, position: start.position))
      case .symbol("+"): try open(Frame(kind: .plus, position: start.position))
      case .end:
        throw ExpressionError(at: start.position, "the expression ends where a number, a name or '(' is needed")
      case .symbol:
        throw ExpressionError(at: start.position, "\(start.shown) where a number, a name or '(' is needed")
      }
    }
  }

  private mutating func bareName(_ name: String, at position: Int) throws(ExpressionError) {
    if let function = ExpressionFunction(rawValue: name) {
      let arguments = function.argumentCount == 1 ? "argument" : "arguments"
      throw ExpressionError(at: position, "'\(name)' is a function and needs its \(arguments) in parentheses")
    }
    append(.name(name), at: position)
  }

  /// Opens a call, whose '(' is the next token; `false` where it is closed again at once.
  private mutating func opensCall(_ name: String, at position: Int) throws(ExpressionError) -> Bool {
    guard let function = ExpressionFunction(rawValue: name) else {
      let known = ExpressionFunction.allCases.map(\.rawValue)
      let hint = ForeignNames.advice(for: name) ?? nearestName(to: name, among: known).map { "did you mean '\($0)'?" }
      throw ExpressionError(
        at: position, "'\(name)' is not a function; \(hint ?? "allowed are \(known.joined(separator: ", "))")")
    }
    let opening = token.position
    next += 1
    try open(Frame(kind: .call(function), position: position, opening: opening))
    if !token.isSymbol(")") { return true }
    next += 1
    try close(function, frames[frames.count - 1])
    return false
  }

  // MARK: Where an operator is needed

  /// Reads closing parentheses up to an operator or a comma; `false` at the end of the expression.
  private mutating func continues() throws(ExpressionError) -> Bool {
    while true {
      if let operation = token.symbol.flatMap({ Expression.Operator(rawValue: String($0)) }) {
        let frame = Frame(kind: .binary(operation), position: token.position)
        // Operators of the same kind group to the left, powers to the right.
        finish(bindingAtLeast: operation == .power ? frame.precedence + 1 : frame.precedence)
        try open(frame)
        next += 1
        return true
      }
      finish(bindingAtLeast: 1)
      guard let frame = frames.last else { return try endOrError() }
      switch frame.kind {
      case _ where token.kind == .end:
        if case .group = frame.kind { throw ExpressionError(at: frame.position, "this '(' is never closed") }
        throw ExpressionError(at: frame.opening, "this '(' is never closed")
      case .group where token.isSymbol(")"): pop()
      case .call(let function) where token.isSymbol(")"):
        frames[frames.count - 1].arguments += 1
        try close(function, frames[frames.count - 1])
      case .call where token.isSymbol(","):
        frames[frames.count - 1].arguments += 1
        next += 1
        return true
      case .call: throw ExpressionError(at: token.position, "\(token.shown) where an operator, ',' or ')' is needed")
      default: throw ExpressionError(at: token.position, "\(token.shown) where an operator or ')' is needed")
      }
      next += 1
    }
  }

  private func endOrError() throws(ExpressionError) -> Bool {
    if case .end = token.kind { return false }
    if token.isSymbol(")") { throw ExpressionError(at: token.position, "a ')' without its '('") }
    if token.isSymbol(",") {
      throw ExpressionError(at: token.position, "a ',' outside the arguments of a function")
    }
    throw ExpressionError(at: token.position, "an operator is missing before \(token.shown); allowed are + - * / ^ @")
  }

  /// Makes the call of the innermost frame, all of whose arguments are there.
  private mutating func close(_ function: ExpressionFunction, _ frame: Frame) throws(ExpressionError) {
    let count = function.argumentCount
    guard frame.arguments == count else {
      throw ExpressionError(
        at: frame.position,
        "'\(function.rawValue)' takes \(count) argument\(count == 1 ? "" : "s"), got \(frame.arguments)")
    }
    let arguments = Array(operands.suffix(count))
    operands.removeLast(count)
    pop()
    append(.call(function, arguments), at: frame.position)
  }

  /// Applies the innermost operators that bind at least this tightly; they have all their operands.
  private mutating func finish(bindingAtLeast precedence: Int) {
    while let frame = frames.last, frame.precedence >= max(1, precedence) {
      pop()
      switch frame.kind {
      case .negation: append(.negate(operands.removeLast()), at: frame.position)
      case .binary(let operation):
        let right = operands.removeLast()
        append(.binary(operation, operands.removeLast(), right), at: frame.position)
      case .plus, .group, .call: break
      }
    }
  }

  // MARK: Frames and nodes

  private mutating func open(_ frame: Frame) throws(ExpressionError) {
    frames.append(frame)
    depth += frame.nests ? 1 : 0
    if depth > Expression.nestingLimit {
      let position: Int = if case .call = frame.kind { frame.opening } else { frame.position }
      throw ExpressionError(
        at: position, "the expression nests deeper than \(Expression.nestingLimit) levels")
    }
  }

  private mutating func pop() {
    depth -= frames.removeLast().nests ? 1 : 0
  }

  private mutating func append(_ node: Expression.Node, at position: Int) {
    operands.append(nodes.count)
    nodes.append(node)
    positions.append(position)
  }
}
