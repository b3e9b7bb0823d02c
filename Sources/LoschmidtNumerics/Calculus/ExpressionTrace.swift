/// The values of all parts of an expression at one point: where something becomes infinite or NaN.
public struct ExpressionTrace: Sendable {
  /// The expression.
  public let expression: Expression
  /// The elements of every node, in the order of the nodes.
  public let values: [[Double]]

  /// Larger traces are not made.
  static let largest = 1 << 20

  /// Evaluates every part; `nil` where the expression does not compile or has more than a million numbers on the way.
  ///
  /// - Parameters:
  ///   - expression: An expression that compiles with the inputs.
  ///   - inputs: What it names.
  ///   - blocks: The numbers of θ, of the sample and of what is common, as in ``DifferentiableFunction``.
  public init?(_ expression: Expression, inputs: DifferentiableFunction.Inputs, blocks: [[Double]]) {
    var graph = Graph()
    let symbols = inputs.symbols(in: &graph)
    guard let nodes = try? expression.buildAll(in: &graph, symbols: symbols.named) else { return nil }
    let counts = nodes.map { graph.shape(of: $0).count }
    guard counts.reduce(0, +) <= Self.largest else { return nil }
    var offset = 0
    let outputs = zip(nodes, counts).map { node, count in
      defer { offset += count }
      return Tape.Output(node, block: 0, offset: offset)
    }
    let storage = blocks.map { block in
      let lanes = LaneStorage(dimension: max(1, block.count), lanes: 4)
      if !block.isEmpty { lanes.broadcast(block) }
      return lanes
    }
    let result = LaneStorage(dimension: offset, lanes: 4)
    let tape = TapeEvaluator(Tape(graph, outputs: outputs), lanes: 4)
    let inputs = storage.map { UnsafePointer($0.pointer) }
    inputs.withUnsafeBufferPointer { inputs in
      [result.pointer].withUnsafeBufferPointer { tape.run(inputs: inputs, outputs: $0) }
    }
    self.expression = expression
    let flat = result.vector(lane: 0)
    var next = 0
    values = counts.map { count in
      defer { next += count }
      return Array(flat[next..<next + count])
    }
    withExtendedLifetime(storage) {}
  }

  /// The first part that is infinite or NaN although everything it is made of is finite; `nil` where all are finite.
  public var firstFailure: Int? {
    expression.nodes.indices.first { index in
      !values[index].allSatisfy(\.isFinite) && operands(index).allSatisfy { values[$0].allSatisfy(\.isFinite) }
    }
  }

  /// The operands of a node, as indices of nodes.
  public func operands(_ index: Int) -> [Int] {
    switch expression.nodes[index] {
    case .number, .name: []
    case .negate(let a): [a]
    case .binary(_, let a, let b): [a, b]
    case .call(_, let arguments): arguments
    }
  }

  /// The node that has a node as its operand; `nil` for the whole expression.
  public func parent(of index: Int) -> Int? {
    expression.nodes.indices.first { $0 > index && operands($0).contains(index) }
  }
}
