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

  @Option(
    help: ArgumentHelp(
      "Stop after so many seconds as SIGTERM would: what is done is written to DIR.interrupted, and the exit status is 143.",
      valueName: "s"))
  var maxSeconds: Double?

  @Flag(help: "Count an undecided verdict as exit status 2.")
  var strict = false

  @Flag(help: "Write into a result folder that is not empty. Results of an earlier run there are replaced.")
  var force = false

  @Flag(help: "Draw no figures: gnuplot is not run, its scripts are written. 'loschmidt report' draws them later.")
  var noFigures = false

  @Flag(name: [.short, .long], help: "Print neither text nor progress: only errors, and json if it is asked for.")
  var quiet = false

  func validate() throws {
    if let threads, threads < 1 { throw ValidationError("--threads must be 1 or more, and is \(threads).") }
    if let maxSeconds, !(maxSeconds > 0 && maxSeconds <= 1e9) {
      throw ValidationError("--max-seconds must be over 0 and at most 1e9, and is \(maxSeconds).")
    }
    if let output {
      if output.isEmpty { throw ValidationError("--output needs the name of a folder.") }
      let stems = Dictionary(grouping: scenarios.inputs, by: Run.stem)
      if let (stem, files) = stems.first(where: { $1.count > 1 }) {
        throw ValidationError("\(files.joined(separator: " and ")) would both be written to \(output)/\(stem).")
      }
    }
  }

  func run() throws {
    Interruption.listen(maxSeconds: maxSeconds)
    var status = ExitStatus.success
    var results: [RunResult] = []
    for file in scenarios.inputs where Interruption.received == 0 {
      status = max(status, try run(file, &results))
    }
    if format == .json {
      let isArray = scenarios.inputs.count > 1
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
    defer { Interruption.isDone() }
    let schedule = RunSchedule(gnuplot: noFigures ? nil : .installed())
    var result: RunResult
    do {
      try folder.check()
      let run = Run(
        scenario, bytes: bytes, overrides: scenarios.overrides.filter { $0.key != "seed" },
        threads: threads ?? ProcessInfo.processInfo.activeProcessorCount)
      if let refusal = try run.refusal(memory.limit) {
        Terminal.complain("\(file): error: \(refusal)")
        return .scenario
      }
      result = try simulate(run, schedule, file)
    } catch { return complaint(error, about: file) }

    let (whole, faults) = result.repaired()
    result = whole
    for fault in faults {
      Terminal.complain("\(file): warning: a fault of the program, please report it: \(fault); it is left out")
    }
    var status = ExitStatus(verdicts: result.experiments.flatMap(\.verdicts), strict: strict)
    for fault in result.faults { status = max(status, complaint(fault, about: file)) }
    if result.isInterrupted, result.experiments.isEmpty {
      Terminal.complain("loschmidt: stopped before anything was done; nothing was written.")
      return status
    }
    var path: String?
    defer { ProgressLine.clear() }
    do {
      let place = result.isInterrupted ? ResultFolder(interrupted(file)) : folder
      do { path = try write(result, to: place, schedule, file) } catch let error as ResultFolderError {
        // What is small may fit where the arrays do not.
        status = max(status, complaint(error, about: file))
        guard let smaller = result.withoutSamples(because: error.message) else { throw error }
        result = smaller
        path = try write(result, to: place, schedule, file)
      }
    } catch { status = max(status, complaint(error, about: file)) }
    ProgressLine.clear()
    if format == .text, !quiet {
      try Terminal.print((results.isEmpty ? "" : "\n") + Terminal.text.document(result, folder: path))
    }
    results.append(result)
    return status
  }

  /// Does the experiments; should they not stop when they are asked to, or not be able to, what they kept is written.
  private func simulate(_ run: Run, _ schedule: RunSchedule, _ file: String) throws -> RunResult {
    ProgressLine.begin(quiet: quiet)
    defer { ProgressLine.clear() }
    let kept = KeptResult()
    let target = ResultFolder(interrupted(file))
    let tell: @Sendable (RunProgress) -> Void = { ProgressLine.show($0, of: file) }
    return try Interruption.mayStop(orElse: { kept.write(to: target, file) }) {
      try run.result(
        isStopped: { Interruption.received != 0 }, schedule: schedule,
        progress: quiet ? nil : tell,
        keep: { kept.take($0) })
    }
  }

  /// Writes what was computed, and then what is drawn of it.
  ///
  /// - Returns: The path of the folder.
  private func write(
    _ result: RunResult, to folder: ResultFolder, _ schedule: RunSchedule, _ file: String
  ) throws -> String {
    ProgressLine.show(schedule.beginWriting(), of: file)
    var documents = try RunDocuments(undrawn: result, drawsFigures: !noFigures)
    let files = documents.files
    let path = try Interruption.waits { try folder.write(files) }
    defer { ProgressLine.clear() }
    defer { for complaint in documents.complaints where !quiet { Terminal.complain("\(file): warning: \(complaint)") } }
    if noFigures { return path }
    ProgressLine.show(schedule.beginDrawing(documents.undrawn.count), of: file)
    let pictures = Interruption.drawing {
      documents.draw(.installed(), progress: { ProgressLine.show(schedule.told($0), of: file) }) {
        Interruption.received != 0
      }
    }
    try Interruption.waits { try ResultFolder.add(pictures, to: path) }
    return path
  }

  private func place(of file: String) -> ResultFolder.Place {
    guard let output else { return .numbered(stem: Run.stem(of: file)) }
    let isOne = scenarios.inputs.count == 1
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
    default: return complaint("a fault of the program, please report it: \(error)", about: file)
    }
  }

  /// Says what the program is at fault with.
  private func complaint(_ sentence: String, about file: String) -> ExitStatus {
    Terminal.complain("\(file): error: \(sentence)")
    return .fault
  }
}
