import Testing

@testable import LoschmidtReports

@Suite struct ProductionFiguresTests {
  @Test func measuredBesideExact() throws {
    let figure = try #require(ProductionFigures.figures(sampleProduction()).first)
    #expect(figure.horizontal.categories == ["per-step", "excess", "exact.per-step"])
    #expect(figure.series.first { $0.title == "measured" }?.rows == [[0, 0.5, 0.01], [1, 0, 0.002]])
    #expect(figure.series.first { $0.title == "exact or expanded" }?.rows == [[2, 0.51, 0]])
  }

  @Test func oneNumberIsNoFigure() {
    var result = ExperimentResult(kind: "entropy-production")
    result.figures = [("per-step", .estimate(0.5, standardError: 0.01))]
    #expect(ProductionFigures.figures(result).isEmpty)
  }
}

func sampleProduction() -> ExperimentResult {
  var result = ExperimentResult(kind: "entropy-production")
  result.figures = [
    ("per-step", .estimate(0.5, standardError: 0.01, unit: "nats")), ("housekeeping", .missing("unknown")),
    ("excess", .estimate(0, standardError: 0.002, unit: "nats")), ("exact.per-step", .exact(0.51, unit: "nats")),
  ]
  return result
}
