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
}
