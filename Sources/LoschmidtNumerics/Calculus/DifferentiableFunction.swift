/// A scalar function of a vector θ and of further inputs, with exact derivatives by θ of every order.
///
/// All tapes take the input blocks θ (block 0), the sample (block 1) and what is common to all lanes (block 2), then the
/// directions of a derivative (blocks 3, 4, …).
public struct DifferentiableFunction: Sendable {
  /// The blocks that a function reads, and the arrays in them.
  public struct Inputs: Sendable {
    /// Names, first coordinates and shapes of the arrays in θ.
    public var parameters: [(name: String, offset: Int, shape: Shape)] = []
    /// Elements of arrays in θ that have names of their own, such as `W[0,1]`, with their coordinates, in their order.
    public var elements: [(name: String, offset: Int)] = []
    /// The arrays in the sample block.
    public var sample: [(name: String, offset: Int, shape: Shape)] = []
    /// Numbers in the common block, one coordinate each.
    public var common: [String] = []
    /// Numbers that never change.
    public var constants: [String: Double] = [:]

    /// No inputs yet.
    public init() {}
  }

  /// The number of coordinates of θ.
  public let dimension: Int
  /// Evaluates f: output block 0.
  public let valueTape: Tape
  /// Evaluates ∇f: output block 0, `dimension` coordinates.
  public let gradientTape: Tape
  /// Evaluates f and ∇f: output blocks 0 and 1.
  public let valueAndGradientTape: Tape

  /// ∇f, whose derivatives are those of f from the second order on.
  public let gradient: VectorFunction

  /// Compiles an expression and its gradient.
  ///
  /// - Throws: What is wrong with the expression, also when it is not a scalar, with its position.
  public init(_ expression: Expression, inputs: Inputs) throws(ExpressionError) {
    var graph = Graph()
    let symbols = inputs.symbols(in: &graph)
    let value = try expression.build(in: &graph, symbols: symbols.named)
    guard graph.shape(of: value).count == 1 else {
      throw ExpressionError(
        at: 0,
        "the expression must be a number, got an array of shape \(graph.shape(of: value)); sum or mean makes one")
    }
    let gradient = graph.gradient(of: value, by: symbols.parameters.map(\.value))
    let parts = inputs.parts(of: gradient, in: &graph)
    self.gradient = VectorFunction(graph, parts: parts, parameters: symbols.parameters)
    dimension = inputs.parameters.reduce(0) { $0 + $1.shape.count }
    gradientTape = self.gradient.tape
    valueTape = Tape(graph, outputs: [Tape.Output(value, block: 0)])
    // Before the graph is handed over, which they add to.
    let outputs = parts.map { Tape.Output(graph.expand($0.value, to: $0.shape), block: 1, offset: $0.offset) }
    valueAndGradientTape = Tape(graph, outputs: [Tape.Output(value, block: 0)] + outputs)
  }

  /// A tape for the multilinear derivative D^k∇f[a₁^m₁, a₂^m₂, …].
  ///
  /// - Parameter multiplicities: m₁, m₂, …, each at least 1; the directions a_i are the input blocks 3, 4, ….
  /// - Returns: A tape whose output block 0 has `dimension` coordinates.
  public func derivativeTape(multiplicities: [Int]) -> Tape { gradient.derivativeTape(multiplicities: multiplicities) }
}

extension DifferentiableFunction.Inputs {
  /// The inputs as values of a graph: all by their names, and those of θ with their first coordinates, arrays before elements.
  func symbols(
    in graph: inout Graph
  ) -> (named: [String: Graph.Value], parameters: [(value: Graph.Value, offset: Int)]) {
    var named: [String: Graph.Value] = [:]
    var arrays: [(value: Graph.Value, offset: Int)] = []
    var single: [(value: Graph.Value, offset: Int)] = []
    for (name, offset, shape) in parameters {
      let value = graph.input(block: 0, offset: offset, shape: shape)
      named[name] = value
      arrays.append((value, offset))
      // Each with the coordinate that it shares with its array: a direction moves both. They come after it, as numbers of
      // their own in its place would, so that arithmetic with them has the same order.
      for element in elements where offset..<offset + shape.count ~= element.offset && shape.rank > 0 {
        let value = graph.input(block: 0, offset: element.offset, shape: .scalar)
        named[element.name] = value
        single.append((value, element.offset))
      }
    }
    let values = arrays + single
    for (name, offset, shape) in sample { named[name] = graph.input(block: 1, offset: offset, shape: shape) }
    for (offset, name) in common.enumerated() {
      named[name] = graph.input(block: 2, offset: offset, shape: .scalar)
    }
    for (name, number) in constants { named[name] = graph.constant(number) }
    return (named, values)
  }
}
