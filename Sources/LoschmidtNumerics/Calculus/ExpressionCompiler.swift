extension Expression {
  /// Builds the expression in a graph.
  ///
  /// - Parameters:
  ///   - graph: Where the values are made.
  ///   - symbols: The value of every name; `pi` and `e` need not be given.
  /// - Returns: The value of the whole expression.
  /// - Throws: An unknown name with the nearest known one, or shapes that do not fit, each with its position.
  public func build(in graph: inout Graph, symbols: [String: Graph.Value]) throws(ExpressionError) -> Graph.Value {
    let values = try buildAll(in: &graph, symbols: symbols)
    return values[values.count - 1]
  }

  /// Builds the value of every node, in their order.
  func buildAll(in graph: inout Graph, symbols: [String: Graph.Value]) throws(ExpressionError) -> [Graph.Value] {
    var values: [Graph.Value] = []
    values.reserveCapacity(nodes.count)
    for (node, position) in zip(nodes, positions) {
      switch node {
      case .number(let number): values.append(graph.constant(number))
      case .name(let name): values.append(try Self.lookUp(name, at: position, in: &graph, symbols))
      case .negate(let a): values.append(graph.negate(values[a]))
      case .binary(let operation, let a, let b):
        values.append(try Self.binary(operation, values[a], values[b], at: position, in: &graph))
      case .call(let function, let arguments):
        values.append(try Self.call(function, arguments.map { values[$0] }, at: position, in: &graph))
      }
    }
    return values
  }

  private static func lookUp(
    _ name: String, at position: Int, in graph: inout Graph, _ symbols: [String: Graph.Value]
  ) throws(ExpressionError) -> Graph.Value {
    if let value = symbols[name] { return value }
    if name == "pi" { return graph.constant(.pi) }
    if name == "e" { return graph.constant(2.718281828459045) }
    throw unknownName(name, at: position, known: symbols.keys)
  }

  /// The error for a name that has no meaning where it stands.
  static func unknownName(_ name: String, at position: Int, known: some Sequence<String>) -> ExpressionError {
    let names = known.sorted()
    if let near = nearestName(to: name, among: names + ["pi", "e"]) {
      return ExpressionError(at: position, "'\(name)' is not a known name; did you mean '\(near)'?")
    }
    let shown = names.prefix(20).joined(separator: ", ") + (names.count > 20 ? ", …" : "")
    return ExpressionError(
      at: position, "'\(name)' is not a known name; known here are \(shown.isEmpty ? "" : shown + ", ")pi and e")
  }

  private static func binary(
    _ operation: Operator, _ a: Graph.Value, _ b: Graph.Value, at position: Int, in graph: inout Graph
  ) throws(ExpressionError) -> Graph.Value {
    if operation == .matrixProduct { return try matrixProduct(a, b, at: position, in: &graph) }
    let shape = try commonShape(a, b, "'\(operation.rawValue)'", at: position, in: graph)
    let result: Graph.Value
    switch operation {
    case .add: result = graph.add(a, b)
    case .subtract: result = graph.subtract(a, b)
    case .multiply: result = graph.multiply(a, b)
    case .divide: result = graph.divide(a, b)
    case .power: result = graph.power(a, b)
    case .matrixProduct: preconditionFailure("handled above")
    }
    // Where arithmetic left a number for an array of equal elements, as for 0*W, later sums must still see the array.
    return graph.repeated(result, to: shape)
  }

  private static func commonShape(
    _ a: Graph.Value, _ b: Graph.Value, _ what: String, at position: Int, in graph: Graph
  ) throws(ExpressionError) -> Shape {
    let (left, right) = (graph.shape(of: a), graph.shape(of: b))
    guard let shape = left.broadcast(with: right) else {
      throw ExpressionError(
        at: position,
        "\(what) cannot combine shapes \(left) and \(right); extents must be equal or 1, counted from the last")
    }
    try requireSize(shape, what, at: position)
    return shape
  }

  /// Refuses arrays that no memory holds in every lane.
  private static func requireSize(_ shape: Shape, _ what: String, at position: Int) throws(ExpressionError) {
    guard shape.count > Expression.elementLimit else { return }
    throw ExpressionError(
      at: position,
      "\(what) makes an array of \(shape.count) elements, and at most \(Expression.elementLimit) are allowed")
  }

  /// Vector · vector, matrix · vector, vector · matrix or matrix · matrix, as in NumPy.
  private static func matrixProduct(
    _ a: Graph.Value, _ b: Graph.Value, at position: Int, in graph: inout Graph
  ) throws(ExpressionError) -> Graph.Value {
    let (left, right) = (graph.shape(of: a), graph.shape(of: b))
    guard left.rank >= 1, right.rank >= 1 else {
      throw ExpressionError(
        at: position, "'@' multiplies arrays, got \(left) and \(right); for numbers write '*'")
    }
    let inner = left.columns
    let rightInner = right.rank == 1 ? right.columns : right.rows
    guard inner == rightInner else {
      throw ExpressionError(
        at: position,
        "'@' cannot multiply shapes \(left) and \(right): the last extent of the left, \(inner), must equal "
          + "\(right.rank == 1 ? "the extent" : "the first extent") of the right, \(rightInner)")
    }
    let rows = left.rank == 2 ? left.rows : 1
    let columns = right.rank == 2 ? right.columns : 1
    let shape: Shape =
      left.rank == 2 && right.rank == 2
      ? .matrix(rows, columns) : left.rank == 2 ? .vector(rows) : right.rank == 2 ? .vector(columns) : .scalar
    try requireSize(shape, "'@'", at: position)
    let result = graph.contract(a, b, rows: rows, columns: columns, inner: inner, shape: shape)
    return graph.repeated(result, to: shape)
  }

  private static func call(
    _ function: ExpressionFunction, _ arguments: [Graph.Value], at position: Int, in graph: inout Graph
  ) throws(ExpressionError) -> Graph.Value {
    let a = arguments[0]
    switch function {
    case .min, .max:
      let shape = try commonShape(a, arguments[1], "'\(function.rawValue)'", at: position, in: graph)
      let result = function == .min ? graph.minimum(a, arguments[1]) : graph.maximum(a, arguments[1])
      return graph.repeated(result, to: shape)
    case .dot:
      try checkDot(a, arguments[1], at: position, in: graph)
      return graph.dot(a, arguments[1])
    case .sum: return graph.sum(a, at: graph.shape(of: a))
    case .mean:
      let full = graph.shape(of: a)
      let total = graph.sum(a, at: full)
      return graph.divide(total, graph.constant(Double(full.count)))
    case .transpose: return graph.transpose(a)
    case .normal, .uniform:
      throw ExpressionError(
        at: position,
        "'\(function.rawValue)' is a random number, which only parameters and generated data may use")
    default:
      guard let unary = function.unary else { preconditionFailure("every other function has one argument") }
      return graph.unary(unary, a)
    }
  }

  private static func checkDot(
    _ a: Graph.Value, _ b: Graph.Value, at position: Int, in graph: Graph
  ) throws(ExpressionError) {
    guard graph.shape(of: a) == graph.shape(of: b) else {
      throw ExpressionError(
        at: position,
        "'dot' needs two arrays of one shape, got \(graph.shape(of: a)) and \(graph.shape(of: b))")
    }
  }
}

extension Graph {
  /// The smaller of two, the first at a tie, NaN where either is NaN.
  mutating func minimum(_ a: Value, _ b: Value) -> Value { select(lessOrEqual(a, b), a, b) }

  /// The larger of two, the first at a tie, NaN where either is NaN.
  mutating func maximum(_ a: Value, _ b: Value) -> Value { select(greaterOrEqual(a, b), a, b) }
}

extension ExpressionFunction {
  /// The kernel of an elementwise function of one argument.
  var unary: UnaryFunction? {
    switch self {
    case .exp: .exp
    case .log: .log
    case .sqrt: .sqrt
    case .sin: .sin
    case .cos: .cos
    case .tan: .tan
    case .tanh: .tanh
    case .sinh: .sinh
    case .cosh: .cosh
    case .atan: .atan
    case .abs: .abs
    case .relu: .relu
    case .softplus: .softplus
    case .sigmoid: .sigmoid
    case .logcosh: .logcosh
    case .erf: .erf
    case .lgamma: .lgamma
    case .min, .max, .sum, .mean, .dot, .transpose, .normal, .uniform: nil
    }
  }
}
