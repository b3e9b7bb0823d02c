import Testing

@testable import LoschmidtReports

@Suite struct MissingCellsTests {
  @Test func eachReasonOnceWithItsColumns() {
    let (few, infinite) = (Cell.missing(reason: "few"), Cell.missing(reason: "infinite"))
    let table = table(
      ["a", "b", "c"], [[.integer(1), few, infinite], [few, few, .real(2)], [.text("w"), infinite, infinite]])
    let found = MissingCells.reasons(table.rows, of: table)
    #expect(found.map(\.note) == ["– b, a: few", "– c, b: infinite"])
    #expect(found.map(\.count) == [3, 3])
    #expect(MissingCells.reasons(Array(table.rows.prefix(1)), of: table).map(\.note) == ["– b: few", "– c: infinite"])
    #expect(MissingCells.reasons([], of: table).isEmpty)
  }
}
