import Testing

@testable import LoschmidtExperiments

@Suite struct ScalarCursorTests {
  /// Finds the letter Q of the value under `a` through the cursor, and by looking at the source.
  @Test(arguments: [
    "a: x + Q",
    "a:    x + Q   # comment",
    "a: 'x + ''Q'' + y'",
    "a: \"x \\\" \\u0041 \\x41 Q\"",
    "a: \"é \\\n    x + Q\"",
    "a: x +\n   y +\n\n   Q",
    "a: 'x +\n   y +\n\n   Q'",
    "a: \"x +\n   y +\n\n   Q\"",
    "a: |\n   x +\n   yé Q\n",
    "a: |2-\n  x +\n    y +\n  Q\n",
    "a: >\n   x +\n   y + Q\n",
    "a: >\n   x +\n\n   y +\n   Q\n",
    "a: &anchor !!str  x + Q",
    "a: &anchor\n  'x + Q'",
    "{b: 1, a: x + Q}",
    "a: |\r\n   x +\r\n   y Q\r\n",
  ])
  func findsTheLetter(text: String) throws {
    let source = SourceText(Array(text.utf8))
    let entries = try #require(ScenarioTree(reading: source).root?.map)
    let node = try #require(entries.first { $0.key == "a" }?.value)
    let value = Array(try #require(node.text).unicodeScalars)
    let offset = try #require(value.firstIndex(of: "Q"))
    let byte = try #require(source.bytes.firstIndex(of: UInt8(ascii: "Q")))
    #expect(ScalarCursor.origin(of: offset, in: node, source: source) == source.origin(ofByte: byte))
  }
}
