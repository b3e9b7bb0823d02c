import Foundation

/// The few calls of POSIX that a result folder is made of, with their errors as sentences.
public enum FileSystem {
  static func exists(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0
  }

  /// Whether the path is a folder, or a link to one.
  static func isFolder(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue
  }

  /// The folder that the path lies in: `.` for a bare name.
  static func parent(of path: String) -> String {
    let parts = trimmed(path).split(separator: "/", omittingEmptySubsequences: false).dropLast()
    if parts.isEmpty { return "." }
    let parent = trimmed(parts.joined(separator: "/"))
    return parent.isEmpty ? "/" : parent
  }

  static func lastPart(of path: String) -> String {
    trimmed(path).split(separator: "/").last.map(String.init) ?? path
  }

  /// What the last call that failed says, as the system puts it.
  static func reason() -> String {
    String(cString: strerror(errno))
  }

  /// Makes a folder and those that it lies in.
  ///
  /// - Returns: The folders that were not there before, outermost first.
  static func makeFolders(_ path: String) throws(ResultFolderError) -> [String] {
    if isFolder(path) || path == "/" || path == "." { return [] }
    let made = try makeFolders(parent(of: path))
    guard mkdir(path, 0o777) == 0 else {
      if errno == EEXIST, isFolder(path) { return made }
      let reason = reason()
      for folder in made.reversed() { rmdir(folder) }
      throw ResultFolderError(path: path, message: "the folder cannot be made: \(reason)")
    }
    return made + [path]
  }

  /// A folder under a hidden name that is being filled; it is locked until it is removed, moved or the program ends.
  struct HiddenFolder {
    let path: String
    fileprivate let lock: FolderLock?

    /// Gives the lock back.
    func release() { lock?.release() }

    /// Removes the folder and what is in it.
    func remove() {
      removeFolder(path)
      release()
    }
  }

  /// Writes the files into a new hidden folder in `parent`, and removes it again if one cannot be written.
  ///
  /// Hidden folders of the same stem that a killed program left there are removed.
  static func writeHidden(
    _ files: [ResultFolder.File], in parent: String, stem: String
  ) throws(ResultFolderError) -> HiddenFolder {
    FolderLock.removeAbandoned(in: parent, prefix: ".\(stem).partial-")
    var path = ""
    // A process that was killed may have left a folder with this number.
    for attempt in 0..<100 {
      path = "\(parent)/.\(stem).partial-\(getpid())" + (attempt == 0 ? "" : "-\(attempt)")
      if mkdir(path, 0o777) == 0 { break }
      guard errno == EEXIST, attempt < 99 else {
        throw ResultFolderError(path: parent, message: "cannot write here: \(reason())")
      }
    }
    let hidden = HiddenFolder(path: path, lock: FolderLock(path))
    for file in files {
      do { try write(file.bytes, to: "\(path)/\(file.name)") } catch {
        hidden.remove()
        throw error
      }
    }
    return hidden
  }

  static func write(_ bytes: [UInt8], to path: String) throws(ResultFolderError) {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL, 0o666)
    var isWritten = descriptor >= 0 && writeAll(bytes, to: descriptor)
    var reason = reason()
    if descriptor >= 0, close(descriptor) != 0, isWritten {
      isWritten = false
      reason = Self.reason()
    }
    if !isWritten { throw ResultFolderError(path: path, message: "the file cannot be written: \(reason)") }
  }

  /// Writes one file, whole or not at all.
  ///
  /// It is written under a hidden name beside its place and moved there at the end.
  ///
  /// - Parameters:
  ///   - text: What it holds, as UTF-8.
  ///   - path: Where it goes; the folder must exist.
  ///   - replacing: Whether a file that exists there is replaced; otherwise that is an error, and it stays as it is.
  /// - Throws: Where the file is there or cannot be written; then nothing is changed.
  public static func writeFile(_ text: String, to path: String, replacing: Bool) throws(ResultFolderError) {
    let isThere = ResultFolderError(
      path: path, message: "the file exists already; name another one, or give --force to replace it")
    if isFolder(path) { throw ResultFolderError(path: path, message: "this is a folder, and a file is to be written") }
    if exists(path), !replacing { throw isThere }
    let hidden = "\(parent(of: path))/.\(lastPart(of: path)).partial-\(getpid())"
    do { try write(Array(text.utf8), to: hidden) } catch {
      unlink(hidden)
      throw ResultFolderError(path: path, message: error.message)
    }
    defer { unlink(hidden) }
    // A link fails where another program has made the file meanwhile; a rename would replace it. Not every disk has links.
    if !replacing {
      if link(hidden, path) == 0 { return }
      if errno == EEXIST { throw isThere }
    }
    guard rename(hidden, path) == 0 else {
      throw ResultFolderError(path: path, message: "the file cannot be written: \(reason())")
    }
  }

  /// Writes every byte; a write that a signal breaks off, or that takes only some of them, goes on.
  ///
  /// - Returns: Whether all was written; if not, `errno` says why.
  public static func writeAll(_ text: String, to descriptor: Int32) -> Bool {
    writeAll(Array(text.utf8), to: descriptor)
  }

  static func writeAll(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno != EINTR { return false }
      rest = rest.dropFirst(max(0, count))
    }
    return true
  }

  /// Removes a folder and the files in it; what cannot be removed stays.
  static func removeFolder(_ path: String) {
    try? FileManager.default.removeItem(atPath: path)
  }

  private static func trimmed(_ path: String) -> String {
    var slice = path[...]
    while slice.count > 1, slice.last == "/" { slice.removeLast() }
    return String(slice)
  }
}
