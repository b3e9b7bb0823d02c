import LoschmidtTestSupport
import Testing

@testable import LoschmidtNumerics

@Suite struct JetTests {
  /// The coefficients of a function of one jet x = 2 + ε, through ε⁴.
  private func coefficients(_ build: (inout JetTransform, Jet) -> Jet) -> [Double] {
    var graph = Graph()
    let x = graph.input(block: 0, offset: 0, shape: .scalar)
    let basis = JetBasis(caps: [4])
    var jet = Jet(repeating: nil, count: basis.count)
    jet[0] = x
    jet[1] = graph.constant(1)
    var transform = JetTransform(graph, basis: basis, inputs: [x: jet])
    let found = build(&transform, jet)
    var final = transform.graph
    let outputs = found.enumerated().map { Tape.Output($1 ?? final.constant(0), block: 0, offset: $0) }
    return Tape(final, outputs: outputs).evaluate([Block(broadcasting: [2], lanes: 1)], dimensions: [5])[0].entries
  }

  // Powers of two: all coefficients are exact.

  @Test func productsAndQuotients() {
    #expect(coefficients { $0.product($1, $1) } == [4, 4, 1, 0, 0])
    #expect(coefficients { $0.product($1, $0.square($1)) } == [8, 12, 6, 1, 0])
    let inverse = coefficients { transform, x in
      let one = transform.graph.constant(1)
      guard let x0 = x[0] else { return x }
      return transform.quotient(transform.constantJet(one), x, transform.graph.divide(one, x0))
    }
    #expect(inverse == [0.5, -0.25, 0.125, -0.0625, 0.03125])
  }

  @Test func sumsAndDifferencesWithNothing() {
    #expect(coefficients { transform, x in x.map { transform.sum($0, nil) } } == [2, 1, 0, 0, 0])
    #expect(coefficients { transform, x in x.map { transform.difference(nil, $0) } } == [-2, -1, 0, 0, 0])
  }

  /// A mixed derivative is what polarisation makes of pure ones: D²g[a, b] = (D²g[a+b] − D²g[a] − D²g[b])/2.
  @Test func mixedDerivativesArePolarised() throws {
    let function = try DifferentiableFunction(
      "x^3*y + x*y^4 + tanh(x - y)", parameters: [("x", .scalar), ("y", .scalar)])
    let at = Block(broadcasting: [0.5, -0.75], lanes: 1)
    let (a, b) = (Block(broadcasting: [1, 2], lanes: 1), Block(broadcasting: [-0.5, 1.5], lanes: 1))
    let mixed = function.derivative(along: [(a, 1), (b, 1)], at: at)
    let pure = [a + b, a, b].map { function.derivative(along: [($0, 2)], at: at) }
    let polarised = 0.5 * (pure[0] - pure[1] - pure[2])
    // Derivatives of order 100 are subtracted: 1e-13 is a few hundred roundings of them.
    #expect(deviation(of: mixed.entries, from: polarised.entries) < 1e-13)
  }

  /// The derivative along no direction that a value depends on is zero.
  @Test func constantsHaveNoDerivatives() throws {
    let function = try DifferentiableFunction("2*x + 1", parameters: [("x", .scalar)])
    let one = Block(broadcasting: [1], lanes: 1)
    #expect(function.derivative(along: [(one, 1)], at: one).entries == [0])
  }
}
