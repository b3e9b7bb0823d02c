import Testing

@testable import LoschmidtReports

@Suite struct TerminalTableTests {
  private func lines(_ table: Table, width: Int? = nil) -> [String] {
    TerminalTable(table: table, file: "0-x-t.csv", width: width).lines.map(\.text)
  }

  @Test func columnsStandUnderTheirNames() {
    var table = Table(columns: [.init("point"), .init("eta"), .init("coordinate"), .init("DE", unit: "1/θ")])
    table.append([.integer(0), .real(0.1), .text("u"), .real(-0.0112)])
    table.append([.integer(10), .real(0.0316227766), .text("W[0,1]"), .missing(reason: "too large")])
    #expect(
      lines(table) == [
        "point        eta  coordinate  DE [1/θ]",
        "    0  0.1        u            -0.0112",
        "   10  0.0316228  W[0,1]        –",
        "– DE: too large",
      ])
  }

  @Test func longTablesAreShortened() {
    var table = Table(columns: [.init("step")])
    for step in 0..<100 { table.append([.integer(step)]) }
    let lines = lines(table)
    #expect(lines.count == 1 + 10 + 1 + 4 + 1)
    #expect(lines[11] == "⋮")
    #expect(lines[12] == "  96")
    #expect(lines.last == "14 of 100 rows; all of them are in 0-x-t.csv.")
  }

  @Test func narrowScreensGetFewerDigitsThenFewerColumns() {
    var table = Table(columns: ["a", "b", "c"].map { .init($0) })
    table.append([.real(0.123456), .real(0.234567), .real(0.345678)])
    #expect(lines(table, width: 28)[1] == "0.123456  0.234567  0.345678")
    #expect(lines(table, width: 27)[1] == "0.1235  0.2346  0.3457")
    let narrow = lines(table, width: 20)
    #expect(narrow[1] == "0.1235  0.2346")
    #expect(narrow[2] == "No room for c: see 0-x-t.csv.")
  }

  @Test func reasonsAreCountedOnce() {
    var table = Table(columns: [.init("DE")])
    for _ in 0..<3 { table.append([.missing(reason: "too large")]) }
    #expect(lines(table).last == "– DE: too large (3 cells)")
  }

  @Test func aTableWithoutRowsIsItsHeader() {
    #expect(lines(Table(columns: [.init("i"), .init("j")])) == ["i  j"])
    #expect(lines(Table(columns: [])) == [""])
  }
}
