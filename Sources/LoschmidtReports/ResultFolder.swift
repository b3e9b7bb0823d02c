import Foundation

/// A result folder cannot be written.
public struct ResultFolderError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The file or folder that could not be written.
  public var path: String
  /// What is wrong, in one sentence without a full stop.
  public var message: String

  /// The path and what is wrong with it.
  public var description: String { "\(path): error: \(message)" }
}

/// The folder that holds the results of one scenario.
///
/// It appears whole or not at all: the files are written into a hidden folder beside it, which is renamed at the end. A folder
/// that exists already is not replaced: the files are written inside it under a hidden name and moved into place one
/// by one, `results.json` last; what else lies there stays.
public struct ResultFolder: Sendable {
  /// One file to be written.
  public struct File: Sendable, Equatable {
    /// The name, without a folder.
    public var name: String
    /// The bytes.
    public var bytes: [UInt8]
    /// A file of bytes.
    public init(name: String, bytes: [UInt8]) {
      self.name = name
      self.bytes = bytes
    }
    /// A file of UTF-8 text.
    public init(name: String, text: String) {
      self.init(name: name, bytes: Array(text.utf8))
    }

    /// The name of a file of an experiment without extension: `<experiment index>-<kind>-<name>`.
    ///
    /// Characters other than letters, digits, `.`, `_` and `-` become `_`.
    static func stem(_ name: String, experiment index: Int, kind: String) -> String {
      func part(_ name: String) -> String {
        String(name.map { $0.isASCII && ($0.isLetter || $0.isNumber || "._-".contains($0)) ? $0 : "_" })
      }
      return "\(index)-\(part(kind))-\(part(name))"
    }
  }

  /// Where the results go.
  public enum Place: Sendable, Equatable {
    /// `results/<stem>`, or `results/<stem>-2`, -3 … where that exists.
    case numbered(stem: String)
    /// Beside this folder, with `.interrupted` after its name, or `.interrupted-2`, -3 … where that exists.
    case interrupted(String)
    /// This folder. It must not exist or be empty, unless `force` is set.
    case named(String, force: Bool)
  }

  /// Where the results go.
  public let place: Place

  /// A folder that is to be written.
  public init(_ place: Place) {
    self.place = place
  }

  /// Finds out before a long run what would go wrong after it; writes nothing.
  public func check() throws(ResultFolderError) {
    let path: String
    switch place {
    case .numbered(let stem): path = "results/\(stem)"
    case .interrupted(let name): path = "\(name).interrupted"
    case .named(let name, let force):
      path = name
      if FileSystem.exists(name) { return try checkExisting(name, force: force) }
    }
    var ancestor = FileSystem.parent(of: path)
    while !FileSystem.exists(ancestor), ancestor != "/", ancestor != "." {
      ancestor = FileSystem.parent(of: ancestor)
    }
    guard FileSystem.isFolder(ancestor) else {
      throw ResultFolderError(path: path, message: "cannot write here, \(ancestor) is not a folder")
    }
    guard access(ancestor, W_OK | X_OK) == 0 else {
      throw ResultFolderError(path: path, message: "cannot write here: \(FileSystem.reason())")
    }
  }

  /// Writes the files.
  ///
  /// - Returns: The path of the folder.
  /// - Throws: `ResultFolderError`; then nothing is left behind.
  public func write(_ files: [File]) throws(ResultFolderError) -> String {
    switch place {
    case .numbered(let stem):
      return try writeNew(files, parent: "results", stem: stem) { number in
        number == 1 ? "results/\(stem)" : "results/\(stem)-\(number)"
      }
    case .interrupted(let path):
      let stem = FileSystem.lastPart(of: path)
      return try writeNew(files, parent: FileSystem.parent(of: path), stem: stem) { number in
        number == 1 ? "\(path).interrupted" : "\(path).interrupted-\(number)"
      }
    case .named(let path, let force):
      if FileSystem.exists(path) {
        try checkExisting(path, force: force)
        try writeInto(path, files)
        return path
      }
      let stem = FileSystem.lastPart(of: path)
      return try writeNew(files, parent: FileSystem.parent(of: path), stem: stem) { $0 == 1 ? path : nil }
    }
  }

  private func checkExisting(_ path: String, force: Bool) throws(ResultFolderError) {
    guard FileSystem.isFolder(path) else {
      throw ResultFolderError(path: path, message: "cannot write results here, this is not a folder")
    }
    let entries: [String]
    do { entries = try FileManager.default.contentsOfDirectory(atPath: path) } catch {
      throw ResultFolderError(path: path, message: "the folder cannot be read")
    }
    guard entries.isEmpty || force else {
      throw ResultFolderError(
        path: path, message: "the folder is not empty; name another one, or give --force to write into it")
    }
    guard access(path, W_OK | X_OK) == 0 else {
      throw ResultFolderError(path: path, message: "cannot write here: \(FileSystem.reason())")
    }
  }

  // MARK: A new folder

