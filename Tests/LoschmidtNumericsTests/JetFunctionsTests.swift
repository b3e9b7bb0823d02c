import LoschmidtTestSupport
import Testing

@testable import LoschmidtNumerics

/// Derivatives of compositions; the functions alone are compared with 30 digits in ExpressionFunctionTests.
@Suite struct JetFunctionsTests {
  private func derivatives(_ text: String, at x: Double, orders: Int = 5) throws -> [Double] {
    let function = try DifferentiableFunction(text, parameters: [("x", .scalar)])
    let (point, one) = (Block(broadcasting: [x], lanes: 1), Block(broadcasting: [1], lanes: 1))
    return [function.gradient(at: point).entries[0]]
      + (1..<orders).map { function.derivative(along: [(one, $0)], at: point).entries[0] }
  }

  /// Two texts for one function: different rules of differentiation, equal derivatives.
  @Test(arguments: [
    ("exp(2*log(x))", "x^2"), ("sqrt(x)^4", "x*x"), ("tan(x)", "sin(x)/cos(x)"), ("tanh(x)", "sinh(x)/cosh(x)"),
    ("logcosh(x)", "log(cosh(x))"), ("sigmoid(x)", "1/(1 + exp(-x))"), ("softplus(x)", "log(1 + exp(x))"),
    ("x^2.5", "exp(2.5*log(x))"), ("cosh(x)", "(exp(x) + exp(-x))/2"), ("lgamma(x + 1)", "lgamma(x) + log(x)"),
    ("atan(x)", "pi/2 - atan(1/x)"), ("abs(-x^3)", "relu(x^3)"), ("erf(2*x) + erf(-2*x)", "0*x"),
    ("max(x, x^2)", "x"), ("sin(x)^2 + cos(x)^2", "1 + 0*x"),
  ]) func identitiesHoldInEveryDerivative(left: String, right: String) throws {
    let (a, b) = (try derivatives(left, at: 0.625), try derivatives(right, at: 0.625))
    for (order, (one, other)) in zip(a, b).enumerated() {
      // Fifth derivatives reach 10³ on the way, and each is a sum of tens of terms.
      #expect(abs(one - other) <= 1e-11 * max(1, abs(other)), "order \(order + 1): \(one), \(other)")
    }
  }

  @Test func kinksHaveNoSlopeByConvention() throws {
    #expect(try derivatives("abs(x)", at: 0, orders: 2) == [0, 0])
    #expect(try derivatives("relu(x)", at: 0, orders: 2) == [0, 0])
    #expect(try derivatives("abs(x)", at: -2, orders: 3) == [-1, 0, 0])
  }
}
