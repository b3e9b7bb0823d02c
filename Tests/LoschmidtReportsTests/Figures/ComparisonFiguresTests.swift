import Testing

@testable import LoschmidtReports

@Suite struct ComparisonFiguresTests {
  @Test func modelsSideBySide() throws {
    let figures = ComparisonFigures.figures(sampleComparison())
    #expect(figures.allSatisfy { $0.horizontal.categories == ["0 minibatch", "1 gaussian"] })
    let covariance = try #require(figures.first { $0.name == "covariance" })
    #expect(covariance.series.first { $0.title == "measured" }?.rows == [[-0.1, 2, 0.2], [0.9, 3, 0.3]])
    #expect(covariance.series.first { $0.title == "exact" }?.rows == [[0.1, 2.1, 0]])
    let distance = try #require(figures.first { $0.name == "distance" })
    #expect(distance.series.first?.rows == [[1, 0.05, 0.01]])
  }
}

func sampleComparison() -> ExperimentResult {
  var result = ExperimentResult(kind: "noise-comparison")
  let none = Cell.missing(reason: "none")
  result.tables = [
    (
      "models",
      table(
        [
          "model", "stationary_loss", "stationary_loss_se", "trace_covariance", "trace_covariance_se",
          "exact_trace_covariance", "entropy_production", "distance_to_reference", "distance_se",
        ],
        [
          [
            .text("minibatch: {size: 1}"), .real(1), .real(0.1), .real(2), .real(0.2), .real(2.1), .real(5), none, none,
          ],
          [.text("gaussian"), .real(1.5), .real(0.1), .real(3), .real(0.3), none, none, .real(0.05), .real(0.01)],
        ])
    )
  ]
  return result
}
