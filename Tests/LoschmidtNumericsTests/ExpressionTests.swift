import Testing

@testable import LoschmidtNumerics

struct ExpressionTests {
  @Test func namesInTheOrderOfTheirAppearance() throws {
    let expression = try Expression(parsing: "b*exp(-a) + b^c - a*pi")
    let names = expression.names()
    #expect(names.map(\.name) == ["b", "a", "c", "pi"])
    #expect(names.map(\.position) == [0, 7, 14, 20])
    #expect(try Expression(parsing: "1 + 2").names().isEmpty)
  }

  @Test func distributionsAreRecognised() throws {
    #expect(try Expression(parsing: "normal(0, 1)").isDistribution)
    #expect(try Expression(parsing: " (uniform(-1, 1)) ").isDistribution)
    #expect(try !Expression(parsing: "normal(0, 1) + x").isDistribution)
    #expect(try !Expression(parsing: "exp(normal(0, 1))").isDistribution)
    #expect(try !Expression(parsing: "x").isDistribution)
  }

  @Test func equalTextsAreEqual() throws {
    #expect(try Expression(parsing: "x + 1") == Expression(parsing: "x + 1"))
    #expect(try Expression(parsing: "x + 1") != Expression(parsing: "x+1"))
    #expect(try Expression(parsing: "x + 1").text == "x + 1")
  }

  @Test func reservedNames() {
    for name in ["pi", "e", "t", "step", "exp", "normal", "dot"] { #expect(Expression.reservedNames.contains(name)) }
    for name in ["x", "s", "theta", "E"] { #expect(!Expression.reservedNames.contains(name)) }
  }
}
