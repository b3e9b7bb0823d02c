import Foundation
import LoschmidtTestSupport
import Testing

@testable import LoschmidtExperiments

@Suite struct CSVParserTests {
  private func table(_ text: String) -> CSVTable {
    CSVTable(data: Data(text.utf8), path: "d.csv") { _ in true }
  }

  private func problems(_ text: String) -> [String] { table(text).problems.map(\.description) }

  @Test(arguments: [
    ("", ["1:1: error: the file is empty; a header row and at least one row of numbers are needed"]),
    ("\n \n", ["3:1: error: the file is empty; a header row and at least one row of numbers are needed"]),
    ("a,b\n", ["2:1: error: there are no samples: the file has a header row and nothing below it"]),
    ("a,b\n1,x\n", ["2:3: error: the column 'b' must hold finite numbers, got 'x'"]),
    ("a,é\n1,2\n3,é", ["3:3: error: the column 'é' must hold finite numbers, got 'é'"]),
    ("a,b\n1,\n", ["2:3: error: the column 'b' must hold finite numbers, got an empty cell"]),
    ("a,b\n1,nan\n", ["2:3: error: the column 'b' must hold finite numbers, got 'nan'"]),
    ("a,b\n1,1e999\n", ["2:3: error: the column 'b' must hold finite numbers, got '1e999'"]),
    ("a,b\n1,0x1\n", ["2:3: error: the column 'b' must hold finite numbers, got '0x1'"]),
    (
      "a;b\n1;2\n",
      [
        "1:1: error: the cells are separated by semicolons, not by a comma, and the first row is 'a;b'; write "
          + "'separator: \";\"' beside 'csv'"
      ]
    ),
    (
      "a,b\n1,2\n3\n4,5,6\n",
      ["3:1: error: this row has 1 cell, the header has 2", "4:1: error: this row has 3 cells, the header has 2"]
    ),
    ("a,a\n1,2\n", ["1:3: error: the header 'a' stands twice; the names of columns that are used must be distinct"]),
    ("a,b\n1,\"2\n", ["2:3: error: this quote is never closed"]),
    ("a,b\n1,\"2\"3\n", ["2:6: error: after the closing quote a comma or the end of the line is needed"]),
  ])
  func problems(text: String, expected: [String]) { #expect(problems(text) == expected.map { "d.csv:" + $0 }) }

  @Test func randomBytesNeverCrash() {
    var random = TestRandom(seed: 5)
    for _ in 0..<5_000 {
      let bytes = (0..<random.below(60)).map { _ in random.pick(Array("a1,\"\n\r .e-\u{FEFF}é".utf8)) }
      let table = CSVTable(data: Data(bytes), path: "d.csv") { _ in true }
      #expect(!table.problems.isEmpty || table.columns.values.allSatisfy { $0.count == table.count })
    }
  }
}
