import LoschmidtExperiments
import Testing

@Suite struct DiagnosticTests {
  @Test func textForm() {
    let place = Diagnostic.Place.file("a/b.yaml", line: 3, column: 7)
    #expect(Diagnostic("no", at: place).description == "a/b.yaml:3:7: error: no")
    #expect(Diagnostic("hm", at: place, severity: .warning).description == "a/b.yaml:3:7: warning: hm")
    #expect(Diagnostic("no", at: .override("--set a.b")).description == "--set a.b: error: no")
  }

  /// A message has at most 2000 characters: of a longer one the beginning and the end are kept.
  @Test func messagesAreBounded() {
    let place = Diagnostic.Place.file("a.yaml", line: 1, column: 1)
    let whole = "a" + String(repeating: "b", count: Diagnostic.lengthLimit - 2) + "c"
    #expect(Diagnostic(whole, at: place).message == whole)
    let cut = Diagnostic(whole + "d", at: place).message
    #expect(cut.unicodeScalars.count == Diagnostic.lengthLimit)
    #expect(cut.hasPrefix("abbb") && cut.hasSuffix("bbbcd") && cut.contains("b … b"))
    #expect(Diagnostic(String(repeating: "x", count: 1_000_000), at: place).message.unicodeScalars.count == 2000)
  }

  /// Whatever the place of a value of a million characters, every message that quotes it is short.
  @Test(arguments: [
    ("trajectories: 10", "trajectories: VALUE"), ("loss: 0.5*x^2", "loss: VALUE"), ("x: 1", "x: VALUE"),
    ("full-batch", "VALUE"), ("learning-rate: 0.1", "VALUE: 0.1"), ("stationary:", "VALUE:"),
    ("seed: 1", "seed: VALUE"),
  ])
  func longValuesMakeShortMessages(part: String, other: String) {
    let text = """
      loschmidt: 1
      seed: 1
      process:
        parameters: {x: 1}
        loss: 0.5*x^2
        gradient: full-batch
        algorithm:
          gradient-descent:
            learning-rate: 0.1
        temperature: 1
      experiments:
        - stationary: {trajectories: 10, steps: 10}

      """
    let value = String(repeating: "q", count: 1_000_000)
    let found = reading(text.replacing(part, with: other.replacing("VALUE", with: value))).diagnostics
    #expect(!found.isEmpty && found.allSatisfy { $0.message.unicodeScalars.count <= Diagnostic.lengthLimit })
  }
}
