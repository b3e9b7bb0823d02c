/// A vector that depends on θ and on further inputs, such as a gradient or a force, with exact derivatives by θ.
///
/// All tapes take the input blocks θ (block 0), the sample (block 1) and what is common to all lanes (block 2), then the
/// directions of a derivative (blocks 3, 4, …); the vector is output block 0.
public struct VectorFunction: Sendable {
  /// One array of the vector: its value, its shape and its first coordinate.
  struct Part: Sendable {
    let value: Graph.Value
    let shape: Shape
    let offset: Int
  }

  /// The number of coordinates of the vector.
  public let dimension: Int
  /// Evaluates the vector.
  public let tape: Tape

  let graph: Graph
  private let parameters: [(value: Graph.Value, offset: Int)]
  private let parts: [Part]
  /// Which orders of derivatives vanish, as far as that was asked: of a long expression it takes seconds.
  private let vanishing = RememberedAnswers()

  /// Values of a graph as a vector.
  init(_ graph: Graph, parts: [Part], parameters: [(value: Graph.Value, offset: Int)]) {
    var graph = graph
    let outputs = parts.map { Tape.Output(graph.expand($0.value, to: $0.shape), block: 0, offset: $0.offset) }
    self.graph = graph
    self.parts = parts
    self.parameters = parameters
    dimension = parts.reduce(0) { max($0, $1.offset + $1.shape.count) }
    tape = Tape(graph, outputs: outputs)
  }

  /// Several expressions, one after the other, row by row; each must fit into its shape.
  ///
  /// - Throws: What is wrong with the first expression that is wrong, with its position.
  public init(
    _ components: [(expression: Expression, shape: Shape)], inputs: DifferentiableFunction.Inputs
  ) throws(ExpressionError) {
    var graph = Graph()
    let symbols = inputs.symbols(in: &graph)
    var parts: [Part] = []
    var offset = 0
    for (expression, shape) in components {
      let value = try Self.value(of: expression, as: shape, in: &graph, symbols.named)
      parts.append(Part(value: value, shape: shape, offset: offset))
      offset += shape.count
    }
    self.init(graph, parts: parts, parameters: symbols.parameters)
  }

  /// w Σ ∇ℓ_i − F: gradients of a scalar expression by θ, summed over samples, minus forces on some of the parameters.
  ///
  /// - Parameters:
  ///   - loss: ℓ, or `nil` for −F alone.
  ///   - samples: How many samples there are, and how they lie in the sample block.
  ///   - weight: w, the same for all.
  ///   - forces: F.
  ///   - inputs: What the expressions may name, with one sample.
  /// - Throws: What is wrong with the first expression that is wrong, with its position.
  public init(
    gradientOf loss: Expression?, samples: SampleLayout = SampleLayout(), weight: Double = 1,
    minus forces: Forces, inputs: DifferentiableFunction.Inputs
  ) throws(ExpressionError) {
    var graph = Graph()
    let symbols = inputs.symbols(in: &graph)
    var gradient = [Graph.Value](repeating: graph.constant(0), count: symbols.parameters.count)
    if let loss {
      // Term by term, so that what one needs on the way is no longer needed for the next.
      for term in samples.terms(inputs) {
        let named = term.inputs.symbols(in: &graph).named
        let value = try Self.value(of: loss, as: term.shape, in: &graph, named)
        // A loss that no sample enters is a number for all of them.
        let weight = weight * Double(term.shape.count / graph.shape(of: value).count)
        let slopes = graph.gradient(ofSum: value, weight: weight, by: symbols.parameters.map(\.value))
        for (index, slope) in slopes.enumerated() { gradient[index] = graph.add(gradient[index], slope) }
      }
    }
    var pulls: [Graph.Value?] = []
    for (parameter, force) in zip(inputs.parameters, forces.byParameter) {
      guard let force else {
        pulls.append(nil)
        continue
      }
      pulls.append(try Self.value(of: force, as: parameter.shape, in: &graph, symbols.named))
    }
    var elementPulls: [Int: Graph.Value] = [:]
    for (offset, force) in forces.byElement {
      elementPulls[offset] = try Self.value(of: force, as: .scalar, in: &graph, symbols.named)
    }
    let parts = inputs.parts(of: gradient, minus: pulls, elementPulls, in: &graph)
    self.init(graph, parts: parts, parameters: symbols.parameters)
  }

