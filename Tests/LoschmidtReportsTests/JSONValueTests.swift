import Foundation
import LoschmidtReports
import Testing

@Suite struct JSONValueTests {
  @Test func layoutIsFixed() {
    let value = JSONValue.object(
      [
        .init("a", .array([.integer(1), .real(0.5), .null], .inline)), .init("b", .array([], .lines)),
        .init("c", .object([.init("d", .bool(true))], .lines)),
      ], .lines)
    #expect(value.document == "{\n  \"a\": [1, 0.5, null],\n  \"b\": [],\n  \"c\": {\n    \"d\": true\n  }\n}\n")
  }

  @Test(arguments: ["plain", "\"quoted\\", "a\nb\r\n\tc", "\u{0}\u{1f}\u{7f}", "η ∇L 🜁 e\u{301}", "\u{2028}/"])
  func textsReadBack(text: String) throws {
    let document = JSONValue.array([.text(text)], .inline).document
    let read = try JSONSerialization.jsonObject(with: Data(document.utf8)) as? [String]
    // Scalar by scalar: equality of strings would hide a change of their normal form.
    #expect(read.map { Array($0[0].unicodeScalars) } == Array(text.unicodeScalars))
  }

  @Test func numbersReadBackToTheBit() throws {
    let numbers: [Double] = [
      0.1, -0.0, 1, 1e-5, 1e16, 1e300, .leastNonzeroMagnitude, .greatestFiniteMagnitude, 2.0.squareRoot(), -1 / 3,
      123_456_789.123_456_789,
    ]
    let document = JSONValue.array(numbers.map(JSONValue.real), .inline).document
    let read = try #require(try JSONSerialization.jsonObject(with: Data(document.utf8)) as? [NSNumber])
    #expect(read.map(\.doubleValue.bitPattern) == numbers.map(\.bitPattern))
  }

  @Test func wholeNumbersAreWrittenInFull() {
    #expect(JSONValue.unsigned(.max).document == "18446744073709551615\n")
    #expect(JSONValue.integer(.min).document == "-9223372036854775808\n")
  }
}
