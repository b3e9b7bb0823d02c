import Foundation
import Testing

@testable import LoschmidtReports

@Suite struct FigureGalleryTests {
  @Test func everyExperimentHasItsFigures() {
    let names = sampleExperiments().map { FigureGallery.figures(of: $0).map(\.name) }
    #expect(
      names == [
        ["convergence-0", "series-0"], ["histogram", "symmetry", "work"], ["parts"], ["moments", "spectrum"],
        ["portrait", "loss", "rate", "observables"], ["loss", "covariance", "entropy", "distance"], ["scan"],
      ])
  }

  @Test func everyAxisHasItsNameAndEveryFigureItsWords() {
    for figure in sampleExperiments().flatMap(FigureGallery.figures) {
      for axis in [figure.horizontal, figure.vertical] {
        #expect(!axis.name.isEmpty || !axis.categories.isEmpty, "\(figure.name)")
      }
      #expect(!figure.title.isEmpty && figure.title.count <= 70 && figure.caption.hasSuffix("."), "\(figure.name)")
      #expect(figure.series.contains { $0.title != nil }, "\(figure.name)")
    }
  }

  @Test func namesDiffer() {
    for experiment in sampleExperiments() {
      let names = FigureGallery.figures(of: experiment).map(\.name)
      #expect(names.distinct == names)
    }
  }

  @Test func withoutTablesThereIsNothing() {
    for experiment in sampleExperiments() {
      #expect(FigureGallery.figures(of: ExperimentResult(kind: experiment.kind)).isEmpty)
    }
  }

  @Test(.enabled(if: Gnuplot.installed() != nil, "gnuplot is not installed"))
  func gnuplotDrawsThemAll() throws {
    let gnuplot = try #require(Gnuplot.installed())
    for figure in sampleExperiments().flatMap(FigureGallery.figures) {
      let drawing = gnuplot.draw(GnuplotScript(figure, stem: "f").text, stem: "f")
      #expect(drawing.complaint == nil, "\(figure.name)")
      let svg = try #require(drawing.svg)
      for axis in [figure.horizontal, figure.vertical] where !axis.label.isEmpty {
        #expect(svg.contains(HTMLText.escaped(axis.label)), "\(figure.name)")
      }
      #expect(isWellFormed(svg), "\(figure.name)")
    }
  }
}

/// One result of each kind of experiment that has figures, with what their tables hold.
func sampleExperiments() -> [ExperimentResult] {
  [
    samplePotentials(), sampleFluctuation(), sampleProduction(), sampleStationary(), sampleRelaxation(),
    sampleComparison(), sampleScaling(),
  ]
}

func table(_ columns: [String], _ rows: [[Cell]]) -> Table {
  var table = Table(columns: columns.map { Table.Column($0) })
  for row in rows { table.append(row) }
  return table
}
