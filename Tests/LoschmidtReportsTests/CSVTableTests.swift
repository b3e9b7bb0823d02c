import LoschmidtReports
import Testing

@Suite struct CSVTableTests {
  @Test func quotesWhatRFC4180Asks() {
    var table = Table(columns: [.init("name"), .init("a,b"), .init("c")])
    table.append([.text("W[0,1]"), .real(0.1), .integer(-3)])
    table.append([.text("say \"x\""), .missing(reason: "undefined"), .real(1e-9)])
    table.append([.text("two\r\nlines"), .text(""), .text(" x")])
    #expect(
      CSVTable.document(table)
        == "name,\"a,b\",c\r\n\"W[0,1]\",0.1,-3\r\n\"say \"\"x\"\"\",,1e-09\r\ntwo  lines,\"\",\" x\"\r\n")
  }

  /// What a spreadsheet would compute with is text; numbers stay.
  @Test func formulasAreText() {
    var table = Table(columns: [.init("=1+1"), .init("n")])
    for text in ["=cmd|' /C calc'!A0", "+x", "-a", "@SUM(A1)", "-1.5", "+2e3", " =1", "a=b"] {
      table.append([.text(text), .real(-1.5)])
    }
    #expect(
      CSVTable.document(table)
        == "\"'=1+1\",n\r\n\"'=cmd|' /C calc'!A0\",-1.5\r\n\"'+x\",-1.5\r\n\"'-a\",-1.5\r\n\"'@SUM(A1)\",-1.5\r\n"
        + "-1.5,-1.5\r\n+2e3,-1.5\r\n\"' =1\",-1.5\r\na=b,-1.5\r\n")
  }

  @Test func anEmptyTableIsItsHeader() {
    #expect(CSVTable.document(Table(columns: [.init("i"), .init("j")])) == "i,j\r\n")
  }

  @Test func fileNames() {
    #expect(CSVTable.fileName(experiment: 0, kind: "potentials", table: "forces") == "0-potentials-forces.csv")
    #expect(CSVTable.fileName(experiment: 12, kind: "symmetry", table: "../a b/ü") == "12-symmetry-.._a_b__.csv")
  }
}
