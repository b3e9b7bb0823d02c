import Testing

@testable import LoschmidtExperiments

@Suite struct DiagnosticListTests {
  @Test func problemsComeInTheOrderOfTheFile() {
    var list = DiagnosticList(path: "s.yaml", overrides: ["--seed"])
    list.add(Diagnostic("in the table", at: .file("a.csv", line: 1, column: 1)))
    list.error("late", at: .text(line: 9, column: 1))
    list.warning("early", at: .text(line: 2, column: 5))
    list.error("earlier in the line", at: .text(line: 2, column: 1))
    list.error("first", at: .override(0))
    #expect(
      list.sorted().map(\.description) == [
        "--seed: error: first", "s.yaml:2:1: error: earlier in the line", "s.yaml:2:5: warning: early",
        "s.yaml:9:1: error: late", "a.csv:1:1: error: in the table",
      ])
    #expect(list.errorCount == 4)
  }

  @Test func veryManyProblemsAreCounted() {
    let columns = (0..<300).map { "c\($0): x" }.joined(separator: ", ")
    let found = reading(scenario(process: goodProcess.replacing("{x: [1, 2], y: [3, 4]}", with: "{\(columns)}")))
      .diagnostics
    #expect(found.count == DiagnosticList.limit + 1)
    #expect(found.last?.message.hasPrefix("… and ") == true)
  }
}
