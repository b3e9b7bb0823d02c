import Foundation
import Testing

@testable import LoschmidtReports

@Suite struct ScalingFiguresTests {
  @Test func theFitAndItsBand() throws {
    let figure = try #require(ScalingFigures.figures(sampleScaling()).first)
    let fit = try #require(figure.series.first { $0.title == "fit" }).rows
    for row in fit { #expect(abs(row[1] - 2 * row[0] * row[0]) < 1e-12 * row[1]) }
    let band = try #require(figure.series.first { $0.title == "two standard errors" }).rows
    // In the middle, where the errors of level and slope are independent, the band is that of the level alone: the prefactor,
    // at 1, is ln 10 away from the centre 0.1, so that (0.3)² = level² + (0.1 ln 10)².
    let level = (0.09 - 0.01 * log(10) * log(10)).squareRoot()
    let middle = band[20]
    #expect(abs(middle[0] - 0.1) < 1e-12)
    #expect(abs(log(middle[2] / middle[1]) - 4 * level) < 1e-9)
    #expect(figure.caption.contains("exponent 2.00 ± 0.10"))
  }

  @Test func withoutAFitThePointsAlone() throws {
    var result = sampleScaling()
    result.figures = [("exponent", .missing("a bad fit"))]
    #expect(try #require(ScalingFigures.figures(result).first).series.count == 1)
  }
}

/// 2x² at 0.01, 0.1 and 1, with the same relative error.
func sampleScaling() -> ExperimentResult {
  var result = ExperimentResult(kind: "scaling")
  result.figures = [
    ("exponent", .estimate(2, standardError: 0.1)), ("prefactor", .estimate(2, standardError: 0.6)),
  ]
  let rows = [0.01, 0.1, 1].map { x -> [Cell] in [.real(x), .real(2 * x * x), .real(0.02 * x * x)] }
  result.tables = [("scan", table(["value", "statistic", "standard_error"], rows))]
  return result
}
