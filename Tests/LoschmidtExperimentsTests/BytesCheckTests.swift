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

  /// Every byte sequence of up to three bytes around the limits of UTF-8, against the standard library.
  @Test func agreesWithTheStandardLibraryOnUTF8() {
    let bytes: [UInt8] = [
      0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xED, 0xEF, 0xF0, 0xF1, 0xF4,
      0xF5,
      0xFF,
    ]
    for a in bytes {
      for b in bytes {
        for c in bytes {
          for sequence in [[a], [a, b], [a, b, c], [a, b, c, 0x80]] {
            let valid = String(validating: sequence, as: UTF8.self) != nil
            #expect((BytesCheck.firstInvalidByte(sequence) == nil) == valid)
          }
        }
      }
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
