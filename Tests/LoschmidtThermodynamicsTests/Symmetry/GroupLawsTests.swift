import LoschmidtDynamics
import LoschmidtNumerics
import LoschmidtTestSupport
import Testing

@testable import LoschmidtThermodynamics

@Suite struct GroupLawsTests {
  private func group(_ texts: [(parameter: String, expression: String)]) throws -> OneParameterGroup {
    try OneParameterGroup(
      name: "g", texts.map { ($0.parameter, try Expression(parsing: $0.expression)) },
      parameters: ParameterLayout([("x", .scalar), ("y", .scalar), ("W", .matrix(2, 2))]))
  }

  private let point = [1.3, -0.4, 0.5, 2, -1, 3]

  @Test(arguments: [
    [("x", "x*exp(s)"), ("y", "y*exp(-s)")], [("x", "x + 2*s")], [("W", "exp(3*s)*W")],
    [("x", "cos(s)*x - sin(s)*y"), ("y", "sin(s)*x + cos(s)*y")],
    [("x", "cosh(s)*x + sinh(s)*y"), ("y", "sinh(s)*x + cosh(s)*y")], [("x", "x + s*y")],
    [("x", "x/(1 + s*x)")], [("y", "sinh(s + log(y + sqrt(1 + y^2)))")], [("x", "x + s"), ("y", "y + s*x + s^2/2")],
  ])
  func groupsAreAccepted(texts: [(String, String)]) throws {
    let group = try group(texts.map { (parameter: $0.0, expression: $0.1) })
    try group.verify(at: [point, [0.2, 0.1, 0, 0, 0, 0]], range: 0.5)
    // Far from the origin and from zero s; others have poles or lose digits there.
    if group.isLinear { try group.verify(at: [point.map { 1e6 * $0 }], range: 4) }
  }

  @Test(arguments: [
    ([("x", "x*exp(s)*1.0000001")], "x"), ([("x", "x*cos(s) + 0.1"), ("y", "y + s")], "x"),
    ([("y", "exp(s)")], "y"),
  ])
  func whatMovesAtZeroIsNoGroup(texts: [(String, String)], parameter: String) throws {
    let group = try group(texts.map { (parameter: $0.0, expression: $0.1) })
    let fault = #expect(throws: OneParameterGroup.Fault.self) { try group.verify(at: [point], range: 1) }
    guard case .notIdentity(parameter, parameter, _, _) = fault else {
      Issue.record("\(String(describing: fault))")
      return
    }
  }

  @Test(arguments: [
    [("x", "x*(1 + s)")], [("x", "x + s^2")], [("x", "cos(s)*x")], [("x", "x*exp(s^3)")], [("W", "W + s*(W @ W)")],
    [("x", "x*exp(s)"), ("y", "y*exp(-s) + 1e-9*s^2")], [("x", "cos(s)*x - sin(s)*y"), ("y", "sin(s)*x + y")],
  ])
  func whatDoesNotComposeIsNoGroup(texts: [(String, String)]) throws {
    let group = try group(texts.map { (parameter: $0.0, expression: $0.1) })
    let fault = #expect(throws: OneParameterGroup.Fault.self) { try group.verify(at: [point], range: 1) }
    guard case .notGroup(_, _, let s, let t, let successive, let direct) = fault else {
      Issue.record("\(String(describing: fault))")
      return
    }
    #expect(abs(s) <= 0.5 && abs(t) <= 0.5 && successive != direct)
  }

  @Test func orbitsMustBeFinite() throws {
    let group = try group([("x", "x/(1 + s*x)")])
    // The pole lies at s = −1/1.3.
    try group.verify(at: [point], range: 0.7)
    let fault = #expect(throws: OneParameterGroup.Fault.self) {
      try self.group([("x", "x*exp(s)")]).verify(at: [point], range: 2000)
    }
    guard case .notFinite("x", "x", let s) = fault else {
      Issue.record("\(String(describing: fault))")
      return
    }
    #expect(s.magnitude >= 1000)
  }

  @Test func neighboursAreNear() {
    let neighbours = OneParameterGroup.neighbours(of: [0, 3, -4], count: 50)
    let size = (25.0 / 3).squareRoot()
    #expect(neighbours.count == 50 && Set(neighbours).count == 50)
    for neighbour in neighbours {
      #expect(abs(neighbour[0]) <= 0.5 * size && abs(neighbour[2] + 4) <= 2)
    }
    #expect(OneParameterGroup.neighbours(of: [0, 0], count: 3).allSatisfy { $0[0] != 0 && abs($0[0]) <= 0.5 })
  }
}
