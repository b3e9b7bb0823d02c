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

  @Test func manyProblemsAreCounted() {
    let found = problems("a\n" + String(repeating: "x\n", count: 1000))
    #expect(found.count == CSVTable.problemLimit + 1)
    #expect(found.last == "d.csv:21:1: error: … and 980 more problems")
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
