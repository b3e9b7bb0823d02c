import Foundation
import Loschmidt
import Testing

/// The built command, run as a user runs it.
struct Program {
  /// What a run of the command left behind.
  struct Outcome {
    var status: Int32
    var output: String
    var errors: String
  }

  /// A folder of its own, in which the command runs; removed by `remove()`.
  let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("loschmidt-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  /// Runs the body with a program in a new folder, and removes the folder.
  static func inScratch(_ body: (Program) throws -> Void) throws {
    let program = try Program()
    defer { try? FileManager.default.removeItem(at: program.folder) }
    try body(program)
  }

  /// The executable lies beside the test bundle.
  static let executable: URL = {
    let bundle = Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") }?.bundleURL
    let own = URL(fileURLWithPath: CommandLine.arguments[0])
    return (bundle ?? own).deletingLastPathComponent().appendingPathComponent("loschmidt")
  }()

  /// Puts a file into the folder.
  func put(_ text: String, at name: String) throws {
    try text.write(to: folder.appendingPathComponent(name), atomically: false, encoding: .utf8)
  }

  func read(_ name: String) throws -> String {
    try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
  }

  /// The names in a folder of the folder, hidden ones too.
  func entries(_ name: String = ".") -> [String] {
    let path = folder.appendingPathComponent(name).path
    return ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted()
  }

  /// Runs the command with these arguments.
  func run(_ arguments: String..., environment: [String: String] = [:]) throws -> Outcome {
    try start(Self.executable, arguments, environment).outcome()
  }

  /// Runs a line of shell, in which `$LOSCHMIDT` is the command; it is ended after the time given.
  func shell(_ line: String, seconds: Double = 120) throws -> Outcome {
    try start(URL(fileURLWithPath: "/bin/sh"), ["-c", line], ["LOSCHMIDT": Self.executable.path]).outcome(seconds)
  }

  /// Starts the command and does not wait for it.
  func start(_ arguments: [String]) throws -> Started {
    try start(Self.executable, arguments, [:])
  }

  /// A command that runs; what it writes goes to files, so that a full pipe cannot hold it up.
  struct Started {
    let process: Process
    let output: URL
    let errors: URL

    /// Waits for the end, and makes one after two minutes: no run at small size takes more than some seconds.
    func outcome(_ seconds: Double = 120) throws -> Outcome {
      let process = process
      let deadline = DispatchWorkItem { process.terminate() }
      DispatchQueue.global().asyncAfter(deadline: .now() + seconds, execute: deadline)
      process.waitUntilExit()
      deadline.cancel()
      defer { try? FileManager.default.removeItem(at: output.deletingLastPathComponent()) }
      return Outcome(
        status: process.terminationStatus, output: try String(contentsOf: output, encoding: .utf8),
        errors: try String(contentsOf: errors, encoding: .utf8))
    }
  }

  private func start(_ executable: URL, _ arguments: [String], _ environment: [String: String]) throws -> Started {
    let streams = FileManager.default.temporaryDirectory.appendingPathComponent("loschmidt-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: streams, withIntermediateDirectories: true)
    let (output, errors) = (streams.appendingPathComponent("output"), streams.appendingPathComponent("errors"))
    for file in [output, errors] { _ = FileManager.default.createFile(atPath: file.path, contents: nil) }
    let process = Process()
    process.executableURL = executable
    process.arguments = arguments
    process.currentDirectoryURL = folder
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = try FileHandle(forWritingTo: errors)
    try process.run()
    return Started(process: process, output: output, errors: errors)
  }
}

extension String {
  /// Whether nothing is said, or only that figures are not drawn because gnuplot is not installed here.
  var isEmptyButForGnuplot: Bool {
    let lines = split(separator: "\n")
    return Gnuplot.installed() == nil
      ? lines.allSatisfy { $0.contains(": warning: gnuplot is not installed") } : lines.isEmpty
  }
}
