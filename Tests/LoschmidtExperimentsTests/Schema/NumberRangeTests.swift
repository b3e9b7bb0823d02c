import Foundation
import Testing

@testable import LoschmidtExperiments

@Suite struct NumberRangeTests {
  private static let spellings = [
    "0", "1", "12", "-1", "+1", "0.5", ".5", "2.", "-.5e-3", "1e6", "1E+6", "1e-3", "0.0", "-0", "+0", "0e5", "00",
    "010",
    "-01", "", ".", "e5", "1e", "1e+", "0x10", "1_000", "1,5", "inf", ".inf", "nan", " 1", "1 ", "--1", "1.5.2", "0.05",
    "100",
  ]

  private func matches(_ text: String, _ pattern: String) throws -> Bool {
    let range = NSRange(text.startIndex..., in: text)
    return try NSRegularExpression(pattern: pattern).firstMatch(in: text, range: range) != nil
  }

  private func value(_ text: String) -> Double? {
    if case .number(let value) = NumberLiteral(text) { return value }
    return nil
  }

  @Test(arguments: spellings) func numbersInQuotesAreThoseOfTheReader(text: String) throws {
    let value = value(text)
    #expect(try matches(text, NumberRange.finite.quotedPattern) == (value != nil))
    #expect(try matches(text, NumberRange.positive.quotedPattern) == (value.map { $0 > 0 } ?? false))
    // A negative zero is left to the reader, which accepts it.
    if text != "-0" {
      #expect(try matches(text, NumberRange.notNegative.quotedPattern) == (value.map { $0 >= 0 } ?? false))
    }
  }

  @Test(arguments: spellings) func wholeNumbersInQuotesAreThoseOfTheReader(text: String) throws {
    let isWhole = value(text).map { $0 == $0.rounded() } ?? false
    for least in [0, 1, 2] {
      let isAllowed = isWhole && (value(text) ?? -1) >= Double(least)
      // These are written by nobody, and the schema refuses what the reader accepts.
      if ["-0", "0e5", "1E+6", "2."].contains(text) { continue }
      #expect(try matches(text, NumberRange.wholePattern(atLeast: least)) == isAllowed, "at least \(least)")
    }
  }

  @Test(arguments: spellings + ["-1 + step", "0*step", "-x", "-1e", "0.1/(1 + step)"])
  func expressionsInQuotesAreNoNumbersThatAreTooSmall(text: String) throws {
    let pattern = NumberRange.positive.quotedExpression
    guard case .text(let positive)? = pattern.first?.value,
      case .text(let notNegative)? = NumberRange.notNegative.quotedExpression.first?.value
    else {
      Issue.record("a pattern")
      return
    }
    if let value = value(text) {
      #expect(try matches(text, positive) == (value > 0))
      #expect(try matches(text, notNegative) == (value >= 0))
    } else if !["00", "010", "-01"].contains(text) {
      #expect(try matches(text, notNegative))
    }
    #expect(NumberRange.finite.quotedExpression.isEmpty)
  }
}
