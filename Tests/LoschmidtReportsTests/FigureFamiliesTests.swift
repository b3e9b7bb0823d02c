import Testing

@testable import LoschmidtReports

struct FigureFamiliesTests {
  private let figures: [(name: String, value: FigureValue)] = [
    ("limit.TA[0]", .exact(1)), ("slope.TA[0]", .missing("exact")), ("limit.ST[0]", .exact(1.5)),
    ("slope.ST[0]", .estimate(2, standardError: 0.5)), ("mean", .exact(3)), ("exact.mean", .exact(4)),
  ]

  @Test func familiesWithTheSameMembersAreOneTable() {
    let families = FigureFamilies(figures)
    #expect(families.table?.columns.map(\.name) == ["", "limit", "slope"])
    #expect(
      families.table?.rows == [
        [.text("TA[0]"), .real(1), .missing(reason: "exact")],
        [.text("ST[0]"), .real(1.5), .text(NumberText.estimate(2, standardError: 0.5))],
      ])
    #expect(families.rest.map(\.name) == ["mean", "exact.mean"])
  }

  @Test func figuresWithoutFamiliesStayAList() {
    let families = FigureFamilies([("mean", .exact(1)), ("variance", .exact(2)), ("exact.mean", .exact(1))])
    #expect(families.table == nil)
    #expect(families.rest.map(\.name) == ["mean", "variance", "exact.mean"])
  }
}
