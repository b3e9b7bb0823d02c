import Testing

@testable import LoschmidtExperiments

@Suite struct SourceTextTests {
  @Test func linesEndAsInYAML() {
    let source = SourceText(Array("a\nb\r\nc\rd\u{85}e\u{2028}f\u{2029}g".utf8))
    #expect(source.lineCount == 7)
    #expect(source.origin(ofByte: source.bytes.count - 1) == .text(line: 7, column: 1))
  }

  @Test func columnsCountCharactersAndComeBack() {
    let source = SourceText(Array("é: ζ\n  x𝄞: 1\n".utf8))
    for (line, column, byte) in [(1, 1, 0), (1, 2, 2), (1, 4, 4), (2, 3, 9), (2, 5, 14), (3, 1, 18)]
      as [(Int32, Int32, Int)]
    {
      #expect(source.origin(ofByte: byte) == .text(line: line, column: column))
      #expect(source.byteOffset(line: line, column: column) == byte)
    }
    #expect(source.byteOffset(line: 9, column: 1) == source.bytes.count)
    #expect(source.scalars(from: 4, limit: 3) == ["ζ", "\n"])
    #expect(source.scalars(from: 99, limit: 3).isEmpty)
  }
}
