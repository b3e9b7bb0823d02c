import LoschmidtReports
import Testing

@Suite struct UTF8CheckTests {
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
            #expect((UTF8Check.firstInvalidByte(sequence) == nil) == valid)
          }
        }
      }
    }
  }

  @Test func theFirstByteOfABrokenSequenceIsNamed() {
    #expect(UTF8Check.firstInvalidByte(Array("é".utf8) + [0x41, 0xE2, 0x82]) == 3)
    #expect(UTF8Check.firstInvalidByte(Array("aé€😀".utf8)) == nil)
  }
}
