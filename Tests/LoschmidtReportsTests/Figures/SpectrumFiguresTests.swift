import Testing

@testable import LoschmidtReports

@Suite struct SpectrumFiguresTests {
  @Test func eigenvaluesInTheUnitCircle() throws {
    let figure = try #require(SpectrumFigures.figures(sampleStationary()).first)
    #expect(figure.hasEqualUnits)
    #expect(figure.series.first { $0.title == "eigenvalues" }?.rows == [[0.5, 0.25, 0], [0.5, -0.25, 0]])
    let circle = try #require(figure.series.first { $0.title == "unit circle" })
    // Rounding of a sine and a cosine and two squares.
    #expect(circle.rows.allSatisfy { abs($0[0] * $0[0] + $0[1] * $0[1] - 1) < 4 * .ulpOfOne })
  }
}
