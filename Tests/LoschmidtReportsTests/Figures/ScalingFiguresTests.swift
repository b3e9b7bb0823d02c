import Foundation
import Testing

@testable import LoschmidtReports

@Suite struct ScalingFiguresTests {
  @Test func theFitAndItsBand() throws {
    let figure = try #require(ScalingFigures.figures(sampleScaling()).first)
    #expect(figure.series.first { $0.title == "fit" }?.rows == [[0.01, 2], [0.1, 4]])
    let band = try #require(figure.series.first { $0.title == "±2 s.e." }).rows
    // Two relative errors of a tenth either way, as a factor.
    #expect(band.allSatisfy { abs(log($0[2] / $0[1]) - 0.4) < 1e-12 })
    #expect(figure.caption.contains("exponent is 2.00 ± 0.10"))
    #expect(figure.horizontal.label == "learning rate η (time)")
  }

  @Test func withoutAFitThePointsAlone() throws {
    var result = sampleScaling()
    result.tables = [
      ("scan", table(["value", "statistic", "standard_error"], [[.real(1), .real(-2), .real(0.1)]]))
    ]
    let figure = try #require(ScalingFigures.figures(result).first)
    #expect(figure.series.map(\.rows) == [[[1, 2, 0.1]]])
    #expect(figure.vertical.name == "−statistic")
  }
}

func sampleScaling() -> ExperimentResult {
  var result = ExperimentResult(kind: "scaling")
  result.figures = [("exponent", .estimate(2, standardError: 0.1))]
  var scan = Table(
    columns: [.init("value", unit: "time")]
      + ["statistic", "standard_error", "fit", "fit_se"].map { Table.Column($0) })
  scan.append([.real(0.1), .real(4.1), .real(0.1), .real(4), .real(0.4)])
  scan.append([.real(0.01), .real(2.1), .real(0.1), .real(2), .real(0.2)])
  result.tables = [("scan", scan)]
  return result
}
