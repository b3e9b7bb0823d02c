import Testing

@testable import LoschmidtReports

@Suite struct DeviationFigureTests {
  private func figure(_ series: [(label: String, deviations: [Double?])]) -> Figure? {
    DeviationFigure.figure(
      "f", title: "t", subject: "What is measured.", axis: "name", names: ["a", "b"], series: series)
  }

  @Test func seriesStandSideBySideInTheBand() throws {
    let both = try #require(figure([("one", [1, nil]), ("two", [-0.5, 3])]))
    #expect(both.series.map(\.title) == ["±2 s.e.", nil, "one", "two"])
    #expect(both.series[0].rows == [[-0.6, -2, 2], [1.6, -2, 2]])
    #expect(both.series[2].rows == [[-0.1, 1, 1]] && both.series[3].rows == [[0.1, -0.5, 1], [1.1, 3, 1]])
    #expect(both.horizontal.categories == ["a", "b"] && both.caption.hasPrefix("What is measured. Nineteen of twenty"))
    #expect(try #require(figure([("one", [nil, 2])])).series.last?.rows == [[1, 2, 1]])
  }

  @Test func withoutADeviationThereIsNothing() {
    #expect(figure([("one", [nil, nil])]) == nil)
  }

  @Test func deviations() {
    #expect(DeviationFigure.deviation(1.75, error: 0.5, exact: 1) == 1.5)
    #expect(DeviationFigure.deviation(1, error: 0, exact: 1) == nil)
    #expect(DeviationFigure.deviation(nil, error: 1, exact: 1) == nil)
    #expect(DeviationFigure.deviation(1, error: nil, exact: 1) == nil)
    #expect(DeviationFigure.deviation(1, error: 1, exact: nil) == nil)
  }
}
