import Testing

@testable import LoschmidtReports

@Suite struct PortraitFiguresTests {
  @Test func levelsForcesAndPaths() throws {
    let figure = try #require(PortraitFigures.figures(sampleRelaxation()).first)
    #expect(figure.series.map(\.title) == ["l", "l + φ", "force", "paths"])
    #expect(figure.horizontal.range == -3...3)
    #expect(figure.horizontal.label == "x (θ)")
    guard case .contours(let levels) = figure.series[0].mark else {
      Issue.record("the first series are level lines")
      return
    }
    // All inside the range of the loss, 0 to 18.
    #expect(levels.allSatisfy { $0 > 0 && $0 < 18 } && levels == levels.sorted())
  }

  /// Where the effective loss is not known, nobody is told of its lines.
  @Test func withoutAnEffectiveLoss() throws {
    var result = sampleRelaxation()
    let place = try #require(result.tables.firstIndex { $0.name == "portrait" })
    let whole = result.tables[place].table
    result.tables[place].table = table(
      whole.columns.map(\.name),
      whole.rows.map { row in row.indices.map { $0 == 3 ? .missing(reason: "it is infinite") : row[$0] } })
    let figure = try #require(PortraitFigures.figures(result).first)
    #expect(figure.series.map(\.title) == ["l", "force", "paths"])
    #expect(!figure.caption.contains("φ"))
  }

  @Test func arrowsPointAlongTheForce() throws {
    let figure = try #require(PortraitFigures.figures(sampleRelaxation()).first)
    let arrows = try #require(figure.series.first { $0.title == "force" }).rows
    // Every third point of seven, from the second: 2 × 2 of them.
    #expect(arrows.count == 4)
    for row in arrows {
      // The force is −2θ: arrows point to the origin, and stay short of it.
      #expect(row[2] * row[0] <= 0 && row[3] * row[1] <= 0)
      #expect(abs(row[2] * row[1] - row[3] * row[0]) < 1e-12)
    }
  }
}
