import LoschmidtNumerics
import Testing

@testable import LoschmidtExperiments

@Suite struct ExpressionReadingTests {
  private func decode<Value>(
    _ text: String, constants: [String: Double] = [:], _ read: (inout ScenarioDecoder, ScenarioNode) -> Value?
  ) -> (value: Value?, problems: [String]) {
    var decoder = ScenarioDecoder(
      problems: DiagnosticList(path: "s.yaml"), source: SourceText(Array(text.utf8)), folder: "")
    decoder.constants = constants
    let node = ScenarioTree(reading: decoder.source).root ?? .scalar("", at: .start)
    let value = read(&decoder, node)
    return (value, decoder.problems.all.map(\.description))
  }

  @Test func constantValues() {
    #expect(decode("2*pi*k", constants: ["k": 0.5]) { $0.constantValue($1, "x") }.value == .pi)
    #expect(decode("0.25") { $0.constantValue($1, "x") }.value == 0.25)
    #expect(
      decode("log(0)") { $0.constantValue($1, "x") }.problems
        == ["s.yaml:1:1: error: 'x' must be a finite number, got 'log(0)' = -inf"])
    #expect(
      decode("1 - 2") { $0.constantValue($1, "x", allowed: "a number > 0") { $0 > 0 } }.problems
        == ["s.yaml:1:1: error: 'x' must be a number > 0, got '1 - 2' = -1.0"])
    #expect(
      decode("010") { $0.constantValue($1, "x") }.problems.map { $0.contains("needless zero") } == [true])
  }

  @Test func namesAreChecked() {
    let read = decode("'u + w*uu'") { $0.expression($1, "f", names: ["u"]) }
    #expect(
      read.problems == [
        "s.yaml:1:6: error: in 'f': 'w' is not a known name; known here are u, pi, e",
        "s.yaml:1:8: error: in 'f': 'uu' is not a known name; did you mean 'u'?",
      ])
    #expect(decode("u + pi + k", constants: ["k": 1]) { $0.expression($1, "f", names: ["u"]) }.problems.isEmpty)
  }

  @Test func veryManyUnknownNamesAreCut() {
    let text = (0..<100).map { "q\($0)" }.joined(separator: "+")
    #expect(decode(text) { $0.expression($1, "f", names: []) }.problems.count == 20)
  }
}
