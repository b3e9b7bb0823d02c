import Foundation

/// The text of a scenario as a tree of nodes with their places: a mirror of the file, before anything is understood.
public struct ScenarioFile: Sendable {
  /// A larger file is refused before it is parsed.
  static let byteLimit = 16 << 20

  /// What stands for standard input in place of a path; paths in such a scenario are relative to the current folder.
  public static let standardInput = "<stdin>"

  /// The path as it was given.
  let path: String
  /// The bytes of the file.
  let bytes: [UInt8]
  /// The text without a byte order mark.
  let source: SourceText
  /// The root, `nil` where the file could not be read as YAML.
  private(set) var root: ScenarioNode?

  /// Reads the file at `path`; what is wrong is added to `problems`.
  init(path: String, problems: inout DiagnosticList) {
    if path == Self.standardInput {
      guard let data = try? FileHandle.standardInput.read(upToCount: Self.byteLimit + 1) ?? Data() else {
        problems.error("standard input cannot be read", at: .start)
        self.init(failed: path)
        return
      }
      self.init(bytes: Array(data), path: path, problems: &problems)
      return
    }
    var isFolder: ObjCBool = false
    let exists = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
    guard exists, !isFolder.boolValue, let file = FileHandle(forReadingAtPath: path),
      let data = try? file.read(upToCount: Self.byteLimit + 1) ?? Data()
    else {
      let why = !exists ? "does not exist" : isFolder.boolValue ? "is a folder" : "cannot be read"
      problems.error("the scenario \(path.shown) \(why)", at: .start)
      self.init(failed: path)
      return
    }
    self.init(bytes: Array(data), path: path, problems: &problems)
  }

  /// Reads the bytes of a file.
  init(bytes: [UInt8], path: String, problems: inout DiagnosticList) {
    self.path = path
    self.bytes = bytes
    guard bytes.count <= Self.byteLimit else {
      source = SourceText([])
      problems.error(
        "the file is larger than \(Self.byteLimit >> 20) MB; put data into a CSV file beside the scenario", at: .start)
      return
    }
    source = SourceText(bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes)
    do throws(BytesCheck.Problem) {
      try BytesCheck.check(source.bytes)
    } catch {
      problems.error(error.message, at: source.origin(ofByte: error.offset))
      return
    }
    let tree = ScenarioTree(reading: source)
    tree.problems.forEach { problems.error($0.message, at: $0.origin) }
    root = tree.root?.isEmpty == true ? nil : tree.root
    if root == nil, tree.problems.isEmpty {
      problems.error(
        "the file is empty; a scenario needs the keys 'loschmidt', 'seed', 'process' and 'experiments'", at: .start)
    }
  }

  private init(failed path: String) {
    self.path = path
    bytes = []
    source = SourceText([])
  }
}
