import Testing

@testable import LoschmidtExperiments

@Suite struct ScenarioTreeTests {
  private func tree(_ text: String) -> ScenarioTree { ScenarioTree(reading: SourceText(Array(text.utf8))) }

  @Test func nodesCarryTheirPlaces() throws {
    let root = try #require(tree("a: 1\nb:\n  - 'x'\n  - {c: d}\n").root)
    let entries = try #require(root.map)
    #expect(entries.map(\.key) == ["a", "b"])
    #expect(entries[0].value == .scalar("1", at: .text(line: 1, column: 4)))
    let items = try #require(entries[1].value.list)
    #expect(items[0] == .scalar("x", at: .text(line: 3, column: 5), quoted: true))
    #expect(items[1].map?[0].origin == .text(line: 4, column: 6))
  }

  @Test func duplicateKeysAreReportedWithTheRest() {
    let process = goodProcess.replacing("{u: 1.3, w: 0.4}", with: "{u: 1.3, w: 0.4, \"u\": 5, u: 6}")
    #expect(
      report(scenario(process: process + "\ntemperature: -1\nloss: u")) == """
        s.yaml:4:32: error: the key 'u' stands twice; the first is at line 4, column 16
        s.yaml:4:40: error: the key 'u' stands twice; the first is at line 4, column 16
        s.yaml:8:16: error: 'temperature' must be a number >= 0 or an expression of 't' and 'step' that is >= 0, got '-1'
        s.yaml:9:3: error: the key 'loss' stands twice; the first is at line 5, column 3
        """)
  }

  @Test(arguments: ["[", "{a: ", "- ", "? ", "&a [", "[[{", "- - ? "])
  func deepNestingIsAnErrorWithAPlace(piece: String) {
    for count in [65, 200, 700, 5_000, 100_000] {
      let found = reading(String(repeating: piece, count: count)).diagnostics
      #expect(found.contains { $0.severity == .error && !$0.message.hasPrefix("'scenario' needs") })
    }
  }

  @Test func closedDeepNesting() {
    let text = "a: " + String(repeating: "[", count: 70) + String(repeating: "]", count: 70)
    #expect(report(text) == "s.yaml:1:68: error: lists and maps nest deeper than 64 levels here")
    let indented = (0..<70).map { String(repeating: " ", count: $0) + "a:\n" }.joined()
    #expect(report(indented) == "s.yaml:66:66: error: lists and maps nest deeper than 64 levels here")
  }

  @Test func aliasesThatGrowWithoutBoundAreRefused() {
    var laughs = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    for k in 1...12 {
      let items = Array(repeating: "*a\(k - 1)", count: 10).joined(separator: ", ")
      laughs += "a\(k): &a\(k) [\(items)]\n"
    }
    let found = reading(laughs).diagnostics
    #expect(found.map(\.message) == ["aliases make this file grow by more than 100000 nodes here"])
    let key = laughs + "? *a12\n: 1\n"
    #expect(
      report(key)
        == "s.yaml:14:1: error: in a file with anchors and aliases a key must be a plain name, not an alias, a list or a map"
    )
    #expect(report(laughs + "*a12 : 1\n").hasPrefix("s.yaml:14:1: error: in a file with anchors"))
    #expect(report(laughs + "[*a12]: 1\n").hasPrefix("s.yaml:14:6: error: in a file with anchors"))
  }

  @Test func veryManyKeysAreRefused() {
    let keys = (0...1000).map { "k\($0): 1" }.joined(separator: ", ")
    #expect(
      report(scenario(process: goodProcess.replacing("{u: 1.3, w: 0.4}", with: "{\(keys)}")))
        == "s.yaml:4:15: error: a map has at most 1000 keys, got 1001; write parameters as arrays and data as CSV")
  }

  @Test func boundedAliasesAreRead() throws {
    let process = goodProcess.replacing("{u: 1.3, w: 0.4}", with: "&start {u: 1.3, w: 0.4}")
    let scenario = try good(scenario(process: process, potentials: "at: *start\nlearning-rates: [0.1]"))
    #expect((scenario.experiments[0].settings as? PotentialsSettings)?.points == [[1.3, 0.4]])
  }
}
