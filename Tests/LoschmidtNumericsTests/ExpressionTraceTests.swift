import Testing

@testable import LoschmidtNumerics

@Suite struct ExpressionTraceTests {
  private func trace(_ text: String, _ x: Double) throws -> ExpressionTrace {
    var inputs = DifferentiableFunction.Inputs()
    inputs.parameters = [("x", 0, .scalar), ("v", 1, .vector(2))]
    inputs.common = ["t"]
    return try #require(
      ExpressionTrace(try Expression(parsing: text), inputs: inputs, blocks: [[x, 2, 3], [], [0.5]]))
  }

  @Test func everyPartHasItsValue() throws {
    let trace = try trace("sum(v*x) + t", 4)
    #expect(trace.values == [[2, 3], [4], [8, 12], [20], [0.5], [20.5]])
    #expect(trace.firstFailure == nil)
    #expect(trace.operands(5) == [3, 4] && trace.parent(of: 2) == 3 && trace.parent(of: 5) == nil)
  }

  @Test func theFirstFailureIsThePartWhoseOperandsAreFinite() throws {
    let trace = try trace("1 + log(2 + exp(x))", 1000)
    let failure = try #require(trace.firstFailure)
    #expect(trace.expression.nodes[failure] == .call(.exp, [2]) && trace.expression.positions[failure] == 12)
  }
}
