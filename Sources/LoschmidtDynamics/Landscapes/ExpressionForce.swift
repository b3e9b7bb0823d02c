import LoschmidtNumerics

/// A force F(θ, t) on the parameters, added to −∇L: one expression for each parameter that it acts on.
///
/// It need not be the gradient of anything.
public struct ExpressionForce: Sendable {
  /// What is wrong with the force on one parameter.
  public struct Fault: Error, Sendable, Equatable {
    /// The parameter.
    public let parameter: String
    /// What is wrong, with its position in the expression.
    public let error: ExpressionError
  }

  /// The forces, in the order of the parameters.
  public let components: [(parameter: String, expression: Expression)]
  /// The time, the protocols and the constants that the expressions may name.
  public let common: CommonInputs

  /// −F, whose derivatives tell whether the force is linear.
  let negative: VectorFunction
  /// One expression for each parameter, `nil` where no force acts.
  let byParameter: [Expression?]

  /// Whether the force changes in time.
  public var isTimeDependent: Bool { components.contains { common.mentionsTime($0.expression) } }

  /// Compiles a force.
  ///
  /// - Parameters:
  ///   - components: Expressions of parameters, protocols, constants and `t`, of the shapes of their parameters.
  ///   - parameters: The layout of θ.
  ///   - common: What else the expressions may name.
  /// - Throws: The first component that is wrong.
  public init(
    _ components: [(parameter: String, expression: Expression)], parameters: ParameterLayout, common: CommonInputs
  ) throws(Fault) {
    self.components = components
    self.common = common
    let inputs = common.functionInputs(parameters, elementsIn: components.map(\.expression))
    byParameter = parameters.entries.map { entry in components.first { $0.parameter == entry.name }?.expression }
    for (entry, expression) in zip(parameters.entries, byParameter) {
      guard let expression else { continue }
      do {
        _ = try VectorFunction([(expression, entry.shape)], inputs: inputs)
      } catch { throw Fault(parameter: entry.name, error: error) }
    }
    do {
      negative = try VectorFunction(gradientOf: nil, minus: byParameter, inputs: inputs)
    } catch { throw Fault(parameter: components.first?.parameter ?? "", error: error) }
  }
}
