import Foundation

/// The mark that a temporary folder is in use: a lock of the system on it, which goes away with the program that holds it.
struct FolderLock: Sendable {
  private let descriptor: Int32

  /// So many seconds a folder is left alone, lock or not: it may just have been made.
  private static let grace = 60.0

  /// Locks a folder; `nil` where it is locked already, or the disk has no locks.
  init?(_ path: String) {
    descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      close(descriptor)
      return nil
    }
  }

  /// Gives the lock back.
  func release() { close(descriptor) }

  /// Removes the folders whose names begin in this way, of which no program holds the lock any more.
  static func removeAbandoned(in parent: String, prefix: String) {
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: parent) else { return }
    for name in names where name.hasPrefix(prefix) {
      let path = "\(parent)/\(name)"
      var status = stat()
      guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR, status.st_uid == getuid(),
        Date().timeIntervalSince1970 - Double(status.st_mtim.tv_sec) > grace, let lock = FolderLock(path)
      else { continue }
      FileSystem.removeFolder(path)
      lock.release()
    }
  }
}
