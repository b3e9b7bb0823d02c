import Testing

@testable import LoschmidtReports

@Suite struct WorkFiguresTests {
  @Test func bothLawsAndTheFreeEnergy() throws {
    let figure = try #require(WorkFigures.figures(sampleFluctuation()).first)
    #expect(figure.series.compactMap(\.title) == ["ΔF, exact", "−W backward", "W forward"])
    #expect(figure.series[0].rows.allSatisfy { $0[0] == 0.25 })
    // The points of the errors lie in the middle of the bins.
    #expect(figure.series[4].rows.map { $0[0] } == [-2.5, -1.5, -0.5, 0.5, 1.5, 2.5])
    #expect(figure.horizontal.label == "work W (loss)")
  }
}
