import Foundation

/// The report of a result folder made again from its `results.json`: `report.html`, the tables and the figures.
///
/// So figures can be drawn where there is gnuplot, of a run that was made where there is none; and an old report gets the
/// looks of this version. Only the text of the scenario comes from `scenario.yaml`.
public struct ReportRebuild: Sendable {
  /// The path of the folder.
  public let folder: String
  /// The result as it was read.
  public let result: RunResult
  /// The files and what is missing.
  public let documents: RunDocuments

  /// Reads a folder and makes its files in memory.
  ///
  /// - Parameters:
  ///   - folder: The path of a result folder.
  ///   - gnuplot: What draws the figures; without it pictures that are there are kept where the script is still the same.
  ///   - drawsFigures: Whether figures were asked for; else it is as without gnuplot, but nothing is complained about.
  /// - Throws: `ResultsProblem` where the folder or its `results.json` cannot be read.
  public init(folder: String, gnuplot: Gnuplot?, drawsFigures: Bool = true) throws(ResultsProblem) {
    let file = "\(folder)/results.json"
    guard FileSystem.isFolder(folder) else {
      throw ResultsProblem(
        file: folder, place: nil,
        message: FileSystem.exists(folder)
          ? "this is no folder; 'report' takes a result folder" : "there is no such folder")
    }
    guard let bytes = Self.contents(file) else {
      throw ResultsProblem(
        file: folder, place: nil,
        message: FileSystem.exists(file)
          ? "its results.json cannot be read" : "this is no result folder: there is no results.json in it")
    }
    var result = try ResultsJSON.read(bytes, file: file)
    var complaints: [String] = []
    if let source = Self.contents("\(folder)/scenario.yaml") {
      if SHA256.hexadecimal(of: source) == result.scenarioSHA256 {
        result.subject.source = String(decoding: source, as: UTF8.self)
      } else {
        complaints.append(
          "scenario.yaml is not the scenario of these results (its SHA-256 is another one): it is not shown.")
      }
    } else {
      complaints.append("scenario.yaml is not in the folder: the scenario is not shown.")
    }
    self.folder = folder
    self.result = result
    do throws(ResultFault) {
      documents = try RunDocuments(
        result, gnuplot: gnuplot, drawsFigures: drawsFigures, complaints: complaints
      ) { name in
        Self.contents("\(folder)/\(name)")
      }
    } catch {
      throw ResultsProblem(file: file, place: .member(""), message: "breaks a rule: \(error)")
    }
  }

  /// Writes the files in place of the old ones, each whole or not at all.
  ///
  /// - Throws: `ResultFolderError` where the folder cannot be written; then no file is half-written.
  public func write() throws(ResultFolderError) {
    try ResultFolder.replace(documents.files, in: folder)
  }

  private static func contents(_ path: String) -> [UInt8]? {
    guard !FileSystem.isFolder(path) else { return nil }
    return FileManager.default.contents(atPath: path).map { Array($0) }
  }
}
