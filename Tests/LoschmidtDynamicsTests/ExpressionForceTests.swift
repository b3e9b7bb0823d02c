import LoschmidtDynamics
import LoschmidtNumerics
import LoschmidtTestSupport
import Testing

@Suite struct ExpressionForceTests {
  private func force(_ components: [(String, String)], protocols: [(String, String)] = []) throws -> ExpressionForce {
    var text = ProcessText(["x", "y"], loss: nil)
    text.parameters.append(("v", .vector(2)))
    text.protocols = protocols.map { (name: $0.0, expression: $0.1) }
    return try ExpressionForce(
      components.map { ($0.0, try Expression(parsing: $0.1)) }, parameters: text.layout, common: text.common())
  }

  /// −F of F_x = 3W_1 − x and F_W = x is linear, with the slopes of the elements in the columns of their coordinates.
  @Test func forcesNameElements() throws {
    let parameters = ParameterLayout([("x", .scalar), ("W", .vector(2))])
    let force = try ExpressionForce(
      [("x", try Expression(parsing: "3*W[1] - x")), ("W", try Expression(parsing: "x"))], parameters: parameters,
      common: CommonInputs())
    let process = try #require(QuadraticProcess(nil, force, parameters, time: 0))
    #expect(process.meanGradient.matrix == [1, 0, -3, -1, 0, 0, -1, 0, 0])
  }

  @Test func faultsNameTheParameterAndThePosition() throws {
    let unknown = #expect(throws: ExpressionForce.Fault.self) { try force([("x", "1"), ("y", "x + 2*z")]) }
    #expect(unknown?.parameter == "y" && unknown?.error.position == 6)
    let shape = #expect(throws: ExpressionForce.Fault.self) { try force([("x", "v")]) }
    #expect(shape?.parameter == "x")
    // The first in the order of the parameters, wherever it was given.
    let first = #expect(throws: ExpressionForce.Fault.self) { try force([("y", "bad"), ("x", "1 + worse")]) }
    #expect(first?.parameter == "x" && first?.error.position == 4)
  }

  @Test func timeIsSeen() throws {
    #expect(try !force([("x", "y - x")]).isTimeDependent)
    #expect(try force([("x", "y - x"), ("y", "sin(t)")]).isTimeDependent)
    #expect(try force([("y", "k")], protocols: [("k", "2*t")]).isTimeDependent)
  }

  /// Components go to their parameters in the layout, with the sign of a force, and nothing acts on the others.
  @Test func theFieldIsMinusTheForce() throws {
    let force = try force([("v", "x*v"), ("x", "y^2 + t")])
    var layout = ProcessText(["x", "y"], loss: nil)
    layout.parameters.append(("v", .vector(2)))
    let field = BlockField(FieldProgram(parameters: layout.layout, landscape: nil, force: force), lanes: 4)
    field.setTime(0.5)
    let theta = LaneStorage(columns: [[2, 3, -1, 4]])
    let result = LaneStorage(dimension: 4, lanes: 4)
    field.gradient(at: theta.pointer, into: result.pointer)
    #expect(result.vector(lane: 0) == [-9.5, 0, 2, -8])
  }
}
