import Foundation
import LoschmidtReports
import Testing

@Suite struct JSONParserTests {
  private func parse(_ text: String) throws -> JSONValue { try JSONParser.value(of: Array(text.utf8)) }

  @Test func everyKindOfValue() throws {
    let value = try parse(#" {"z": [1, -2.5e-3, "a\n\u00e9\ud83d\ude00\/", true, false, null, {}, []], "a": 0} "#)
    #expect(
      value
        == .object(
          [
            .init(
              "z",
              .array(
                [
                  .integer(1), .real(-2.5e-3), .text("a\né😀/"), .bool(true), .bool(false), .null, .object([], .lines),
                  .array([], .lines),
                ], .lines)), .init("a", .integer(0)),
          ], .lines))
  }

  @Test func numbersKeepEveryDigit() throws {
    #expect(try parse("18446744073709551615") == .unsigned(.max))
    #expect(try parse("9223372036854775807") == .integer(.max))
    #expect(try parse("-9223372036854775808") == .integer(.min))
    #expect(try parse("18446744073709551616") == .real(0x1p64))
    guard case .real(let zero) = try parse("-0") else {
      Issue.record("-0 is a real number")
      return
    }
    #expect(zero == 0 && zero.sign == .minus)
    // Every bit pattern that is a finite number comes back; the fewest digits decide, so random patterns are the hard ones.
    var state: UInt64 = 1
    for _ in 0..<2000 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let value = Double(bitPattern: state)
      guard value.isFinite, value.description.contains(where: { ".e".contains($0) }) else { continue }
      #expect(try parse(value.description) == .real(value))
    }
  }

  @Test(arguments: [
    ("", 1, 1, "ends before the document"), ("{\"a\": 1,\n  \"a\": 2}", 2, 3, "twice"), ("[1 2]", 1, 4, "comma"),
    ("[01]", 1, 2, "not a number"), ("[1.]", 1, 4, "digit"), ("[1e999]", 1, 2, "too large"),
    ("[-]", 1, 2, "not a number"),
    ("\"\\ud800\"", 1, 2, "surrogate"), ("\"\\x\"", 1, 2, "escape"), ("\"a\u{1}\"", 1, 3, "control character"),
    ("\"abc", 1, 5, "does not end"), ("nul", 1, 1, "no JSON value"), ("NaN", 1, 1, "no JSON value"),
    ("1 1", 1, 3, "ends before"),
    ("{\"é\" 1}", 1, 6, "colon"), ("{1: 2}", 1, 2, "key"), ("[1,]", 1, 4, "no JSON value"), ("[", 1, 2, "ends before"),
    ("{\"a\": 1", 1, 8, "comma"), ("\u{feff}1", 1, 1, "no JSON value"),
  ])
  func whatIsWrongHasItsPosition(text: String, line: Int, column: Int, word: String) throws {
    let problem = #expect(throws: JSONParser.Problem.self) { try parse(text) }
    #expect(problem?.line == line && problem?.column == column, "\(text): \(String(describing: problem))")
    #expect(problem?.message.contains(word) == true, "\(text): \(String(describing: problem))")
  }

  @Test func bytesThatAreNotUTF8AreFound() {
    let problem = #expect(throws: JSONParser.Problem.self) {
      try JSONParser.value(of: Array("\"é\n".utf8) + [0xff, 0x22])
    }
    #expect(problem?.line == 2 && problem?.column == 1)
    #expect(problem?.message.contains("UTF-8") == true)
  }

  @Test func nestingHasAnEnd() throws {
    let deepest = JSONParser.deepest
    #expect(throws: Never.self) {
      try parse(String(repeating: "[", count: deepest) + "1" + String(repeating: "]", count: deepest))
    }
    #expect(throws: JSONParser.Problem.self) { try parse(String(repeating: "[", count: 100_000)) }
  }

  /// Whatever Foundation writes is read as the same value, and what it refuses is refused.
  @Test func agreesWithFoundation() throws {
    let data = try JSONSerialization.data(
      withJSONObject: ["k": [1, 2.5, "x\"\\\u{7}", NSNull(), true]], options: [.sortedKeys])
    let value = try JSONParser.value(of: Array(data))
    let again = try JSONSerialization.jsonObject(with: Data(value.document.utf8)) as? NSDictionary
    #expect(again == (try JSONSerialization.jsonObject(with: data) as? NSDictionary))
  }
}
