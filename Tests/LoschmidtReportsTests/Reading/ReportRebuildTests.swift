import Foundation
import Testing

@testable import LoschmidtReports

@Suite struct ReportRebuildTests {
  /// A folder with the files of a run, removed afterwards.
  private func inFolder(_ body: (String, RunResult) throws -> Void) throws {
    var run = sampleRun()
    run.experiments = [samplePotentials()]
    run.subject.source = "seed: 1\n"
    run.scenarioSHA256 = SHA256.hexadecimal(of: Array("seed: 1\n".utf8))
    let parent = FileManager.default.temporaryDirectory.appendingPathComponent("loschmidt-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: parent) }
    let folder = parent.appendingPathComponent("out").path
    _ = try ResultFolder(.named(folder, force: false)).write(try RunDocuments(run, gnuplot: nil).files)
    try body(folder, run)
  }

  private func contents(_ folder: String) throws -> [String: Data] {
    var files: [String: Data] = [:]
    for name in try FileManager.default.contentsOfDirectory(atPath: folder) {
      files[name] = FileManager.default.contents(atPath: "\(folder)/\(name)")
    }
    return files
  }

  @Test func theFolderIsTheSameToTheByte() throws {
    try inFolder { folder, _ in
      let before = try contents(folder)
      try Data("old".utf8).write(to: URL(fileURLWithPath: "\(folder)/report.html"))
      try FileManager.default.removeItem(atPath: "\(folder)/0-potentials-convergence-0.gp")
      let rebuild = try ReportRebuild(folder: folder, gnuplot: nil)
      try rebuild.write()
      #expect(try contents(folder) == before)
    }
  }

  @Test func aPictureOfTheSameScriptIsKeptAndAnotherIsNot() throws {
    try inFolder { folder, _ in
      let picture = "<svg><!-- mine --></svg>"
      let (kept, stale) = ("\(folder)/0-potentials-convergence-0", "\(folder)/0-potentials-series-0")
      for stem in [kept, stale] {
        try Data(picture.utf8).write(to: URL(fileURLWithPath: "\(stem).svg"))
      }
      try Data("plot x".utf8).write(to: URL(fileURLWithPath: "\(stale).gp"))
      let rebuild = try ReportRebuild(folder: folder, gnuplot: nil)
      #expect(rebuild.documents.complaints.contains { $0.contains("gnuplot") })
      try rebuild.write()
      let files = try contents(folder)
      #expect(files["0-potentials-convergence-0.svg"] == Data(picture.utf8))
      #expect(files["0-potentials-series-0.svg"] == nil)
      #expect(String(decoding: files["report.html"] ?? Data(), as: UTF8.self).contains("<!-- mine -->"))
    }
  }

  @Test func anotherScenarioIsNotShown() throws {
    try inFolder { folder, _ in
      try Data("seed: 2\n".utf8).write(to: URL(fileURLWithPath: "\(folder)/scenario.yaml"))
      let rebuild = try ReportRebuild(folder: folder, gnuplot: nil)
      #expect(rebuild.documents.complaints.contains { $0.contains("not the scenario of these results") })
      #expect(rebuild.result.subject.source.isEmpty)
      try rebuild.write()
      // What lies there is the user's, and stays.
      #expect(try contents(folder)["scenario.yaml"] == Data("seed: 2\n".utf8))
    }
  }

  @Test func whatIsNoResultFolderIsRefused() throws {
    try inFolder { folder, _ in
      func message(_ path: String) -> String? {
        #expect(throws: ResultsProblem.self) { try ReportRebuild(folder: path, gnuplot: nil) }?.description
      }
      #expect(message("\(folder)/none") == "\(folder)/none: error: there is no such folder")
      #expect(message("\(folder)/report.html")?.contains("this is no folder") == true)
      #expect(message(FileSystem.parent(of: folder))?.contains("there is no results.json in it") == true)
      try Data("{".utf8).write(to: URL(fileURLWithPath: "\(folder)/results.json"))
      #expect(message(folder)?.hasPrefix("\(folder)/results.json:1:2: error:") == true)
    }
  }

  /// A folder in the place of a file cannot be replaced by one: the others are whole, and nothing hidden stays.
  @Test func whereAFileCannotBeReplacedNothingIsHalfWritten() throws {
    try inFolder { folder, _ in
      let before = try contents(folder)
      let rebuild = try ReportRebuild(folder: folder, gnuplot: nil)
      try FileManager.default.removeItem(atPath: "\(folder)/report.html")
      try FileManager.default.createDirectory(
        atPath: "\(folder)/report.html/x", withIntermediateDirectories: true)
      #expect(throws: ResultFolderError.self) { try rebuild.write() }
      let after = try contents(folder)
      #expect(after.keys.sorted() == before.keys.filter { $0 != "report.html" }.sorted())
      #expect(after["results.json"] == before["results.json"])
    }
  }
}
