import Foundation
import Testing

@testable import LoschmidtReports

@Suite struct ChildProcessTests {
  /// Runs a line of shell in a folder of its own.
  private func run(
    _ line: String, seconds: Double = 20, then: (String) throws -> Void = { _ in }, isStopped: () -> Bool = { false }
  ) throws -> ChildProcess.End {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("loschmidt-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try Data().write(to: URL(fileURLWithPath: "\(folder)/errors"))
    let child = ChildProcess(
      path: "/bin/sh", arguments: ["-c", line], environment: ["PATH": "/usr/bin:/bin", "WORD": "a b"], folder: folder,
      errors: "\(folder)/errors")
    let end = child.run(timeLimit: seconds, isStopped: isStopped)
    try then(folder)
    return end
  }

  private func text(_ path: String) throws -> String { try String(contentsOfFile: path, encoding: .utf8) }

  /// Whether a process runs; one that has ended and was not waited for does not.
  private func isAlive(_ process: pid_t) -> Bool {
    let state = try? text("/proc/\(process)/stat")
    return kill(process, 0) == 0 && !(state?.contains(") Z ") ?? false)
  }

  /// The child of the child has ended, or ends in a moment.
  private func expectChildHasEnded(_ folder: String) throws {
    let child = try #require(pid_t(try text("\(folder)/child").trimmingCharacters(in: .whitespacesAndNewlines)))
    for _ in 0..<200 where isAlive(child) { usleep(10_000) }
    #expect(!isAlive(child))
  }

  @Test func statusEnvironmentAndErrors() throws {
    let end = try run(
      "echo \"$WORD\" > word; pwd >&2; exit 3",
      then: { folder in
        #expect(try text("\(folder)/word") == "a b\n")
        let (said, name) = (try text("\(folder)/errors"), URL(fileURLWithPath: folder).lastPathComponent)
        #expect(said.hasSuffix("\(name)\n"))
      })
    #expect(end == .status(3))
    #expect(try run("kill -9 $$") == .signal(9))
  }

  @Test func whatIsNotThereIsNotStarted() throws {
    let child = ChildProcess(path: "/nowhere/x", arguments: [], environment: [:], folder: "/", errors: "/dev/null")
    #expect(child.run(timeLimit: 1, isStopped: { false }) == .notStarted("No such file or directory"))
  }

  /// The child of the child holds nothing up, and does not stay behind.
  @Test func theWholeGroupIsEnded() throws {
    for isStopped in [true, false] {
      let start = ContinuousClock.now
      let end = try run(
        "sleep 100 & echo $! > child; wait", seconds: isStopped ? 50 : 0.5, then: expectChildHasEnded,
        isStopped: { isStopped && ContinuousClock.now - start > .milliseconds(500) })
      #expect(end == (isStopped ? .stopped : .overdue))
      #expect(ContinuousClock.now - start < .seconds(20))
    }
  }

  @Test func whatIsLeftRunningIsEndedToo() throws {
    let end = try run("sleep 100 & echo $! > child", then: expectChildHasEnded)
    #expect(end == .status(0))
  }
}
