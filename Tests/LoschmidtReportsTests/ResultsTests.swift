import LoschmidtReports
import LoschmidtThermodynamics
import Testing

@Suite struct ResultsTests {
  @Test func figuresSayWhetherTheyAreExact() {
    #expect(FigureValue.exact(2).exact)
    #expect(FigureValue.exact(2).standardError == nil)
    #expect(!FigureValue.estimate(2, standardError: 0.1).exact)
    // Scatter below rounding says nothing: 64 units in the last place.
    #expect(FigureValue.estimate(1.2, standardError: 1e-18).standardError == 64 * Double.ulpOfOne * 1.2)
    #expect(FigureValue.estimate(0, standardError: 0).standardError == 0)
    let doubted = FigureValue.withoutError(2, unit: "nats", reason: "why")
    #expect(doubted.value == 2 && doubted.standardError == nil && doubted.reason == "why" && !doubted.exact)
    #expect(FigureValue.missing("no density").value == nil)
    #expect(FigureValue.missing("no density").reason == "no density")
  }

  @Test func tablesKeepTheirRowsInOrder() {
    var table = Table(columns: [.init("eta", unit: "1"), .init("force")])
    table.append([.real(0.1), .missing(reason: "undefined")])
    table.append([.integer(1), .text("u")])
    #expect(table.rows == [[.real(0.1), .missing(reason: "undefined")], [.integer(1), .text("u")]])
  }
}

/// A run with one of everything, which the tests of the writers share.
func sampleRun() -> RunResult {
  var experiment = ExperimentResult(kind: "potentials", title: "Four \"potentials\"")
  experiment.figures = [
    ("limit.DE[0]", .exact(1.00002)), ("mean", .estimate(0.1234, standardError: 0.0056, unit: "nat")),
    ("slope.DE[0]", .missing("a critical point")),
  ]
  var forces = Table(columns: [.init("point"), .init("eta"), .init("coordinate"), .init("DE", unit: "1/θ")])
  forces.append([.integer(0), .real(0.1), .text("W[0,1]"), .real(-0.011)])
  forces.append([.integer(0), .real(0.01), .text("W[0,1]"), .missing(reason: "eta is too large")])
  experiment.tables = [("forces", forces), ("curl", Table(columns: [.init("i"), .init("j")]))]
  experiment.verdicts = [
    Verdict(
      name: "limit.DE[0]", claim: "limit.DE[0]: DE agrees with the leading order.", status: .pass, expected: 1,
      estimate: 1.00002, margin: 1e-3, reason: "The limit is 1.00002."),
    Verdict(
      name: "limit.TA[0]", claim: "limit.TA[0]: TA agrees with the leading order.", status: .undecided,
      reason: "The point is critical.", note: "my own claim"),
  ]
  experiment.remarks = ["A remark."]
  return RunResult(
    scenario: "four-potentials", title: "Größe, η\n", scenarioSHA256: SHA256.hexadecimal(of: []), seed: .max,
    threads: 2,
    wallSeconds: 1.25, experiments: [experiment, ExperimentResult(kind: "stationary")])
}
