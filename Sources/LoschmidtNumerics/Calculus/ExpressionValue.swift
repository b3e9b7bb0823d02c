extension Expression {
  /// The value of an expression of numbers.
  ///
  /// - Parameters:
  ///   - lookup: The number that a name stands for; `pi` and `e` need not be known.
  ///   - sampling: Draws from a distribution with these arguments; without it `normal` and `uniform` are errors.
  /// - Returns: The value, which may be infinite or NaN where a function is not defined.
  /// - Throws: An unknown name, or an operation on arrays, with its position.
  public func value(
    _ lookup: (String) -> Double?,
    sampling: ((_ distribution: ExpressionFunction, _ arguments: [Double]) -> Double)? = nil
  ) throws(ExpressionError) -> Double {
    var values: [Double] = []
    values.reserveCapacity(nodes.count)
    for (node, position) in zip(nodes, positions) {
      switch node {
      case .number(let number): values.append(number)
      case .name(let name): values.append(try Self.number(name, at: position, lookup))
      case .negate(let a): values.append(-values[a])
      case .binary(let operation, let a, let b):
        values.append(try Self.apply(operation, values[a], values[b], at: position))
      case .call(let function, let arguments):
        values.append(try Self.apply(function, arguments.map { values[$0] }, at: position, sampling))
      }
    }
    return values[values.count - 1]
  }

  private static func number(
    _ name: String, at position: Int, _ lookup: (String) -> Double?
  ) throws(ExpressionError) -> Double {
    if let value = lookup(name) { return value }
    if name == "pi" { return .pi }
    if name == "e" { return 2.718281828459045 }
    throw ExpressionError(at: position, "'\(name)' has no value here")
  }

  private static func apply(
    _ operation: Operator, _ a: Double, _ b: Double, at position: Int
  ) throws(ExpressionError) -> Double {
    switch operation {
    case .add: return a + b
    case .subtract: return a - b
    case .multiply: return a * b
    case .divide: return a / b
    case .power: return Kernel.power(a, b)
    case .matrixProduct: throw ExpressionError(at: position, "'@' multiplies arrays; for numbers write '*'")
    }
  }

  private static func apply(
    _ function: ExpressionFunction, _ arguments: [Double], at position: Int,
    _ sampling: ((_ distribution: ExpressionFunction, _ arguments: [Double]) -> Double)?
  ) throws(ExpressionError) -> Double {
    let a = arguments[0]
    switch function {
    case .min: return arguments[1] < a || arguments[1].isNaN ? arguments[1] : a
    case .max: return arguments[1] > a || arguments[1].isNaN ? arguments[1] : a
    case .dot: return a * arguments[1]
    case .sum, .mean, .transpose: return a
    case .normal, .uniform:
      guard let sampling else {
        throw ExpressionError(
          at: position,
          "'\(function.rawValue)' is a random number, which only parameters and generated data may use")
      }
      return sampling(function, arguments)
    default:
      guard let unary = function.unary else { preconditionFailure("every other function has one argument") }
      return Kernel.value(of: unary, at: a)
    }
  }
}
