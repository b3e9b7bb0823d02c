import Testing

@testable import LoschmidtExperiments

@Suite struct NumberLiteralTests {
  @Test(arguments: [
    ("0", 0.0), ("-0.5", -0.5), (".5", 0.5), ("2.", 2), ("1e-3", 1e-3), ("+7", 7), ("1E6", 1e6), ("0.10", 0.1),
    ("0e5", 0), ("1e-400", 0),
  ])
  func numbers(text: String, value: Double) { #expect(NumberLiteral(text) == .number(value)) }

  @Test(arguments: [
    "", "-", ".", "e5", "1e", "1e+", "0x10", "0o7", "1_000", "1,5", "1 2", "one", "1.2.3", "--1", "1:30",
  ])
  func otherTexts(text: String) { #expect(NumberLiteral(text) == .none) }

  @Test(arguments: [".inf", "-.inf", "inf", "nan", ".NaN", "1e999", "-1e400"])
  func notFinite(text: String) { #expect(NumberLiteral(text) == .notFinite) }

  @Test(arguments: ["010", "-010", "00", "01.5"])
  func leadingZeros(text: String) { #expect(NumberLiteral(text) == .leadingZero) }
}
