import LoschmidtTestSupport
import Testing

@testable import LoschmidtExperiments

@Suite struct DecimalNumberTests {
  private func parse(_ text: String) -> Double? {
    var text = text
    return text.withUTF8 { DecimalNumber.parse($0) }
  }

  /// Compared bit by bit with the correctly rounded conversion of the standard library.
  @Test func agreesWithTheStandardLibrary() {
    var random = TestRandom(seed: 1)
    for _ in 0..<20_000 {
      let digits = random.below(random.pick([1_000, 1_000_000_000, 1_000_000_000_000_000_000]))
      let text = "\(random.pick(["", "-"]))\(digits).\(random.below(1_000_000))e\(Int(random.below(40)) - 20)"
      #expect(parse(text)?.bitPattern == Double(text)?.bitPattern, "\(text)")
      let value = Double(bitPattern: random.next())
      if value.isFinite { #expect(parse("\(value)")?.bitPattern == value.bitPattern) }
    }
  }

  @Test(arguments: [
    ("179769313486231570000000000000000000000e270", 1.7976931348623157e308), ("4.9e-324", .leastNonzeroMagnitude),
    ("0.0", 0),
    ("123456789012345678901234567890", 123456789012345678901234567890.0), ("1e22", 1e22), ("1e23", 1e23),
    ("9007199254740993", 9007199254740992), ("0.000000000000000000000000000001", 1e-30), ("1e309", .infinity),
    ("1e99999999999999999999", .infinity),
  ])
  func edges(text: String, value: Double) { #expect(parse(text) == value) }

  @Test func negativeZeroKeepsItsSign() { #expect(parse("-0.0")?.sign == .minus) }
}
