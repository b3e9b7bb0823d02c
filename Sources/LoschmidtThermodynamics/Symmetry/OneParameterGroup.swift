import LoschmidtDynamics
import LoschmidtNumerics

/// A one-parameter group of transformations of the parameters, θ ↦ G_s(θ), given by expressions of θ and `s`.
///
/// G_0 = 1 and G_s G_t = G_{s+t}, which ``verify(at:range:)`` tests. The infinitesimal generator is ξ(θ) = ∂_s G_s(θ)
/// at s = 0, and K its Jacobian ∂ξ/∂θ at a point; for a linear group ξ(θ) = Kθ and G_s = exp(sK). Parameters that have
/// no expression stay as they are. All derivatives are exact (jets).
public struct OneParameterGroup: Sendable {
  /// The name of the group parameter in expressions.
  public static let parameterName = "s"

  /// What is wrong with a transformation.
  public enum Fault: Error, Sendable, Equatable {
    /// An expression is wrong, with the place.
    case expression(parameter: String, error: ExpressionError)
    /// The transformed parameter has another shape.
    case shape(parameter: String, expected: Shape, got: Shape)
    /// No expression names `s`.
    case constant
    /// A coordinate is infinite or NaN on the orbit of a point that was asked for.
    case notFinite(parameter: String, coordinate: String, s: Double)
    /// At s = 0 a coordinate changes.
    case notIdentity(parameter: String, coordinate: String, value: Double, becomes: Double)
    /// G_s G_t and G_{s+t} differ.
    case notGroup(
      parameter: String, coordinate: String, s: Double, t: Double, successive: Double, direct: Double)
  }

  /// The name that a scenario gives it.
  public let name: String
  /// The transformed parameters.
  public let components: [(parameter: String, expression: Expression)]
  /// How θ is laid out.
  public let parameters: ParameterLayout
  /// Whether ξ(θ) = Kθ, as far as the structure of the expressions shows: kinks and roundabout formulas answer `false`.
  public let isLinear: Bool

  private let valueTape: Tape
  private let firstTape: Tape
  private let mixedTape: Tape

  /// Compiles a transformation; whether it is a group is not asked here.
  ///
  /// - Parameters:
  ///   - name: The name.
  ///   - components: Expressions of parameters, constants and `s`, of the shapes of their parameters.
  ///   - parameters: The layout of θ; none of them is called `s`.
  ///   - constants: Values of the named constants.
  /// - Throws: The first component that is wrong, or that none names `s`.
  public init(
    name: String, _ components: [(parameter: String, expression: Expression)], parameters: ParameterLayout,
    constants: [String: Double] = [:]
  ) throws(Fault) {
    self.name = name
    self.components = components
    self.parameters = parameters
    guard components.contains(where: { $0.expression.names().contains { $0.name == Self.parameterName } }) else {
      throw .constant
    }
    var inputs = DifferentiableFunction.Inputs()
    inputs.parameters = parameters.entries.map { ($0.name, $0.offset, $0.shape) }
    inputs.constants = constants
    inputs.elements = parameters.elements(namedIn: components.map(\.expression))
    if components.contains(where: { $0.parameter.contains("[") }) {
      // What an element of an array becomes is written with those of its neighbours beside it.
      inputs.elements = zip(parameters.coordinateNames, 0...).filter { $0.0.contains("[") }.map { ($0, $1) }
    }
    // Once with s as one more variable to differentiate by, once with s fixed, to see whether G_s is linear.
    var fixed = inputs
    fixed.common = [Self.parameterName]
    inputs.parameters.append((Self.parameterName, parameters.dimension, .scalar))
    let all = try Self.completed(components, parameters, inputs)
    do throws(ExpressionError) {
      let function = try VectorFunction(all, inputs: inputs)
      valueTape = function.tape
      firstTape = function.derivativeTape(multiplicities: [1])
      mixedTape = function.derivativeTape(multiplicities: [1, 1])
      let isAffine = try VectorFunction(all, inputs: fixed).vanishes(order: 2)
      let zero = Block(dimension: parameters.dimension, lanes: 1)
      let shift = Self.run(
        firstTape, [Self.extended(zero, [0]), Self.extended(zero, [1])], dimension: parameters.dimension)
      isLinear = isAffine && shift.entries.allSatisfy { $0 == 0 }
    } catch {
      throw .expression(parameter: components.first?.parameter ?? "", error: error)
    }
  }

  /// One expression for each parameter, the parameter itself where none is given; shapes are checked.
  private static func completed(
    _ components: [(parameter: String, expression: Expression)], _ parameters: ParameterLayout,
    _ inputs: DifferentiableFunction.Inputs
  ) throws(Fault) -> [(expression: Expression, shape: Shape)] {
    var all: [(expression: Expression, shape: Shape)] = []
    for entry in parameters.entries {
      let elements = components.filter { $0.parameter.hasPrefix(entry.name + "[") }
      if !elements.isEmpty {
        all += try completed(elements, of: entry, parameters, inputs)
        continue
      }
      let given = components.first { $0.parameter == entry.name }?.expression
      let (expression, shape): (Expression, Shape)
      do throws(ExpressionError) {
        if let given { expression = given } else { expression = try Expression(parsing: entry.name) }
        shape = try Self.shape(of: expression, inputs)
      } catch { throw .expression(parameter: entry.name, error: error) }
      guard shape.rows == entry.shape.rows, shape.columns == entry.shape.columns else {
        throw .shape(parameter: entry.name, expected: entry.shape, got: shape)
      }
      all.append((expression, entry.shape))
    }
    return all
  }

