import Foundation
import Testing

@testable import LoschmidtExperiments

@Suite struct ScenarioFileTests {
  private func report(bytes: [UInt8]) -> [String] {
    Scenario.read(bytes: bytes, path: "s.yaml").diagnostics.map(\.description)
  }

  @Test(arguments: ["", "\n\n", "# only a comment\n", "\u{FEFF}", "---\n...\n"])
  func emptyFiles(text: String) {
    let found = report(bytes: Array(text.utf8))
    let message = "the file is empty; a scenario needs the keys 'loschmidt', 'seed', 'process' and 'experiments'"
    #expect(found == ["s.yaml:1:1: error: \(message)"])
  }

  @Test func notUTF8() {
    let latin1 = Array("loschmidt: 1\ntitle: caf".utf8) + [0xE9, 0x0A]
    #expect(
      report(bytes: latin1)
        == ["s.yaml:2:11: error: the file is not UTF-8: the byte 0xE9 does not fit; save it as UTF-8"])
    #expect(
      report(bytes: [0xFF, 0xFE, 0x61, 0x00])
        == ["s.yaml:1:1: error: the file is not UTF-8 but seems to be UTF-16; save it as UTF-8"])
    #expect(
      report(bytes: Array("a: é\nb: ".utf8) + [0xC3])
        == ["s.yaml:2:4: error: the file is not UTF-8: the byte 0xC3 does not fit; save it as UTF-8"])
  }

  @Test func controlCharacters() {
    #expect(
      report(bytes: Array("a: é\u{1}\n".utf8)) == [
        "s.yaml:1:5: error: the character U+0001 is not allowed in YAML; take it out, or write it as an escape in double quotes"
      ])
    #expect(report(bytes: [0x61, 0x00])[0].hasPrefix("s.yaml:1:2: error: the character U+0000"))
  }

  @Test func aByteOrderMarkDoesNotMoveColumns() {
    let text = "\u{FEFF}loshmidt: 1\n" + scenario().dropFirst("loschmidt: 1\n".count)
    #expect(
      report(bytes: Array(text.utf8))
        == ["s.yaml:1:1: error: unknown key 'loshmidt' in 'scenario'; did you mean 'loschmidt'?"])
  }

  @Test func carriageReturnsAreLineEnds() {
    let text = scenario(process: goodProcess.replacing("loss:", with: "los:")).replacing("\n", with: "\r\n")
    #expect(
      report(bytes: Array(text.utf8)) == ["s.yaml:5:3: error: unknown key 'los' in 'process'; did you mean 'loss'?"])
  }

  @Test func filesThatAreTooLargeOrNotThere() throws {
    let folder = try TemporaryFolder()
    let large = folder.path + "/large.yaml"
    _ = try folder.write("large.yaml", "title: large\n")
    let handle = try #require(FileHandle(forWritingAtPath: large))
    try handle.truncate(atOffset: 100_000_000)
    try handle.close()
    #expect(
      Scenario.read(path: large).diagnostics.map(\.description)
        == ["\(large):1:1: error: the file is larger than 16 MB; put data into a CSV file beside the scenario"])
    let missing = folder.path + "/missing.yaml"
    #expect(
      Scenario.read(path: missing).diagnostics.map(\.message) == ["the scenario \(missing.shown) does not exist"])
    #expect(
      Scenario.read(path: folder.path).diagnostics.map(\.message) == ["the scenario \(folder.path.shown) is a folder"])
  }
}

/// A folder that is removed at the end of its test.
struct TemporaryFolder: ~Copyable {
  let path: String

  init() throws {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent("loschmidt-" + UUID().uuidString)
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    path = url.path
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Writes a file and gives its path.
  func write(_ name: String, _ text: String) throws -> String {
    try Data(text.utf8).write(to: URL(fileURLWithPath: path + "/" + name))
    return path + "/" + name
  }
}
