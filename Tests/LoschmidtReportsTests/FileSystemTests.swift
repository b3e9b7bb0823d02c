import Foundation
import Testing

@testable import LoschmidtReports

@Suite struct FileSystemTests {
  @Test(arguments: [
    ("a", ".", "a"), ("a/b", "a", "b"), ("a/b/", "a", "b"), ("/a", "/", "a"), ("/a/b", "/a", "b"), ("a//b", "a", "b"),
    ("../x", "..", "x"),
  ]) func partsOfPaths(path: String, parent: String, last: String) {
    #expect(FileSystem.parent(of: path) == parent)
    #expect(FileSystem.lastPart(of: path) == last)
  }

  @Test func knowsFoldersFromFiles() {
    #expect(FileSystem.isFolder("/"))
    #expect(!FileSystem.isFolder("/dev/null"))
    #expect(FileSystem.exists("/dev/null"))
    #expect(!FileSystem.exists("/dev/null/x"))
  }

  /// The device that is always full: the error reaches the caller, in the words of the system.
  @Test(.enabled(if: FileSystem.exists("/dev/full"))) func aFullDeviceIsAnError() {
    let descriptor = open("/dev/full", O_WRONLY)
    defer { close(descriptor) }
    #expect(!FileSystem.writeAll("abc", to: descriptor))
  }

  @Test func aFileIsWrittenWholeOrNotAtAll() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("loschmidt-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let path = "\(folder)/a.txt"
    try FileSystem.writeFile("one", to: path, replacing: false)
    #expect(throws: ResultFolderError.self) { try FileSystem.writeFile("two", to: path, replacing: false) }
    #expect(try String(contentsOfFile: path, encoding: .utf8) == "one")
    try FileSystem.writeFile("three", to: path, replacing: true)
    #expect(try String(contentsOfFile: path, encoding: .utf8) == "three")
    for wrong in [folder, "\(folder)/no/a.txt", "\(path)/b.txt"] {
      #expect(throws: ResultFolderError.self) { try FileSystem.writeFile("x", to: wrong, replacing: true) }
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["a.txt"])
  }
}
