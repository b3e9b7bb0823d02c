/// A scalar function of a vector θ and of further inputs, with exact derivatives by θ of every order.
///
/// All tapes take the input blocks θ (block 0), the sample (block 1) and what is common to all lanes (block 2), then the
/// directions of a derivative (blocks 3, 4, …).
public struct DifferentiableFunction: Sendable {
  /// The blocks that a function reads, and the arrays in them.
  public struct Inputs: Sendable {
    /// Names, first coordinates and shapes of the arrays in θ.
    public var parameters: [(name: String, offset: Int, shape: Shape)] = []
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

  private let graph: Graph
  private let parameters: [(value: Graph.Value, offset: Int)]
  private let gradient: [Graph.Value]

  /// Compiles an expression and its gradient.
  ///
  /// - Throws: What is wrong with the expression, also when it is not a scalar, with its position.
  public init(_ expression: Expression, inputs: Inputs) throws(ExpressionError) {
    var graph = Graph()
    var symbols: [String: Graph.Value] = [:]
    var parameters: [(value: Graph.Value, offset: Int)] = []
    for (name, offset, shape) in inputs.parameters {
      let value = graph.input(block: 0, offset: offset, shape: shape)
      symbols[name] = value
      parameters.append((value, offset))
    }
    for (name, offset, shape) in inputs.sample {
      symbols[name] = graph.input(block: 1, offset: offset, shape: shape)
    }
    for (offset, name) in inputs.common.enumerated() {
      symbols[name] = graph.input(block: 2, offset: offset, shape: .scalar)
    }
    for (name, number) in inputs.constants { symbols[name] = graph.constant(number) }

    let value = try expression.build(in: &graph, symbols: symbols)
    guard graph.shape(of: value).count == 1 else {
      throw ExpressionError(
        at: 0,
        "the expression must be a number, got an array of shape \(graph.shape(of: value)); sum or mean makes one")
    }
    let gradient = graph.gradient(of: value, by: parameters.map(\.value))
    self.graph = graph
    self.parameters = parameters
    self.gradient = gradient
    dimension = inputs.parameters.reduce(0) { $0 + $1.shape.count }
    let gradientOutputs = { (block: Int) in
      zip(gradient, parameters).map { Tape.Output($0, block: block, offset: $1.offset) }
    }
    valueTape = Tape(graph, outputs: [Tape.Output(value, block: 0)])
    gradientTape = Tape(graph, outputs: gradientOutputs(0))
    valueAndGradientTape = Tape(graph, outputs: [Tape.Output(value, block: 0)] + gradientOutputs(1))
  }

  /// A tape for the multilinear derivative D^k∇f[a₁^m₁, a₂^m₂, …].
  ///
  /// - Parameter multiplicities: m₁, m₂, …, each at least 1; the directions a_i are the input blocks 3, 4, ….
  /// - Returns: A tape whose output block 0 has `dimension` coordinates.
  public func derivativeTape(multiplicities: [Int]) -> Tape {
    var graph = graph
    let basis = JetBasis(caps: multiplicities)
    var inputs: [Graph.Value: Jet] = [:]
    for (value, offset) in parameters {
      var jet = Jet(repeating: nil, count: basis.count)
      jet[0] = value
      for direction in multiplicities.indices {
        jet[basis.first(of: direction)] = graph.input(
          block: 3 + direction, offset: offset, shape: graph.shape(of: value))
      }
      inputs[value] = jet
    }
    var transform = JetTransform(graph, basis: basis, inputs: inputs)
    let coefficients = transform.jets(of: gradient).map { $0[basis.count - 1] }
    graph = transform.graph
    let outputs = zip(coefficients, parameters).map { coefficient, parameter in
      let derivative = graph.multiply(graph.constant(basis.factorial), coefficient ?? graph.constant(0))
      let full = graph.expand(derivative, to: graph.shape(of: parameter.value))
      return Tape.Output(full, block: 0, offset: parameter.offset)
    }
    return Tape(graph, outputs: outputs)
  }
}
