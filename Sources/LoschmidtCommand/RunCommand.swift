import ArgumentParser
import Foundation
import Loschmidt

/// The subcommand `run`.
struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Run the experiments of scenarios and write their results.",
    discussion: """
      The results of FILE go to results/<file stem>, or to results/<file stem>-2 and so on where that exists: \
      report.html to read in a browser, results.json with everything in full precision, one CSV a table, and the figures, \
      which gnuplot draws where it is installed. What is printed is a summary of them.

      Of several files each is run, and the worst exit status counts.
      """)

  @OptionGroup var scenarios: ScenarioArguments
  @OptionGroup var memory: MemoryArguments

  @Option(
    name: [.short, .long],
    help: ArgumentHelp(
      "The result folder itself, or with several files the folder of the result folders. It must be empty or new.",
      valueName: "dir"))
  var output: String?

  @Option(
    help: ArgumentHelp("How many threads to use, by default one a core. Results do not depend on it.", valueName: "n"))
  var threads: Int?

  @Option(help: "What to print: text, or json, which is results.json (with several files an array) and nothing else.")
  var format = OutputFormat.text

  @Flag(help: "Count an undecided verdict as exit status 2.")
  var strict = false

  @Flag(help: "Write into a result folder that is not empty. Results of an earlier run there are replaced.")
  var force = false

  @Flag(name: [.short, .long], help: "Print neither text nor progress: only errors, and json if it is asked for.")
  var quiet = false

  func validate() throws {
    if let threads, threads < 1 { throw ValidationError("--threads must be 1 or more, and is \(threads).") }
    if let output {
      if output.isEmpty { throw ValidationError("--output needs the name of a folder.") }
      let stems = Dictionary(grouping: scenarios.files, by: Run.stem)
      if let (stem, files) = stems.first(where: { $1.count > 1 }) {
        throw ValidationError("\(files.joined(separator: " and ")) would both be written to \(output)/\(stem).")
      }
    }
  }

  func run() throws {
    Interruption.listen()
    Crash.becomesStatus()
    var status = ExitStatus.success
    var results: [RunResult] = []
    for file in scenarios.files where Interruption.received == 0 {
      status = max(status, try run(file, &results))
    }
    if format == .json {
      let isArray = scenarios.files.count > 1
      if isArray || !results.isEmpty {
        try Terminal.print(try isArray ? ResultsJSON.document(results) : ResultsJSON.document(results[0]))
      }
    }
    if Interruption.received != 0 { throw ExitCode(Interruption.status) }
    if status != .success { throw status.exit }
  }

  /// Runs one file, and adds its result to `results`.
  private func run(_ file: String, _ results: inout [RunResult]) throws -> ExitStatus {
    guard let (scenario, bytes) = scenarios.read(file) else { return .scenario }
    let folder = ResultFolder(place(of: file))
    let result: RunResult
    do {
      try folder.check()
      ProgressLine.begin(quiet: quiet)
      defer { ProgressLine.clear() }
      let run = Run(
        scenario, bytes: bytes, overrides: scenarios.overrides.filter { $0.key != "seed" },
        threads: threads ?? ProcessInfo.processInfo.activeProcessorCount)
      if let refusal = try run.refusal(memory.limit) {
        Terminal.complain("\(file): error: \(refusal)")
        return .scenario
      }
      result = try Interruption.mayStop {
        try run.result(isStopped: { Interruption.received != 0 }) { progress in
          ProgressLine.show(progress, of: file)
        }
      }
      try result.validate()
    } catch { return complaint(error, about: file) }

    var status = ExitStatus(verdicts: result.experiments.flatMap(\.verdicts), strict: strict)
    if result.isInterrupted, result.experiments.isEmpty {
      Terminal.complain("loschmidt: stopped before anything was done; nothing was written.")
      return status
    }
    var path: String?
    let target = result.isInterrupted ? ResultFolder(interrupted(file)) : folder
    do {
      let documents = try RunDocuments(result, gnuplot: .installed())
      for complaint in documents.complaints where !quiet { Terminal.complain("\(file): warning: \(complaint)") }
      path = try Interruption.waits { try target.write(documents.files) }
    } catch { status = max(status, complaint(error, about: file)) }
    if format == .text, !quiet {
      try Terminal.print((results.isEmpty ? "" : "\n") + Terminal.text.document(result, folder: path))
    }
    results.append(result)
    return status
  }

  private func place(of file: String) -> ResultFolder.Place {
    guard let output else { return .numbered(stem: Run.stem(of: file)) }
    let isOne = scenarios.files.count == 1
    return .named(isOne ? output : "\(output)/\(Run.stem(of: file))", force: force)
  }

  /// Where what was done of a run that was stopped goes: its name says that it is not whole.
  private func interrupted(_ file: String) -> ResultFolder.Place {
    switch place(of: file) {
    case .numbered(let stem): .interrupted("results/\(stem)")
    case .named(let path, _), .interrupted(let path): .interrupted(path)
    }
  }

  /// Says what went wrong.
  private func complaint(_ error: any Error, about file: String) -> ExitStatus {
    switch error {
    case let error as ResultFolderError:
      Terminal.complain(error.description)
      return .cannotWrite
    default:
      Terminal.complain("\(file): error: a fault of the program, please report it: \(error)")
      return .fault
    }
  }
}
