/// A formula of the scenario format, parsed.
///
/// The syntax tree is stored flat, operands before operators, so that a long formula needs no deep recursion.
/// Grammar, loosest first: `+ -`, then `* / @`, then unary minus, then `^` (right-associative), then numbers, names,
/// calls and parentheses. Nesting is limited to ``nestingLimit``.
public struct Expression: Sendable, Equatable {
  /// A binary operator.
  public enum Operator: String, Sendable {
    case add = "+"
    case subtract = "-"
    case multiply = "*"
    case divide = "/"
    case power = "^"
    case matrixProduct = "@"
  }

  /// A node of the tree; operands are indices of earlier nodes.
  public enum Node: Sendable, Equatable {
    case number(Double)
    case name(String)
    case negate(Int)
    case binary(Operator, Int, Int)
    case call(ExpressionFunction, [Int])
  }

  /// How deep parentheses, powers, signs and calls may nest.
  public static let nestingLimit = 256

  /// At most so many characters; a formula of more is a mistake, and would take memory by the gigabyte.
  public static let lengthLimit = 1_000_000
  /// At most so many numbers, names and operations; what is longer is data, and takes derivatives by the minute.
  public static let nodeLimit = 100_000
  /// At most so many elements of an array that an operation makes.
  public static let elementLimit = 10_000_000

  /// Names that cannot be given to parameters, columns, protocols or constants.
  public static let reservedNames: Set<String> = Set(
    ["pi", "e", "t", "step"] + ExpressionFunction.allCases.map(\.rawValue))

  /// The text as it was given.
  public let text: String
  /// The nodes, operands before operators; the last is the whole expression.
  public let nodes: [Node]
  /// The place in the text that each node is reported at, a 0-based offset in Unicode scalars.
  public let positions: [Int]

  /// Parses a text.
  ///
  /// - Throws: The first error with its position.
  public init(parsing text: String) throws(ExpressionError) {
    var parser = try ExpressionParser(text)
    try parser.parseAll()
    self.text = text
    nodes = parser.nodes
    positions = parser.positions
  }

  /// The names in the order of their first appearance, each with its first position, without those of functions.
  public func names() -> [(name: String, position: Int)] {
    var seen = Set<String>()
    var found: [(name: String, position: Int)] = []
    for (node, position) in zip(nodes, positions) {
      if case .name(let name) = node, seen.insert(name).inserted { found.append((name, position)) }
    }
    return found
  }

  /// Whether every operation treats the elements of arrays one by one, so that arrays of values give arrays of results.
  public var isElementwise: Bool {
    nodes.allSatisfy { node in
      switch node {
      case .binary(.matrixProduct, _, _): false
      case .call(let function, _): function.isElementwise
      default: true
      }
    }
  }

  /// Whether the whole expression is one call of a distribution, `normal(…)` or `uniform(…)`.
  public var isDistribution: Bool {
    if case .call(let function, _) = nodes[nodes.count - 1] { return function.isDistribution }
    return false
  }
}
