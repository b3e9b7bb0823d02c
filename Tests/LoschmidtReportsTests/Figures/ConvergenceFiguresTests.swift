import Testing

@testable import LoschmidtReports

@Suite struct ConvergenceFiguresTests {
  @Test func deviationsAreNormsOverTheLeadingNorm() throws {
    let figure = try #require(ConvergenceFigures.figures(samplePotentials()).first)
    let series = try #require(figure.series.first { $0.title == "DE, slope 1.002" })
    // Two coordinates: (0.3, 0.4) η² off (3, 4) η, so η/10; the bound 1e-6 η over 5 η.
    #expect(series.rows.map { $0[0] } == [0.01, 0.1])
    for row in series.rows {
      #expect(abs(row[1] - row[0] / 10) < 1e-15)
      #expect(abs(row[2] - 2e-7) < 1e-15)
    }
  }

  @Test func whatIsExactIsNamedAndNotDrawn() throws {
    let figure = try #require(ConvergenceFigures.figures(samplePotentials()).first)
    #expect(!figure.series.contains { $0.title?.hasPrefix("TA") == true })
    #expect(figure.caption.contains("TA cannot be told from the leading force"))
  }

  @Test func theGuideHasSlopeOne() throws {
    let figure = try #require(ConvergenceFigures.figures(samplePotentials()).first)
    let guide = try #require(figure.series.first { $0.title == "slope 1" })
    #expect(abs(guide.rows[1][1] / guide.rows[0][1] - 10) < 1e-12)
  }
}

/// Two learning rates, two coordinates, DE with a deviation of η/10 and TA without one.
func samplePotentials() -> ExperimentResult {
  var result = ExperimentResult(kind: "potentials")
  var forces: [[Cell]] = []
  var errors: [[Cell]] = []
  for eta in [0.1, 0.01] {
    for (name, value) in [("u", 3.0), ("w", 4)] {
      let force = value * eta + value * eta * eta / 10
      forces.append([
        .integer(0), .real(eta), .text(name), .real(value * eta), .real(force), .real(force), .real(value * eta),
      ])
    }
    for name in ["DE", "TA"] {
      errors.append([.integer(0), .real(eta), .text(name), .real(1e-6 * eta), .real(0)])
    }
  }
  let series: [[Cell]] = [1, 2].flatMap { power -> [[Cell]] in
    [
      [.integer(0), .text("DE"), .integer(power), .text("u"), .real(3)],
      [.integer(0), .text("DE"), .integer(power), .text("w"), .real(4)],
      [.integer(0), .text("TA"), .integer(power), .text("u"), .real(power == 1 ? 5 : 0)],
    ]
  }
  result.tables = [
    ("forces", table(["point", "eta", "coordinate", "leading", "DE", "DE.series", "TA"], forces)),
    ("series", table(["point", "potential", "power", "coordinate", "coefficient"], series)),
    ("errors", table(["point", "eta", "potential", "truncation", "rounding"], errors)),
    (
      "limits",
      table(
        ["point", "potential", "limit", "slope"],
        [
          [.integer(0), .text("DE"), .real(1), .real(1.0021)],
          [.integer(0), .text("TA"), .real(1), .missing(reason: "exact")],
        ])
    ),
  ]
  return result
}
