/// Straight-line arithmetic on arrays: every value is computed once from values before it.
///
/// Equal computations are the same node (common subexpressions merge as they are built), constants are folded, and
/// products with 0 or 1 and sums with 0 vanish. Elementwise operations broadcast as in NumPy. Derivatives are built
/// in the same graph, see `Gradient.swift` and `Jet.swift`; a ``Tape`` evaluates chosen nodes on blocks of lanes.
public struct Graph: Sendable {
  /// A value in a graph.
  public struct Value: Hashable, Sendable {
    let index: Int
  }

  /// How a value comes about.
  enum Operation: Hashable, Sendable {
    /// Elements `offset ..< offset + count` of an input block.
    case input(block: Int, offset: Int)
    case constant(Double)
    case add, subtract, multiply, divide, power
    case negate
    case unary(UnaryFunction)
    /// 1 where the first operand is ≤ the second, 0 where it is >, NaN where either is NaN.
    case lessOrEqual
    /// 1 where the first operand is ≥ the second, 0 where it is <, NaN where either is NaN.
    case greaterOrEqual
    /// The second operand where the first is not 0, the third where it is, NaN where it is NaN.
    case select
    /// The matrix product of two operands, each read as its transpose where said. `columns` = 1 for vectors.
    case contract(rows: Int, columns: Int, inner: Int, leftTransposed: Bool, rightTransposed: Bool)
    /// The sum over all rows, or all columns, or both.
    case sum(overRows: Bool, overColumns: Bool)
    case transpose
    /// The operand repeated to the shape of the node.
    case expand
    /// As many elements of the operand as the node has, row by row, from the element `offset` on.
    case slice(offset: Int)
  }

  struct Node: Hashable, Sendable {
    let operation: Operation
    let operands: [Value]
    let shape: Shape
  }

  private(set) var nodes: [Node] = []
  private var known: [Node: Value] = [:]

  /// An empty graph.
  public init() {}

  /// The shape of a value.
  public func shape(of value: Value) -> Shape { nodes[value.index].shape }

  /// The number that a value is, where it is a constant.
  public func constantValue(of value: Value) -> Double? {
    if case .constant(let number) = nodes[value.index].operation { return number }
    return nil
  }

  /// An array that is read from an input block.
  ///
  /// - Parameters:
  ///   - block: The number of the block, in the order in which a tape takes its inputs.
  ///   - offset: The first coordinate of the block that belongs to this array.
  ///   - shape: The shape of the array.
  /// - Returns: The array, the same value whenever the same elements are asked for.
  public mutating func input(block: Int, offset: Int, shape: Shape) -> Value {
    insert(.input(block: block, offset: offset), [], shape)
  }

  /// A number; 0 and −0 are one and the same.
  public mutating func constant(_ number: Double) -> Value { insert(.constant(number), [], .scalar) }

  mutating func insert(_ operation: Operation, _ operands: [Value], _ shape: Shape) -> Value {
    let node = Node(operation: operation, operands: operands, shape: shape)
    if let value = known[node] { return value }
    let value = Value(index: nodes.count)
    nodes.append(node)
    known[node] = value
    return value
  }

  /// Whether some value has a derivative that jumps: its higher derivatives may vanish although it is no polynomial.
  var hasKinks: Bool {
    nodes.contains { node in
      switch node.operation {
      case .lessOrEqual, .greaterOrEqual, .select: true
      case .unary(let function): function.hasKink
      default: false
      }
    }
  }

  func node(_ value: Value) -> Node { nodes[value.index] }
}