  /// ∇ℓ by θ, whose derivatives are by the entries of an array of the sample, with or without θ.
  ///
  /// - Parameters:
  ///   - loss: ℓ.
  ///   - array: The name of an array of the sample; that there is none is a mistake of the program.
  ///   - includesParameters: Whether derivatives are by θ too: the directions then hold those of θ, followed by the
  ///     entries of the array; otherwise the entries alone.
  ///   - inputs: What the loss may name.
  /// - Throws: What is wrong with the loss, with its position.
  public init(
    gradientOf loss: Expression, varying array: String, includesParameters: Bool, inputs: DifferentiableFunction.Inputs
  ) throws(ExpressionError) {
    var graph = Graph()
    let symbols = inputs.symbols(in: &graph)
    let value = try Self.value(of: loss, as: .scalar, in: &graph, symbols.named)
    let gradient = graph.gradient(of: value, by: symbols.parameters.map(\.value))
    guard inputs.sample.contains(where: { $0.name == array }), let varied = symbols.named[array] else {
      preconditionFailure("the sample has no array '\(array)'")
    }
    let parts = inputs.parts(of: gradient, in: &graph)
    let dimension = inputs.parameters.reduce(0) { $0 + $1.shape.count }
    let others = includesParameters ? symbols.parameters : []
    self.init(graph, parts: parts, parameters: others + [(value: varied, offset: includesParameters ? dimension : 0)])
  }

  private static func value(
    of expression: Expression, as shape: Shape, in graph: inout Graph, _ symbols: [String: Graph.Value]
  ) throws(ExpressionError) -> Graph.Value {
    let value = try expression.build(in: &graph, symbols: symbols)
    let own = graph.shape(of: value)
    guard own.count == 1 || (own.rows == shape.rows && own.columns == shape.columns) else {
      throw ExpressionError(at: 0, "the expression must be \(shape.noun), got \(own.noun)")
    }
    return value
  }

  /// A tape for the multilinear derivative D^kG[a₁^m₁, a₂^m₂, …].
  ///
  /// - Parameter multiplicities: m₁, m₂, …, each at least 1; the directions a_i are the input blocks 3, 4, ….
  /// - Returns: A tape whose output block 0 has ``dimension`` coordinates.
  public func derivativeTape(multiplicities: [Int]) -> Tape {
    var (graph, coefficients) = derivative(multiplicities: multiplicities)
    let outputs = zip(coefficients, parts).map { coefficient, part in
      Tape.Output(
        graph.expand(coefficient ?? graph.constant(0), to: part.shape), block: 0, offset: part.offset)
    }
    return Tape(graph, outputs: outputs)
  }

  /// Whether all derivatives of this order vanish identically, as far as the structure of the expressions shows.
  ///
  /// Functions with kinks, whose derivatives vanish on both sides, are not polynomials: they answer `false`.
  public func vanishes(order: Int) -> Bool {
    if graph.hasKinks { return false }
    return vanishing.answer(order) {
      let (graph, coefficients) = derivative(multiplicities: [order])
      return coefficients.allSatisfy { $0.map { graph.constantValue(of: $0) == 0 } ?? true }
    }
  }

  /// The derivative part by part; `nil` where it vanishes.
  private func derivative(multiplicities: [Int]) -> (graph: Graph, coefficients: [Graph.Value?]) {
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
    let coefficients = transform.jets(of: parts.map(\.value)).map { $0[basis.count - 1] }
    graph = transform.graph
    let factor = graph.constant(basis.factorial)
    let derivatives = coefficients.map { coefficient in coefficient.map { graph.multiply(factor, $0) } }
    return (graph, derivatives)
  }
}
