import Foundation
import Testing

@testable import LoschmidtExperiments

@Suite struct CSVDialectTests {
  private func table(_ text: String, _ dialect: CSVDialect) -> CSVTable {
    CSVTable(data: Data(text.utf8), path: "d.csv", dialect: dialect) { _ in true }
  }

  @Test func separators() {
    #expect(CSVDialect.separator(";") == .character(0x3B) && CSVDialect.separator("tab") == .character(0x09))
    #expect(CSVDialect.separator("\t") == .character(0x09) && CSVDialect.separator("whitespace") == .whitespace)
    for text in ["", ";;", "a", "1", "\"", ".", "-", "\n", "é"] {
      #expect(CSVDialect.separator(text) == nil, "\(text)")
    }
  }

  @Test(arguments: [
    ("a;b\n1;2\n3;4\n", ";", "."), ("\"a\";\"b\"\r\n1,0;2,0\r\n3,0;4e0\r\n", ";", ","),
    ("a\tb\n1\t2\n3\t4", "tab", "."), ("a,b\n\"1,0\",2\n\"3,0\",\"4,0\"\n", ",", ","),
    ("a b\n 1   2\n3 \t4 \n\n", "whitespace", "."), ("a|b\n1|2\n3 | 4", "|", "."),
  ])
  func tables(text: String, separator: String, decimal: String) throws {
    let dialect = CSVDialect(
      separator: try #require(CSVDialect.separator(separator)), decimal: try #require(decimal.utf8.first))
    let table = table(text, dialect)
    #expect(table.problems.isEmpty, "\(table.problems)")
    #expect(table.header == ["a", "b"] && table.columns == ["a": [1, 3], "b": [2, 4]])
  }

  /// A point may set thousands apart where a comma is the decimal sign.
  @Test func aPointIsNoDecimalCommaNumber() {
    let dialect = CSVDialect(separator: .character(0x3B), decimal: UInt8(ascii: ","))
    #expect(table("a;b\n1.234,5;2\n", dialect).problems.count == 1)
    func number(_ text: String) -> Double? { Array(text.utf8).withUnsafeBufferPointer { dialect.number($0) } }
    #expect(number("-0,5e1") == -5 && number("1.5") == nil && number("1,2,3") == nil)
  }
}
