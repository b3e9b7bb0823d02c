import Testing

@testable import LoschmidtReports

@Suite struct SeriesFiguresTests {
  @Test func normsOfCoefficients() throws {
    let figure = try #require(SeriesFigures.figures(samplePotentials()).first)
    let series = try #require(figure.series.first { $0.title == "DE" })
    #expect(series.rows.map { $0[1] } == [5, 5])
    // A coefficient that vanishes has no place on a logarithmic axis.
    #expect(figure.series.first { $0.title == "TA" }?.rows.count == 1)
    #expect(figure.horizontal.range == 0.5...2.5)
  }
}
