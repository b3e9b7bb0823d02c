import Testing

@testable import LoschmidtExperiments

@Suite struct BytesCheckTests {
  private func offset(_ bytes: [UInt8]) -> Int? {
    do throws(BytesCheck.Problem) {
      try BytesCheck.check(bytes)
      return nil
    } catch {
      return error.offset
    }
  }

  @Test func charactersThatYAMLDoesNotAllow() {
    for character in [
      "\u{0}", "\u{8}", "\u{B}", "\u{1F}", "\u{7F}", "\u{80}", "\u{9F}", "\u{FEFF}", "\u{FFFE}", "\u{FFFF}",
    ] {
      #expect(offset(Array("é: ".utf8) + Array(character.utf8)) == 4)
    }
    for character in ["\t", "\n", "\r", "\u{85}", "\u{A0}", "\u{2028}", "\u{FFFD}", "\u{1F600}"] {
      #expect(offset(Array(("é: " + character).utf8)) == nil)
    }
  }

  @Test func openBrackets() {
    #expect(offset(Array(repeating: UInt8(ascii: "["), count: BytesCheck.bracketLimit)) == nil)
    #expect(offset(Array(repeating: UInt8(ascii: "{"), count: 1000)) == BytesCheck.bracketLimit)
    #expect(offset(Array(String(repeating: "[]", count: 1000).utf8)) == nil)
  }

  @Test func keysBesideAliases() {
    for text in ["a: &b 1\nc: *b\n[d]: 1", "a: &b 1\n*b : 1", "a: &b 1\n? *b\n", "a: &b 1\nc: {*b: 1}"] {
      #expect(offset(Array(text.utf8)) != nil)
    }
    for text in ["a: &b 1\nc: *b\n", "[d]: 1", "a: u *b: 1", "a: x ? *b", "a: &b [1]\nc: {d: *b, e: 2}"] {
      #expect(offset(Array(text.utf8)) == nil)
    }
  }
}
