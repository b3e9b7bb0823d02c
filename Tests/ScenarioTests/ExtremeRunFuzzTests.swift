import Foundation
import Testing

/// Whatever the numbers of a scenario, its run ends with a result or a sentence: never with a fault of the program.
///
/// 120 cases, or LOSCHMIDT_EXTREME_CASES of them; LOSCHMIDT_PROGRAM names a command to run in place of the one that was built
/// beside the tests, such as that of a release build. The seed of a failing case is in the message.
@Suite struct ExtremeRunFuzzTests {
  private static let environment = ProcessInfo.processInfo.environment
  static let cases = environment["LOSCHMIDT_EXTREME_CASES"].flatMap { Int($0) } ?? 120
  static let first = environment["LOSCHMIDT_EXTREME_FIRST"].flatMap { UInt64($0) } ?? 0
  static let program = environment["LOSCHMIDT_PROGRAM"] ?? Program.executable.path

  /// So many scenarios are run by one process.
  private static let batch = 40

  private static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// The files of `scenarios/` whose process is small: those with data of hundreds of rows take too long.
  private static let files: [String] = {
    let folder = root.appendingPathComponent("scenarios")
    let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []).sorted()
    return names.filter { $0.hasSuffix(".yaml") }.compactMap { name in
      let text = try? String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
      return text.flatMap { $0.contains("csv:") || $0.contains("generate:") ? nil : $0 }
    }
  }()

  @Test func noRunIsAFaultOfTheProgram() throws {
    #expect(Self.files.count > 10)
    var statuses: [Int32: Int] = [:]
    for start in stride(from: Self.first, to: Self.first + UInt64(Self.cases), by: Self.batch) {
      let seeds = Array(start..<min(start + UInt64(Self.batch), Self.first + UInt64(Self.cases)))
      try Program.inScratch { (program: Program) throws in
        for seed in seeds {
          try program.put(ExtremeScenario(seed: seed, mutating: Self.files).text, at: "f\(seed).yaml")
        }
        let outcome = try run(seeds, program)
        statuses[outcome.status, default: 0] += 1
        guard ![0, 1, 65].contains(outcome.status) || outcome.errors.contains("fault") else { return }
        // One by one, to know which it is.
        for seed in seeds {
          let single = try run([seed], program)
          if ![0, 1, 65].contains(single.status) || single.errors.contains("fault") {
            let text = try program.read("f\(seed).yaml")
            Issue.record("seed \(seed): status \(single.status): \(single.errors.suffix(600))\n\(text)")
          }
        }
      }
    }
    #expect(statuses.keys.allSatisfy { [0, 1, 65].contains($0) })
  }

  /// Without gnuplot, whose pictures take longer than the runs.
  private func run(_ seeds: [UInt64], _ program: Program) throws -> Program.Outcome {
    let files = seeds.map { "f\($0).yaml" }.joined(separator: " ")
    let line = "rm -rf out; PATH=/nowhere exec '\(Self.program)' run \(files) --quiet --threads 1 --output out"
    return try program.shell(line, seconds: 20 + 10 * Double(seeds.count))
  }
}
