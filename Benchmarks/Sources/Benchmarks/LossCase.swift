import CHandwritten
import LoschmidtNumerics

/// A loss as an expression, and as C written by hand.
struct LossCase {
  let name: String
  let expression: String
  var parameters: [(name: String, shape: Shape)] = [("x", .scalar)]
  var data: [String] = []
  let handwritten: handwritten_loss
  /// The largest ratio of the times of the tape and of the C code that we accept; none where it is only shown.
  let limit: Double?

  static let polynomialLimit = 2.5
  static let transcendentalLimit = 1.5

  static let all: [LossCase] = [
    LossCase(
      name: "product (u w x - y)^2/2", expression: "0.5*(u*w*x - y)^2",
      parameters: [("u", .scalar), ("w", .scalar)], data: ["x", "y"], handwritten: HANDWRITTEN_PRODUCT,
      limit: polynomialLimit),
    LossCase(
      name: "Rosenbrock", expression: "(1 - x)^2 + 100*(y - x^2)^2", parameters: [("x", .scalar), ("y", .scalar)],
      handwritten: HANDWRITTEN_ROSENBROCK, limit: polynomialLimit),
    LossCase(
      name: "quartic x^4/4 - x^2/2", expression: "x^4/4 - x^2/2", handwritten: HANDWRITTEN_QUARTIC,
      limit: polynomialLimit),
    LossCase(
      name: "Himmelblau", expression: "(x^2 + y - 11)^2 + (x + y^2 - 7)^2",
      parameters: [("x", .scalar), ("y", .scalar)], handwritten: HANDWRITTEN_HIMMELBLAU, limit: polynomialLimit),
    net(units: 4, HANDWRITTEN_NET_4, "", limit: transcendentalLimit),
    net(units: 8, HANDWRITTEN_NET_8, "", limit: transcendentalLimit),
    net(units: 4, HANDWRITTEN_NET_4_SHORT, ", C with 1 - tanh^2", limit: nil),
    net(units: 8, HANDWRITTEN_NET_8_SHORT, ", C with 1 - tanh^2", limit: nil),
    LossCase(
      name: "logistic softplus(-y(u x + b))", expression: "softplus(-y*(u*x + b))",
      parameters: [("u", .scalar), ("b", .scalar)], data: ["x", "y"], handwritten: HANDWRITTEN_LOGISTIC,
      limit: transcendentalLimit),
    LossCase(
      name: "sine well x^2/2 + 0.4 sin(1.3 x)", expression: "x^2/2 + 0.4*sin(1.3*x)",
      handwritten: HANDWRITTEN_SINE_WELL, limit: transcendentalLimit),
    LossCase(
      name: "exp(x) - x", expression: "exp(x) - x", handwritten: HANDWRITTEN_EXPONENTIAL, limit: transcendentalLimit),
    LossCase(
      name: "log cosh(u x - y)", expression: "logcosh(u*x - y)", parameters: [("u", .scalar)], data: ["x", "y"],
      handwritten: HANDWRITTEN_LOGCOSH, limit: transcendentalLimit),
  ]

  private static func net(units: Int, _ handwritten: handwritten_loss, _ note: String, limit: Double?) -> LossCase {
    LossCase(
      name: "tanh net, \(units) units\(note)", expression: "0.5*(dot(c, tanh(a*x + b)) + d - y)^2",
      parameters: [("a", .vector(units)), ("b", .vector(units)), ("c", .vector(units)), ("d", .scalar)],
      data: ["x", "y"], handwritten: handwritten, limit: limit)
  }

  /// The expression with its derivatives.
  func function() throws -> DifferentiableFunction {
    var inputs = DifferentiableFunction.Inputs()
    var offset = 0
    for (name, shape) in parameters {
      inputs.parameters.append((name, offset, shape))
      offset += shape.count
    }
    inputs.sample = data.enumerated().map { ($1, $0, .scalar) }
    return try DifferentiableFunction(Expression(parsing: expression), inputs: inputs)
  }
}