  /// One expression for each element of an array of which some are given, the element itself for the others.
  private static func completed(
    _ elements: [(parameter: String, expression: Expression)], of entry: ParameterLayout.Entry,
    _ parameters: ParameterLayout, _ inputs: DifferentiableFunction.Inputs
  ) throws(Fault) -> [(expression: Expression, shape: Shape)] {
    var all: [(expression: Expression, shape: Shape)] = []
    let names = parameters.coordinateNames[entry.offset..<entry.offset + entry.shape.count]
    for name in names {
      let given = elements.first { $0.parameter == name }?.expression
      do throws(ExpressionError) {
        let expression: Expression
        if let given { expression = given } else { expression = try Expression(parsing: name) }
        let shape = try Self.shape(of: expression, inputs)
        guard shape.count == 1 else { throw ExpressionError(at: 0, "an element becomes a number, got \(shape.noun)") }
        all.append((expression, .scalar))
      } catch { throw .expression(parameter: given == nil ? entry.name : name, error: error) }
    }
    return all
  }

  private static func shape(
    of expression: Expression, _ inputs: DifferentiableFunction.Inputs
  ) throws(ExpressionError) -> Shape {
    var graph = Graph()
    var symbols: [String: Graph.Value] = [:]
    for (name, offset, shape) in inputs.parameters {
      symbols[name] = graph.input(block: 0, offset: offset, shape: shape)
    }
    for (name, offset) in inputs.elements { symbols[name] = graph.input(block: 0, offset: offset, shape: .scalar) }
    for (name, value) in inputs.constants { symbols[name] = graph.constant(value) }
    let value = try expression.build(in: &graph, symbols: symbols)
    return graph.shape(of: value)
  }

  // MARK: The group

  /// G_s(θ) in every lane, one s a lane.
  public func transformed(_ points: Block, by s: [Double]) -> Block {
    Self.run(valueTape, [Self.extended(points, s)], dimension: parameters.dimension)
  }

  /// G_s(θ).
  public func transformed(_ point: [Double], by s: Double) -> [Double] {
    transformed(Block(broadcasting: point, lanes: 1), by: [s]).vector(lane: 0)
  }

  /// ∂_s G_s(θ) in every lane.
  public func velocity(at points: Block, s: [Double]) -> Block {
    let zero = Block(dimension: points.dimension, lanes: points.lanes)
    let ones = [Double](repeating: 1, count: points.lanes)
    return Self.run(
      firstTape, [Self.extended(points, s), Self.extended(zero, ones)], dimension: parameters.dimension)
  }

  /// ∂_θ G_s(θ) v in every lane.
  func pushed(_ directions: Block, at points: Block, s: [Double]) -> Block {
    let zeros = [Double](repeating: 0, count: points.lanes)
    return Self.run(
      firstTape, [Self.extended(points, s), Self.extended(directions, zeros)], dimension: parameters.dimension)
  }

  /// ξ(θ), the infinitesimal generator.
  public func generator(at point: [Double]) -> [Double] {
    velocity(at: Block(broadcasting: point, lanes: 1), s: [0]).vector(lane: 0)
  }

  /// K = ∂ξ/∂θ at a point; of a linear group the same at all points.
  ///
  /// - Complexity: d directional derivatives.
  public func jacobian(at point: [Double]) -> GeneratorMatrix {
    let dimension = parameters.dimension
    var entries: [GeneratorMatrix.Entry] = []
    for first in stride(from: 0, to: dimension, by: 64) {
      let columns = first..<min(first + 64, dimension)
      var directions = Block(dimension: dimension, lanes: columns.count)
      for column in columns { directions[column, column - first] = 1 }
      let zeros = [Double](repeating: 0, count: columns.count)
      let ones = [Double](repeating: 1, count: columns.count)
      let still = Block(dimension: dimension, lanes: columns.count)
      let block = Self.run(
        mixedTape,
        [
          Self.extended(Block(broadcasting: point, lanes: columns.count), zeros), Self.extended(still, ones),
          Self.extended(directions, zeros),
        ], dimension: dimension)
      for column in columns {
        for row in 0..<dimension where block[row, column - first] != 0 {
          entries.append(.init(row: row, column: column, value: block[row, column - first]))
        }
      }
    }
    return GeneratorMatrix(dimension: dimension, entries: entries)
  }

  // MARK: Running tapes

  /// Points with s as one more coordinate.
  private static func extended(_ points: Block, _ s: [Double]) -> Block {
    precondition(points.lanes == s.count, "every lane has one s")
    var block = Block(dimension: points.dimension + 1, lanes: points.lanes)
    block.entries = points.entries + s
    return block
  }

  private static func run(_ tape: Tape, _ inputs: [Block], dimension: Int) -> Block {
    let lanes = inputs[0].lanes
    // A tape runs on a multiple of 4 lanes; those beyond the last repeat it.
    let padded = (lanes + 3) / 4 * 4
    let evaluator = TapeEvaluator(tape, lanes: padded)
    let storages = inputs.map { block in
      let storage = LaneStorage(dimension: block.dimension, lanes: padded)
      for i in 0..<block.dimension {
        for lane in 0..<padded { storage[i, lane] = block[i, min(lane, lanes - 1)] }
      }
      return storage
    }
    let result = LaneStorage(dimension: dimension, lanes: padded)
    return withExtendedLifetime((storages, result)) {
      var pointers = storages.map { UnsafePointer($0.pointer) }
      // Transformations name neither data nor time: the blocks of both are never read.
      pointers.insert(contentsOf: [pointers[0], pointers[0]], at: 1)
      evaluator.run(inputs: pointers, outputs: [result.pointer])
      return Block(dimension: dimension, lanes: lanes) { target in
        for i in 0..<dimension {
          for lane in 0..<lanes { target[i * lanes + lane] = result[i, lane] }
        }
      }
    }
  }
}
