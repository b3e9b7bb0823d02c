import Foundation
import Testing

@testable import LoschmidtReports

@Suite struct RunDocumentsTests {
  @Test func filesOfARun() throws {
    let files = try RunDocuments(sampleRun(), gnuplot: nil).files
    #expect(files.map(\.name) == ["results.json", "report.html", "0-potentials-forces.csv", "0-potentials-curl.csv"])
    #expect(String(decoding: files[0].bytes, as: UTF8.self) == (try ResultsJSON.document(sampleRun())))
  }

  @Test func scriptsAreWrittenWithoutGnuplotAndTheLackIsTold() throws {
    var run = sampleRun()
    run.experiments = [samplePotentials()]
    run.subject.source = "seed: 1\n"
    let documents = try RunDocuments(run, gnuplot: nil)
    let names = documents.files.map(\.name)
    #expect(names.contains("0-potentials-convergence-0.gp") && names.contains("scenario.yaml"))
    #expect(!names.contains { $0.hasSuffix(".svg") || $0.hasSuffix(".png") })
    #expect(documents.complaints.count == 1 && documents.complaints[0].hasPrefix("gnuplot is not installed"))
    // Where there is nothing to draw, nothing is missing.
    #expect(try RunDocuments(sampleRun(), gnuplot: nil).complaints.isEmpty)
  }

  @Test func aGnuplotThatFailsIsTold() throws {
    var run = sampleRun()
    run.experiments = [samplePotentials()]
    let documents = try RunDocuments(run, gnuplot: Gnuplot(path: "/nowhere/gnuplot"))
    #expect(documents.complaints.count == 2)
    #expect(
      documents.complaints[0].hasPrefix(
        "0-potentials-convergence-0.gp: gnuplot did not draw the figure: it cannot be run"))
  }

  @Test(.enabled(if: Gnuplot.installed() != nil, "gnuplot is not installed"))
  func everyFigureIsDrawnTwice() throws {
    var run = sampleRun()
    run.experiments = [samplePotentials()]
    let documents = try RunDocuments(run, gnuplot: Gnuplot.installed())
    #expect(documents.complaints.isEmpty)
    for stem in ["0-potentials-convergence-0", "0-potentials-series-0"] {
      for kind in ["gp", "svg", "png"] { #expect(documents.files.contains { $0.name == "\(stem).\(kind)" }) }
    }
  }

  /// What `--force` takes away before it writes: all files of the earlier run, and none besides.
  @Test func theFolderAccountsForAllItsFiles() throws {
    var run = sampleRun()
    run.experiments += sampleExperiments()
    run.subject.source = "seed: 1\n"
    let files = try RunDocuments(run, gnuplot: nil).files
    let scratch = FileManager.default.temporaryDirectory.appendingPathComponent("loschmidt-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: scratch) }
    _ = try ResultFolder(.named(scratch, force: false)).write(files)
    let accounted = Set(ResultFolder.filesOfEarlierRun(in: scratch))
    #expect(accounted.isSuperset(of: files.map(\.name)))
    #expect(accounted.subtracting(files.map(\.name)).allSatisfy { $0.hasSuffix(".svg") || $0.hasSuffix(".png") })
  }
}
