import Foundation
import Testing

@testable import LoschmidtReports

@Suite struct FluctuationFiguresTests {
  /// For a normal R with variance 2 × mean the symmetry is exact at any R: the points lie on the line.
  @Test func theSymmetryOfANormalLaw() throws {
    let figures = FluctuationFigures.figures(sampleFluctuation())
    let symmetry = try #require(figures.first { $0.name == "symmetry" })
    let points = try #require(symmetry.series.first { $0.title == "measured" })
    #expect(points.rows.count == 3)
    for row in points.rows { #expect(abs(row[1] - row[0]) < 1e-12) }
    let histogram = try #require(figures.first { $0.name == "histogram" })
    let forward = try #require(histogram.series.first { $0.title == "forward" })
    let weighted = try #require(histogram.series.first { $0.title == "e^R × reversed" })
    for row in weighted.rows {
      let bin = try #require(forward.rows.first { $0[0] < row[0] && row[0] < $0[1] })
      #expect(abs(row[1] - bin[2]) < 1e-12 * bin[2])
    }
  }

  /// In a bin of three nats the ratio of the masses is not e^R at the centre.
  @Test func wideBinsAreLeftOut() throws {
    var result = sampleFluctuation()
    result.tables[0].table.append([.real(3), .real(6), .real(0.01), .real(0.001), .real(0.001), .real(0.0001)])
    let figures = FluctuationFigures.figures(result)
    for (name, series) in [("symmetry", "measured"), ("histogram", "e^R × reversed")] {
      let figure = try #require(figures.first { $0.name == name })
      let points = try #require(figure.series.first { $0.title == series })
      #expect(points.rows.allSatisfy { $0[0] < 3 })
    }
  }

  @Test func theBandIsTwoStandardErrors() throws {
    let symmetry = try #require(FluctuationFigures.figures(sampleFluctuation()).first { $0.name == "symmetry" })
    let points = try #require(symmetry.series.first { $0.title == "measured" }).rows
    let band = try #require(symmetry.series.first { $0.title == "±2 s.e." }).rows
    for (point, edge) in zip(points, band) {
      #expect(abs(edge[2] - edge[1] - 4 * point[2]) < 1e-12)
    }
    #expect(symmetry.caption.contains("the slope 1.010 ± 0.020"))
  }
}

/// Densities of N(1, 2) at the centres of six bins, and their mirror image.
func sampleFluctuation() -> ExperimentResult {
  func density(_ value: Double) -> Double { exp(-(value - 1) * (value - 1) / 4) }
  var result = ExperimentResult(kind: "fluctuation-theorem")
  let rows = (-3..<3).map { bin -> [Cell] in
    let centre = Double(bin) + 0.5
    let (forward, reverse) = (density(centre), density(-centre))
    return [
      .real(Double(bin)), .real(Double(bin) + 1), .real(forward), .real(reverse), .real(0.1 * forward),
      .real(0.1 * reverse),
    ]
  }
  let columns = ["lower", "upper", "forward", "reverse", "forward_se", "reverse_se"]
  result.tables = [("histogram", table(columns, rows)), ("work", table(columns, rows))]
  result.figures = [
    ("detailed.slope", .estimate(1.01, standardError: 0.02)), ("free-energy.exact", .exact(0.25, unit: "loss")),
  ]
  return result
}
