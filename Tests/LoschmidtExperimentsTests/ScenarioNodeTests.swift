import Testing

@testable import LoschmidtExperiments

@Suite struct ScenarioNodeTests {
  private func shown(_ text: String) throws -> String {
    try #require(ScenarioTree(reading: SourceText(Array("a: \(text)".utf8))).root?.map?.first).value.shown
  }

  @Test(arguments: [
    ("x", "'x'"), ("''", "''"), ("", "nothing"), ("[]", "an empty list"), ("[1, 2]", "a list of 2"),
    ("{}", "an empty map"),
    ("{b: 1}", "a map with the key 'b'"), ("{b: 1, c: 2, d: 3, e: 4}", "a map with the keys 'b', 'c', 'd', …"),
    ("\"b\\nc\"", "'b c'"),
  ])
  func valuesInMessages(text: String, expected: String) throws { #expect(try shown(text) == expected) }

  @Test func longTextsAreCut() throws {
    #expect(try shown(String(repeating: "x", count: 100)) == "'\(String(repeating: "x", count: 60))…'")
  }

  @Test func onlyAMissingValueIsEmpty() {
    #expect(ScenarioNode.scalar("", at: .start).isEmpty)
    #expect(!ScenarioNode.scalar("", at: .start, quoted: true).isEmpty)
    #expect(!ScenarioNode(content: .list([]), origin: .start).isEmpty)
  }
}
