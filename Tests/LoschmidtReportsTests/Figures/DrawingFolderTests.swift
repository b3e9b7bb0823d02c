import Foundation
import Testing

@testable import LoschmidtReports

@Suite struct DrawingFolderTests {
  @Test func foldersDifferAndGoAway() throws {
    let (first, second) = (try DrawingFolder(), try DrawingFolder())
    #expect(first.path != second.path)
    try Data("x".utf8).write(to: URL(fileURLWithPath: first.path("script.gp")))
    #expect(FolderLock(first.path) == nil, "it is locked while it is used")
    for folder in [first, second] {
      #expect(FileManager.default.fileExists(atPath: folder.path))
      folder.remove()
      #expect(!FileManager.default.fileExists(atPath: folder.path))
    }
  }
}
