import ArgumentParser
import Foundation
import Loschmidt

/// The subcommand `check`.
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Read scenarios without running them: every problem, the process as understood, the cost.")

  @OptionGroup var scenarios: ScenarioArguments
  @OptionGroup var memory: MemoryArguments

  func run() throws {
    Crash.becomesStatus()
    var status = ExitStatus.success
    var isFirst = true
    for file in scenarios.inputs {
      guard let (scenario, _) = scenarios.read(file) else {
        status = .scenario
        continue
      }
      do {
        let check = try CheckText(
          scenario, width: Terminal.Stream.output.width, limit: memory.limit,
          threads: ProcessInfo.processInfo.activeProcessorCount)
        for warning in check.warnings { Terminal.complain("\(file): warning: \(warning)") }
        try Terminal.print((isFirst ? "" : "\n") + check.document)
        if let refusal = check.refusal {
          Terminal.complain("\(file): error: \(refusal)")
          status = .scenario
        }
      } catch let error where !(error is ExitCode) {
        Terminal.complain("\(file): error: a fault of the program, please report it: \(error)")
        throw ExitStatus.fault.exit
      }
      isFirst = false
    }
    if status != .success { throw status.exit }
  }
}
