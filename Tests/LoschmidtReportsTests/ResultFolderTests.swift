import Foundation
import Testing

@testable import LoschmidtReports

@Suite struct ResultFolderTests {
  private let files = [
    ResultFolder.File(name: "results.json", text: "{}\n"), ResultFolder.File(name: "0-a-b.csv", text: "i\r\n"),
  ]

  /// Runs the body with the path of a new folder, and removes it.
  private func inScratch(_ body: (String) throws -> Void) throws {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("loschmidt-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: path) }
    try body(path)
  }

  private func entries(_ path: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: path).sorted()
  }

  private func put(_ text: String, at path: String) {
    #expect(FileManager.default.createFile(atPath: path, contents: Data(text.utf8)))
  }

  @Test func writesTheFilesAndNothingElse() throws {
    try inScratch { (scratch: String) throws in
      let folder = ResultFolder(.named("\(scratch)/deep/er/out/", force: false))
      try folder.check()
      #expect(try entries(scratch) == [])
      #expect(try folder.write(files) == "\(scratch)/deep/er/out/")
      #expect(try entries("\(scratch)/deep/er") == ["out"])
      #expect(try entries("\(scratch)/deep/er/out") == ["0-a-b.csv", "results.json"])
      #expect(try String(contentsOfFile: "\(scratch)/deep/er/out/0-a-b.csv", encoding: .utf8) == "i\r\n")
    }
  }

  @Test func anEmptyFolderIsUsed() throws {
    try inScratch { (scratch: String) throws in
      #expect(try ResultFolder(.named(scratch, force: false)).write(files) == scratch)
      #expect(try entries(scratch) == ["0-a-b.csv", "results.json"])
    }
  }

  @Test func aFullFolderIsAnErrorUnlessForced() throws {
    try inScratch { (scratch: String) throws in
      put("mine", at: "\(scratch)/notes.txt")
      put("mine", at: "\(scratch)/9-my-own.csv")
      let earlier = #"{"loschmidt": "0.1.0", "experiments": [{"kind": "old", "tables": {"one": {"rows": []}}}]}"#
      put(earlier, at: "\(scratch)/results.json")
      put("old", at: "\(scratch)/0-old-one.csv")
      let polite = ResultFolder(.named(scratch, force: false))
      #expect(throws: ResultFolderError.self) { try polite.check() }
      #expect(throws: ResultFolderError.self) { try polite.write(files) }
      #expect(try String(contentsOfFile: "\(scratch)/results.json", encoding: .utf8) == earlier)
      _ = try ResultFolder(.named(scratch, force: true)).write(files)
      // What the earlier run wrote is gone, what the user put there is not.
      #expect(try entries(scratch) == ["0-a-b.csv", "9-my-own.csv", "notes.txt", "results.json"])
      #expect(try String(contentsOfFile: "\(scratch)/results.json", encoding: .utf8) == "{}\n")
    }
  }

  @Test func belowAFileNothingCanBeWritten() throws {
    try inScratch { (scratch: String) throws in
      put("", at: "\(scratch)/file")
      for path in ["\(scratch)/file", "\(scratch)/file/out", "\(scratch)/file/deep/out"] {
        let folder = ResultFolder(.named(path, force: true))
        #expect(throws: ResultFolderError.self) { try folder.check() }
        #expect(throws: ResultFolderError.self) { try folder.write(files) }
      }
      #expect(try entries(scratch) == ["file"])
    }
  }

  /// A file that cannot be written, here for its name, stands for a full disk: whatever the reason, nothing is left.
  @Test func aFailureLeavesNothingBehind() throws {
    try inScratch { (scratch: String) throws in
      let bad = files + [ResultFolder.File(name: "no/such/folder.csv", text: "")]
      #expect(throws: ResultFolderError.self) {
        try ResultFolder(.named("\(scratch)/deep/out", force: false)).write(bad)
      }
      #expect(try entries(scratch) == [])
      put("mine", at: "\(scratch)/notes.txt")
      #expect(throws: ResultFolderError.self) { try ResultFolder(.named(scratch, force: true)).write(bad) }
      #expect(try entries(scratch) == ["notes.txt"])
    }
  }
}
