import LoschmidtDynamics
import LoschmidtNumerics
import LoschmidtThermodynamics

/// A loss with a transformation of its parameters, for tests of symmetries.
public struct SymmetryCase: Sendable {
  /// The process.
  public var text: ProcessText
  /// The transformed parameters.
  public var generator: [(parameter: String, expression: String)]
  /// A point.
  public var point: [Double]

  /// A case from its parts.
  public init(_ text: ProcessText, _ generator: [(parameter: String, expression: String)], at point: [Double]) {
    self.text = text
    self.generator = generator
    self.point = point
  }

  /// The compiled loss.
  ///
  /// - Throws: What is wrong with an expression.
  public func landscape() throws -> ExpressionLandscape {
    guard let landscape = try text.landscape() else { preconditionFailure("a symmetry is one of a loss") }
    return landscape
  }

  /// The compiled transformation.
  ///
  /// - Throws: What is wrong with it.
  public func group() throws -> OneParameterGroup {
    try OneParameterGroup(
      name: "case", generator.map { ($0.parameter, try Expression(parsing: $0.expression)) }, parameters: text.layout,
      constants: text.constants)
  }

  /// ½ (u w·x − y)² with u ↦ e^s u, w ↦ e^{−s} w; θ = (u, w).
  public static func product(inputs: [[Double]], targets: [Double], at point: [Double]) -> SymmetryCase {
    let shape = Shape.vector(inputs[0].count)
    var text = ProcessText(
      ["u"], loss: "0.5*(u*dot(w, x) - y)^2",
      samples: SampleTable(
        count: inputs.count,
        columns: [.init(name: "x", shape: shape, values: inputs.flatMap { $0 }), .init(name: "y", values: targets)]))
    text.parameters.append(("w", shape))
    return SymmetryCase(text, [("u", "u*exp(s)"), ("w", "w*exp(-s)")], at: point)
  }

  /// A ReLU network of two neurons, a·relu(Wx + b), with the rescaling of its layers; θ = (a, W, b).
  public static let network: SymmetryCase = {
    var random = TestRandom(seed: 31)
    let (inputs, targets) = (random.vector(24), random.vector(12))
    var text = ProcessText(
      [], loss: "0.5*(dot(a, relu(W @ x + b)) - y)^2",
      samples: SampleTable(
        count: 12,
        columns: [.init(name: "x", shape: .vector(2), values: inputs), .init(name: "y", values: targets)]))
    text.parameters = [("a", .vector(3)), ("W", .matrix(3, 2)), ("b", .vector(3))]
    return SymmetryCase(
      text, [("a", "a*exp(s)"), ("W", "exp(-s)*W"), ("b", "b*exp(-s)")],
      at: [0.9, -0.7, 0.4, 0.6, -0.8, 0.3, 0.5, -0.9, 0.2, 0.1, -0.2, 0.3])
  }()

  /// ¼ (x² + y² − c)² with rotations; θ = (x, y).
  public static let circle = SymmetryCase(
    ProcessText(
      ["x", "y"], loss: "0.25*(x^2 + y^2 - c)^2",
      samples: SampleTable(count: 3, columns: [.init(name: "c", values: [0.8, 1.1, 1.5])])),
    [("x", "cos(s)*x - sin(s)*y"), ("y", "sin(s)*x + cos(s)*y")], at: [1.2, -0.7])
}
