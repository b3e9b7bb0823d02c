import Testing

@testable import LoschmidtExperiments

@Suite struct ProcessContextTests {
  @Test(arguments: ["u", "_x", "W1", "théta", "ζ"])
  func names(text: String) { #expect(ScenarioDecoder.isName(text)) }

  @Test(arguments: ["", "1u", "a b", "a-b", "a.b", "W[0]", "é!", "😀"])
  func otherTexts(text: String) { #expect(!ScenarioDecoder.isName(text)) }

  @Test func aNameIsTakenOnce() {
    var decoder = ScenarioDecoder(problems: DiagnosticList(path: "s.yaml"), source: SourceText([]), folder: "")
    let taken = [("u", "parameter"), ("u", "column"), ("tanh", "column")].map { name, kind in
      decoder.declare(name, as: kind, at: .start)
    }
    #expect(taken == [true, false, false])
    #expect(decoder.context.kind(of: "u") == "parameter" && decoder.context.kind(of: "w") == nil)
    #expect(
      decoder.problems.all.map(\.message) == [
        "the name 'u' stands for a parameter already and cannot be given to a column",
        "the name 'tanh' is reserved and cannot be given to a column; choose another",
      ])
  }
}
