import Testing

@testable import LoschmidtNumerics

struct ExpressionTokenTests {
  private func kinds(_ text: String) throws -> [ExpressionToken.Kind] {
    try ExpressionToken.scan(text).dropLast().map(\.kind)
  }

  @Test(arguments: [
    (".5", 0.5), ("2.", 2), ("0", 0), ("007", 7), ("1e-3", 1e-3), ("1E+3", 1e3), ("2.e5", 2e5), (".5e1", 5),
    ("1.7976931348623157e308", Double.greatestFiniteMagnitude), ("5e-324", 5e-324), ("1e-400", 0),
    ("0.1", 0.1), ("123456789012345678901234567890", 123456789012345678901234567890),
    ("0.30000000000000004440892098500626", 0.30000000000000004440892098500626),
  ])
  func numbers(_ text: String, _ value: Double) throws {
    #expect(try kinds(text) == [.number(value)])
    #expect(try kinds("(" + text + ")") == [.symbol("("), .number(value), .symbol(")")])
  }

  @Test(arguments: [
    "x", "_", "w_1", "_x2", "\u{3B8}", "\u{3BB}_max", "Gr\u{F6}\u{DF}e", "\u{91D1}", "e\u{301}", "E", "e1",
  ])
  func names(_ name: String) throws {
    #expect(try kinds(name) == [.name(name)])
    #expect(try kinds("2*" + name + "^2") == [.number(2), .symbol("*"), .name(name), .symbol("^"), .number(2)])
  }

  @Test func anEWithoutDigitsBelongsToTheNextName() throws {
    #expect(try kinds("2e") == [.number(2), .name("e")])
    #expect(try kinds("2ex") == [.number(2), .name("ex")])
    #expect(try kinds("2e-x") == [.number(2), .name("e"), .symbol("-"), .name("x")])
    #expect(try kinds("2e3x") == [.number(2e3), .name("x")])
    #expect(try kinds("2 .5") == [.number(2), .number(0.5)])
  }

  @Test func positionsCountUnicodeScalars() throws {
    let tokens = try ExpressionToken.scan("\u{1D70B} +\r\n e\u{301}*2")
    #expect(tokens.map(\.position) == [0, 2, 6, 8, 9, 10])
    #expect(tokens[5].kind == .end && tokens[5].shown == "the end")
  }

  @Test func longTokensAreCutInMessages() throws {
    let name = String(repeating: "x", count: 1000)
    #expect(try ExpressionToken.scan(name)[0].shown.count == 42)
    #expect(throws: ExpressionError.self) { try ExpressionToken.scan(String(repeating: "9", count: 400)) }
    do {
      _ = try ExpressionToken.scan("1 + " + String(repeating: "9", count: 400))
    } catch {
      #expect(error.position == 4 && error.message.count < 120)
    }
  }

  /// At the limit a text is read, one character above it is refused with both numbers.
  @Test func lengthIsLimited() throws {
    let limit = Expression.lengthLimit
    #expect(limit == 1_000_000)
    #expect(try ExpressionToken.scan("1" + String(repeating: " ", count: limit - 1)).count == 2)
    do {
      _ = try ExpressionToken.scan("1" + String(repeating: " ", count: limit))
      Issue.record("it is one character too long")
    } catch {
      #expect(error.position == 0)
      #expect(error.message == "the expression has 1000001 characters, and at most 1000000 are allowed")
    }
  }
}
