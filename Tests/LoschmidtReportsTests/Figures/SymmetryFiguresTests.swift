import Testing

@testable import LoschmidtReports

@Suite struct SymmetryFiguresTests {
  private var experiment: ExperimentResult {
    var result = ExperimentResult(kind: "symmetry")
    result.figures = [
      ("orbit-derivative.scale", .exact(0.5)), ("orbit-derivative.exact.scale", .exact(0.5)),
      ("charge-drift.scale", .estimate(-0.9, standardError: 0.05)), ("charge-drift.exact.scale", .exact(-1)),
      ("orbit-derivative.turn", .exact(0)), ("orbit-derivative.exact.turn", .exact(0)),
      ("charge-drift.turn", .missing("the generator is not symmetric")),
      ("charge-drift.exact.turn", .missing("the generator is not symmetric")),
    ]
    return result
  }

  @Test func measuredAndExactStandSideBySide() throws {
    let figures = SymmetryFigures.figures(experiment)
    #expect(figures.map(\.name) == ["force", "drift", "drift-deviation"])
    #expect(figures[0].horizontal.categories == ["scale", "turn"])
    #expect(figures[1].horizontal.categories == ["scale"])
    let measured = try #require(figures[1].series.first { $0.title == "measured" })
    let theory = try #require(figures[1].series.first { $0.title == "theory" })
    #expect(measured.rows == [[-0.1, -0.9, 0.05]] && theory.rows == [[0.1, -1, 0]])
    // (−0.9 + 1)/0.05 standard errors.
    let deviation = try #require(figures[2].series.last)
    #expect(abs(deviation.rows[0][1] - 2) < 1e-12 && deviation.rows[0][2] == 1)
  }

  @Test func withoutChargesThereIsTheForceAlone() {
    var result = experiment
    result.figures.removeAll { $0.name.hasPrefix("charge-drift") }
    #expect(SymmetryFigures.figures(result).map(\.name) == ["force"])
    result.figures = []
    #expect(SymmetryFigures.figures(result).isEmpty)
    result = experiment
    result.kind = "relaxation"
    #expect(SymmetryFigures.figures(result).isEmpty)
  }
}
