import Foundation
import LoschmidtTestSupport
import Testing

@testable import LoschmidtExperiments

@Suite struct CSVTableTests {
  private func table(_ text: String) -> CSVTable {
    CSVTable(data: Data(text.utf8), path: "d.csv") { _ in true }
  }

  private func problems(_ text: String) -> [String] { table(text).problems.map(\.description) }

  @Test(arguments: [
    "a,b\n1,2\n3,4\n", "a,b\n1,2\n3,4", "\u{FEFF}a,b\r\n1,2\r\n3,4\r\n", "a,b\r1,2\r3,4", "\n\na,b\n\n1,2\n  \n3,4\n\n",
    "\"a\",\"b\"\n\"1\",\"2\"\n3,\"4\"\n", " a , b \n 1 ,\t2\n3, 4 \n", "a,b\n1.0,+2e0\n.3e1,40e-1\n",
  ])
  func tables(text: String) {
    let table = table(text)
    #expect(table.problems.isEmpty)
    #expect(table.header == ["a", "b"])
    #expect(table.count == 2)
    #expect(table.columns == ["a": [1, 3], "b": [2, 4]])
  }

  @Test func quotedHeaders() {
    #expect(table("\"a, \"\"b\"\"\",\"c\nd\"\n1,2\n").header == ["a, \"b\"", "c\nd"])
  }

  @Test func onlyWantedColumnsAreKept() {
    let table = CSVTable(data: Data("a,b\n1,2\n".utf8), path: "d.csv") { $0 == "b" }
    #expect(table.columns == ["b": [2]])
  }

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
    ("a;b\n1;2\n", ["2:1: error: the column 'a;b' must hold finite numbers, got '1;2'"]),
    (
      "a,b\n1,2\n3\n4,5,6\n",
      ["3:1: error: this row has 1 cell, the header has 2", "4:1: error: this row has 3 cells, the header has 2"]
    ),
    ("a,a\n1,2\n", ["1:3: error: the header 'a' stands twice; names must be distinct"]),
    ("a,\n1,2\n", ["1:3: error: the header of column 2 is empty; a name is needed"]),
    ("a,b\n1,\"2\n", ["2:3: error: this quote is never closed"]),
    ("a,b\n1,\"2\"3\n", ["2:6: error: after the closing quote a comma or the end of the line is needed"]),
  ])
  func problems(text: String, expected: [String]) { #expect(problems(text) == expected.map { "d.csv:" + $0 }) }

  @Test func manyProblemsAreCounted() {
    let found = problems("a\n" + String(repeating: "x\n", count: 1000))
    #expect(found.count == CSVTable.problemLimit + 1)
    #expect(found.last == "d.csv:21:1: error: … and 980 more problems")
  }

  @Test func randomBytesNeverCrash() {
    var random = TestRandom(seed: 5)
    for _ in 0..<5_000 {
      let bytes = (0..<random.below(60)).map { _ in random.pick(Array("a1,\"\n\r .e-\u{FEFF}é".utf8)) }
      let table = CSVTable(data: Data(bytes), path: "d.csv") { _ in true }
      #expect(!table.problems.isEmpty || table.columns.values.allSatisfy { $0.count == table.count })
    }
  }

  /// A file of 100 MB, where LOSCHMIDT_LONG_TESTS is 1; else one of 1 MB.
  @Test func largeFiles() throws {
    let rows = ProcessInfo.processInfo.environment["LOSCHMIDT_LONG_TESTS"] == "1" ? 2_500_000 : 25_000
    let folder = try TemporaryFolder()
    let line = "0.800500091,1.06548848,-1.297088462e-1\n"
    let path = try folder.write("large.csv", "x,y,z\n" + String(repeating: line, count: rows))
    let table = CSVTable(path: path) { _ in true }
    #expect(table.problems.isEmpty && table.count == rows)
    #expect(table.columns["z"]?.last == -0.1297088462)
  }
}