  /// Writes a hidden folder in `parent` and renames it to the first name that is free.
  private func writeNew(
    _ files: [File], parent: String, stem: String, name: (Int) -> String?
  ) throws(ResultFolderError) -> String {
    let made = try FileSystem.makeFolders(parent)
    do throws(ResultFolderError) {
      let hidden = try FileSystem.writeHidden(files, in: parent, stem: stem)
      do throws(ResultFolderError) {
        let path = try Self.rename(hidden.path, toFirstFree: name)
        hidden.release()
        return path
      } catch {
        hidden.remove()
        throw error
      }
    } catch {
      for folder in made.reversed() { rmdir(folder) }
      throw error
    }
  }

  private static func rename(
    _ hidden: String, toFirstFree name: (Int) -> String?
  ) throws(ResultFolderError) -> String {
    for number in 1... {
      guard let path = name(number) else { break }
      // A rename replaces an empty folder in silence, so what exists is passed over first; a folder that another run
      // makes in between is not empty, and the rename says so.
      if !FileSystem.exists(path), Foundation.rename(hidden, path) == 0 { return path }
      guard FileSystem.exists(path) else {
        throw ResultFolderError(path: path, message: "the folder cannot be made: \(FileSystem.reason())")
      }
    }
    throw ResultFolderError(path: name(1) ?? hidden, message: "another program has made this folder meanwhile")
  }

  // MARK: A folder that exists

  /// Moves the files into a folder that exists, in place of the results of an earlier run.
  private func writeInto(_ path: String, _ files: [File]) throws(ResultFolderError) {
    let hidden = try FileSystem.writeHidden(files, in: path, stem: "loschmidt")
    defer { hidden.remove() }
    for old in Self.filesOfEarlierRun(in: path) { unlink("\(path)/\(old)") }
    var moved: [String] = []
    // results.json is the first file: moved last, it says that the folder is whole.
    for file in files.reversed() {
      do { try Self.move(file.name, from: hidden.path, to: path) } catch {
        for name in moved { unlink("\(path)/\(name)") }
        throw error
      }
      moved.append(file.name)
    }
  }

  private static func move(_ name: String, from hidden: String, to path: String) throws(ResultFolderError) {
    guard Foundation.rename("\(hidden)/\(name)", "\(path)/\(name)") == 0 else {
      throw ResultFolderError(
        path: "\(path)/\(name)", message: "the file cannot be written: \(FileSystem.reason())")
    }
  }

  /// Writes files in place of those of the same names in a folder of results, each whole or not at all, `results.json` last.
  ///
  /// What the earlier results account for and `files` do not have, such as the picture of a figure that is no more, goes away.
  ///
  /// - Throws: `ResultFolderError`; then every file is whole, the old one or the new one.
  static func replace(_ files: [File], in path: String) throws(ResultFolderError) {
    let hidden = try FileSystem.writeHidden(files, in: path, stem: "loschmidt")
    defer { hidden.remove() }
    let kept = ["scenario.yaml"] + files.map(\.name)
    // Samples are in their files alone.
    let stale = Set(filesOfEarlierRun(in: path)).subtracting(kept).filter { !$0.hasSuffix(".npy") }
    for file in files.reversed() { try move(file.name, from: hidden.path, to: path) }
    for name in stale { unlink("\(path)/\(name)") }
  }

  /// Adds files to a folder of results that was just written, each whole or not at all: pictures, and the report with them.
  ///
  /// - Throws: `ResultFolderError`; then every file is whole, the old one or the new one.
  public static func add(_ files: [File], to path: String) throws(ResultFolderError) {
    let hidden = try FileSystem.writeHidden(files, in: path, stem: "loschmidt")
    defer { hidden.remove() }
    for file in files.reversed() { try move(file.name, from: hidden.path, to: path) }
  }

  /// The files that the `results.json` of a folder accounts for, itself first; some of them may not be there.
  static func filesOfEarlierRun(in path: String) -> [String] {
    struct Earlier: Decodable {
      struct Experiment: Decodable {
        struct AnyTable: Decodable {}
        struct AnySamples: Decodable { var name: String }
        var kind: String
        var tables: [String: AnyTable]
        var samples: [AnySamples]?
        var plots: [String]?
      }
      var loschmidt: String
      var experiments: [Experiment]
    }
    guard let data = FileManager.default.contents(atPath: "\(path)/results.json"),
      let earlier = try? JSONDecoder().decode(Earlier.self, from: data)
    else { return [] }
    let ofExperiments = earlier.experiments.enumerated().flatMap { index, experiment in
      let tables = experiment.tables.keys.sorted().map {
        CSVTable.fileName(experiment: index, kind: experiment.kind, table: $0)
      }
      let plots = (experiment.plots ?? []).flatMap { name in
        let stem = Figure.stem(name, experiment: index, kind: experiment.kind)
        return ["gp", "svg", "png"].map { "\(stem).\($0)" }
      }
      let samples = (experiment.samples ?? []).map {
        SampleArray.fileName(experiment: index, kind: experiment.kind, name: $0.name)
      }
      return tables + samples + plots
    }
    return ["results.json", "report.html", "scenario.yaml"] + ofExperiments
  }
}
