import Testing

@testable import LoschmidtReports

@Suite struct StationaryFiguresTests {
  @Test func deviationsInStandardErrors() throws {
    let figure = try #require(StationaryFigures.figures(sampleStationary()).first)
    #expect(figure.horizontal.categories == ["x"])
    #expect(figure.series.first { $0.title == "mean" }?.rows == [[-0.1, 1.5, 1]])
    #expect(figure.series.first { $0.title == "variance" }?.rows == [[0.1, -2, 1]])
  }
}

/// One observable with exact values, 1.5 and −2 standard errors off, one without, and a spectrum.
func sampleStationary() -> ExperimentResult {
  var result = ExperimentResult(kind: "stationary")
  let missing = Cell.missing(reason: "unknown")
  result.tables = [
    (
      "moments",
      table(
        ["observable", "mean", "mean_se", "variance", "variance_se", "exact_mean", "exact_variance"],
        [
          [.text("x"), .real(1.75), .real(0.5), .real(3), .real(0.5), .real(1), .real(4)],
          [.text("y"), .real(1), .real(0.5), .real(1), .real(0.5), missing, missing],
        ])
    ),
    ("spectrum", table(["real", "imaginary"], [[.real(0.5), .real(0.25)], [.real(0.5), .real(-0.25)]])),
  ]
  return result
}
