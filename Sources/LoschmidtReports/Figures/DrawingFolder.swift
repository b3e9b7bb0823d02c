import Foundation
import Synchronization

/// The folder in which one figure is drawn, below the system's folder for temporary files.
///
/// It is locked while it is used. One that a killed program left behind has no lock any more, and is removed before the next.
struct DrawingFolder: Sendable {
  /// The folder.
  let path: String
  private let lock: FolderLock?

  private static let prefix = "loschmidt-drawing-"
  private static let counter = Atomic<Int>(0)
  private static let current = Mutex<String?>(nil)

  /// Makes a folder with a name of its own.
  ///
  /// - Throws: `ResultFolderError` where it cannot be made.
  init() throws(ResultFolderError) {
    let parent = FileManager.default.temporaryDirectory.path
    FolderLock.removeAbandoned(in: parent, prefix: Self.prefix)
    let number = Self.counter.add(1, ordering: .relaxed).newValue
    let unique = UInt64.random(in: 0 ..< .max)
    path = "\(parent)/\(Self.prefix)\(getpid())-\(number)-\(String(unique, radix: 36))"
    guard mkdir(path, 0o700) == 0 else {
      throw ResultFolderError(path: path, message: "the folder cannot be made: \(FileSystem.reason())")
    }
    lock = FolderLock(path)
    let made = path
    Self.current.withLock { $0 = made }
  }

  /// The path of a file in it.
  func path(_ name: String) -> String { "\(path)/\(name)" }

  /// Removes it.
  func remove() {
    Self.current.withLock { $0 = nil }
    FileSystem.removeFolder(path)
    lock?.release()
  }

  /// Removes the folder that is in use, on whatever thread.
  static func removeCurrent() {
    if let path = current.withLock({ $0 }) { FileSystem.removeFolder(path) }
  }
}
