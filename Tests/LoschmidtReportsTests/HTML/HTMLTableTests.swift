import Foundation
import Testing

@testable import LoschmidtReports

@Suite struct HTMLTableTests {
  @Test func numbersCarryTheirFullValue() throws {
    let html = HTMLTable(
      table(
        ["n", "value", "word"],
        [[.integer(2), .real(0.123456789), .text("<u>")], [.integer(1), .real(-2), .text("w")]]),
      file: "f.csv"
    ).text
    let outline = try #require(XMLOutline("<div>\(html)</div>"))
    #expect(outline.values(of: "data-value") == ["2", "0.123456789", "1", "-2"])
    #expect(html.contains("&lt;u&gt;"))
    #expect(outline.values(of: "scope") == ["col", "col", "col"])
  }

  @Test func emptyCellsSayWhyOnce() throws {
    let reason = "DE is undefined & <null>"
    let html = HTMLTable(
      table(["a", "b"], [[.missing(reason: reason), .real(1)], [.missing(reason: reason), .real(2)]]), file: "f.csv"
    ).text
    let outline = try #require(XMLOutline("<div>\(html)</div>"))
    #expect(outline.values(of: "title") == [reason, reason])
    #expect(outline.text.components(separatedBy: "– a: \(reason)").count == 2)
  }

  @Test func longTablesSayWhereTheRestIs() throws {
    let rows = (0..<(HTMLTable.mostRows + 1)).map { [Cell.integer($0)] }
    let html = HTMLTable(table(["n"], rows), file: "0-x-t.csv").text
    let outline = try #require(XMLOutline("<div>\(html)</div>"))
    #expect(outline.elements.filter { $0 == "td" }.count == HTMLTable.mostRows)
    #expect(outline.text.contains("The first 200 of 201 rows; all of them are in 0-x-t.csv."))
  }
}
