import Testing

@testable import LoschmidtReports

@Suite struct RelaxationFiguresTests {
  @Test func linesInTheirBands() throws {
    let figures = RelaxationFigures.figures(sampleRelaxation())
    #expect(figures.map(\.name) == ["loss", "rate", "observables"])
    let loss = figures[0]
    #expect(loss.series.map(\.title) == [nil, "loss", nil, "effective-loss"])
    #expect(loss.series[0].rows == [[0, 1.5, 2.5], [1, 0.5, 1.5], [1.5, 0, 1]])
    #expect(loss.series[1].rows == [[0, 2], [1, 1], [1.5, 0.5]])
    // The first rate is missing, and is left out.
    #expect(figures[1].series[1].rows == [[1, 1], [1.5, 0.5]])
  }

  @Test func aSingleRecordIsNoLine() {
    var result = sampleRelaxation()
    result.tables[0].table = table(
      ["step", "time", "observable", "mean", "standard_error"],
      [
        [.integer(0), .real(0), .text("loss"), .real(1), .real(0)],
        [.integer(1), .real(1), .text("loss"), .missing(reason: "no mean"), .missing(reason: "no mean")],
      ])
    #expect(RelaxationFigures.figures(result).isEmpty)
  }

  @Test func driftsHaveAnAxisOfTheirOwn() throws {
    var result = sampleRelaxation()
    let names = ["a", "charge.u", "charge-drift.u", "b", "c", "d", "e"]
    result.tables[0].table = table(
      ["step", "time", "observable", "mean", "standard_error"],
      (0..<2).flatMap { step in
        names.map { [.integer(step), .real(Double(step)), .text($0), .real(1), .real(0)] }
      })
    let figures = RelaxationFigures.figures(result)
    #expect(figures.map(\.name) == ["observables", "observables-1", "charges", "drifts"])
    #expect(
      figures.map { $0.series.compactMap(\.title) } == [["a", "b", "c", "d"], ["e"], ["charge.u"], ["charge-drift.u"]])
  }

  @Test func whatFallsFarHasALogarithmicAxis() throws {
    var result = sampleRelaxation()
    result.tables[0].table = table(
      ["step", "time", "observable", "mean", "standard_error"],
      [
        [.integer(0), .real(0), .text("loss"), .real(100), .real(1)],
        [.integer(1), .real(1), .text("loss"), .real(1), .real(2)],
      ])
    let loss = try #require(RelaxationFigures.figures(result).first)
    #expect(loss.vertical.scale == .logarithmic)
    // A band that reaches below 0 ends at a tenth of the mean.
    #expect(loss.series[0].rows == [[0, 98, 102], [1, 0.1, 5]])
  }
}

func sampleRelaxation() -> ExperimentResult {
  var result = ExperimentResult(kind: "relaxation")
  var rows: [[Cell]] = []
  for (step, time) in [(0, 0.0), (10, 1.0), (20, 1.5)] {
    for name in ["loss", "effective-loss", "entropy-production-rate", "steep"] {
      let isMissing = step == 0 && name == "entropy-production-rate"
      rows.append([
        .integer(step), .real(time), .text(name), isMissing ? .missing(reason: "the first") : .real(2 - time),
        isMissing ? .missing(reason: "the first") : .real(0.25),
      ])
    }
  }
  let grid = (0..<7).flatMap { y in
    (0..<7).map { x -> [Cell] in
      let (x, y) = (Double(x) - 3, Double(y) - 3)
      return [x, y, x * x + y * y, 1.1 * (x * x + y * y), -2 * x, -2 * y].map { Cell.real($0) }
    }
  }
  result.tables = [
    ("path", table(["step", "time", "observable", "mean", "standard_error"], rows)),
    ("portrait", table(["x", "y", "loss", "effective-loss", "force.x", "force.y"], grid)),
    (
      "portrait-paths",
      table(
        ["path", "step", "x", "y"],
        [[.integer(0), .integer(0), .real(2), .real(2)], [.integer(0), .integer(1), .real(1), .real(1.5)]])
    ),
  ]
  return result
}
