import Foundation
import Testing

@testable import LoschmidtReports

@Suite struct FolderLockTests {
  private func inScratch(_ body: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("loschmidt-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try body(folder.path)
  }

  /// Makes a folder that was last changed so many seconds ago.
  private func make(_ path: String, age: Double) throws {
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    try Data("x".utf8).write(to: URL(fileURLWithPath: "\(path)/file"))
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSinceNow: -age)], ofItemAtPath: path)
  }

  @Test func aFolderIsLockedOnce() throws {
    try inScratch { path in
      let lock = try #require(FolderLock(path))
      #expect(FolderLock(path) == nil)
      lock.release()
      let again = try #require(FolderLock(path))
      again.release()
      #expect(FolderLock("\(path)/missing") == nil)
    }
  }

  /// Only what is old, has the prefix and is not locked goes away.
  @Test func abandonedFoldersAreRemoved() throws {
    try inScratch { path in
      for name in [".a.partial-1", ".a.partial-2", ".b.partial-1"] { try make("\(path)/\(name)", age: 600) }
      try make("\(path)/.a.partial-3", age: 5)
      let lock = try #require(FolderLock("\(path)/.a.partial-2"))
      FolderLock.removeAbandoned(in: path, prefix: ".a.partial-")
      lock.release()
      let left = try FileManager.default.contentsOfDirectory(atPath: path).sorted()
      #expect(left == [".a.partial-2", ".a.partial-3", ".b.partial-1"])
    }
  }
}
