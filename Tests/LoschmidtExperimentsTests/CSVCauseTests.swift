import Foundation
import Testing

@testable import LoschmidtExperiments

/// Tables as people have them: what is asked for is read, or the one cause is named.
@Suite struct CSVCauseTests {
  private func table(_ bytes: [UInt8], _ wanted: Set<String> = ["x", "y"]) -> CSVTable {
    CSVTable(data: Data(bytes), path: "d.csv", wanted: wanted) { wanted.contains($0) }
  }

  private func table(_ text: String) -> CSVTable { table(Array(text.utf8)) }

  /// Columns that nobody asks for may hold anything, or have no name.
  @Test(arguments: [
    ",x,y\n0,9.7,7\n1,6.2,3\n", "\"\",\"x\",\"y\"\n\"1\",9.7,7\n\"2\",6.2,3\n",
    "name,x,y\n\"sample, 0\",9.7,7\n\"sample, 1\",6.2,3\n", "x,y,\n9.7,7,\n6.2,3,\n", "x,y\n9.7,7,\n6.2,3,,\n",
    "x,y,,\n9.7,7\n6.2,3,\n", "a,a,x,y\nNA,,9.7,7\n,nan,6.2,3\n", "x, y, z\n9.7, 7, \n6.2, 3, -\n",
    "#id,x,y\n1,9.7,7\n2,6.2,3\n", "x,y\n9.7,7\n6.2,3\n,\n , \n\n,,\n", "x,y\r9.7,7\r6.2,3\r",
    "\u{FEFF}\"x\",\"y\"\r\n9.7,7\r\n6.2,3\r\n",
  ])
  func onlyWhatIsAskedForIsRead(text: String) {
    let table = table(text)
    #expect(table.problems.isEmpty, "\(table.problems)")
    #expect(table.columns == ["x": [9.7, 6.2], "y": [7, 3]])
  }

  @Test(arguments: [
    ("x;y\n9.7;7\n6.2;3\n", 1, 1, "separated by semicolons", "'separator: \";\"' beside"),
    ("x;y\n9,7;7\n6,2;3\n", 1, 1, "separated by semicolons", "'separator: \";\"' and 'decimal: \",\"' beside"),
    ("x\ty\n9.7\t7\n6.2\t3\n", 1, 1, "separated by tabs", "'separator: tab' beside"),
    ("x y\n9.7 7\n6.2 3\n", 1, 1, "separated by white space", "'separator: whitespace' beside"),
    ("# x,y\n9.7,7\n6.2,3\n", 1, 1, "the first column is called '# x'", "comments=''"),
    ("# made by run 12\n# units\nx,y\n9.7,7\n", 1, 1, "begins with 2 lines of comment", "take the lines"),
    ("9.7,7\n6.2,3\n", 1, 1, "the header row is missing", "9.7, 7"),
    ("x,y\n\"9,7\",7\n\"6,2\",3\n", 2, 2, "a decimal comma, such as '9,7'", "'decimal: \",\"'"),
    ("x,y\n\"1,000\",7\n\"2,000\",3\n", 2, 2, "if it separates thousands", "'decimal: \",\"'"),
    ("# made by me\nx,y\n9.7,7\n", 1, 1, "the comment '# made by me'", "take that line out"),
    ("sep=;\nx;y\n9.7;7\n", 1, 1, "'sep=;', is for Excel", "'separator: \";\"'"),
    ("sep=,\nx,y\n9.7,7\n", 1, 1, "'sep=,', is for Excel", "take it out"),
    ("x,y\na,9.7,7\nb,6.2,3\n", 1, 1, "one cell more than the header", "row.names"),
  ])
  func oneCauseIsNamed(text: String, line: Int, column: Int, cause: String, remedy: String) {
    let problems = table(text).problems
    #expect(problems.count == 1)
    #expect(problems.first?.place == .file("d.csv", line: line, column: column))
    #expect(problems.first?.message.contains(cause) == true && problems.first?.message.contains(remedy) == true)
  }

  @Test func encodingsAndCompressedFiles() {
    func message(_ bytes: [UInt8]) -> String { table(bytes).problems.map(\.message).joined(separator: "\n") }
    let wide = "x,y\n1,2\n".utf8.flatMap { byte -> [UInt8] in [byte, 0] }
    #expect(message([0xFF, 0xFE] + wide).hasPrefix("the file is in UTF-16;"))
    #expect(message(wide).hasPrefix("the file is in UTF-16;"))
    let widest = "x,y\n1,2\n".utf8.flatMap { byte -> [UInt8] in [byte, 0, 0, 0] }
    #expect(message([0xFF, 0xFE, 0, 0] + widest).hasPrefix("the file is in UTF-32;"))
    #expect(message([0x1F, 0x8B, 8, 0, 1]).contains("compressed by gzip; unpack it with 'gunzip'"))
    #expect(message(Array("PK\u{3}\u{4}abc".utf8)).contains("a zip archive or a workbook"))
    #expect(message(Array("x,y\n1,2\n".utf8) + [0, 0, 7]).contains("bytes of zero"))
    let latin = Array("temp".utf8) + [0xE9] + Array("rature,y\n1,2\n".utf8)
    #expect(message(latin).contains("the byte 0xE9 does not fit; it seems to be Latin-1"))
    #expect(table(latin).problems.first?.place == .file("d.csv", line: 1, column: 5))
    // The byte is in a column that is not asked for.
    #expect(table(latin, ["y"]).columns == ["y": [2]])
  }

  /// What is not explained by one cause is told cell by cell, as before.
  @Test func otherProblemsStand() {
    #expect(table("x,y\n1,2\n3,a\n").problems.map(\.message) == ["the column 'y' must hold finite numbers, got 'a'"])
    #expect(table("x,y\n1,2\n3\n").problems.map(\.message) == ["this row has 1 cell, the header has 2"])
    #expect(table("x,x,y\n1,2,3\n").problems.count == 1)
  }
}
