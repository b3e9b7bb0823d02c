import LoschmidtNumerics

/// A force F(θ, t) on the parameters, added to −∇L: one expression for each parameter, or element of one, that it acts on.
///
/// The force on an element stands for what the force on its array says there.
/// It need not be the gradient of anything.
public struct ExpressionForce: Sendable {
  /// What is wrong with the force on one parameter.
  public struct Fault: Error, Sendable, Equatable {
    /// The parameter, or the element of one.
    public let parameter: String
    /// What is wrong, with its position in the expression.
    public let error: ExpressionError
  }

  /// The forces, in the order of the parameters, elements such as `W[0,1]` after the whole.
  public let components: [(parameter: String, expression: Expression)]
  /// The time, the protocols and the constants that the expressions may name.
  public let common: CommonInputs

  /// −F, whose derivatives tell whether the force is linear.
  let negative: VectorFunction
  /// The expressions by parameter and element.
  let expressions: VectorFunction.Forces

  /// Whether the force changes in time.
  public var isTimeDependent: Bool { components.contains { common.mentionsTime($0.expression) } }

  /// Compiles a force.
  ///
  /// - Parameters:
  ///   - components: Expressions of parameters, protocols, constants and `t`, of the shapes of their parameters; numbers for
  ///     elements.
  ///   - parameters: The layout of θ.
  ///   - common: What else the expressions may name.
  /// - Throws: The first component that is wrong.
  public init(
    _ components: [(parameter: String, expression: Expression)], parameters: ParameterLayout, common: CommonInputs
  ) throws(Fault) {
    self.components = components
    self.common = common
    let inputs = common.functionInputs(parameters, elementsIn: components.map(\.expression))
    expressions = VectorFunction.Forces(
      parameters.entries.map { entry in components.first { $0.parameter == entry.name }?.expression },
      byElement: components.compactMap { component in
        parameters.coordinate(ofElement: component.parameter).map { ($0, component.expression) }
      })
    let places = parameters.entries.map(\.name)
    // The first in the order of the parameters, wherever it was given; elements come last.
    let ordered = components.sorted { a, b in
      (places.firstIndex(of: a.parameter) ?? places.count) < (places.firstIndex(of: b.parameter) ?? places.count)
    }
    for component in ordered {
      let shape = parameters.entries.first { $0.name == component.parameter }?.shape ?? .scalar
      do {
        _ = try VectorFunction([(component.expression, shape)], inputs: inputs)
      } catch { throw Fault(parameter: component.parameter, error: error) }
    }
    do {
      negative = try VectorFunction(gradientOf: nil, minus: expressions, inputs: inputs)
    } catch { throw Fault(parameter: components.first?.parameter ?? "", error: error) }
  }

  /// No force on any parameter.
  static func none(on parameters: ParameterLayout) -> VectorFunction.Forces {
    VectorFunction.Forces([Expression?](repeating: nil, count: parameters.entries.count))
  }
}
