import ArgumentParser
import Foundation
import Loschmidt

/// The command `loschmidt`: arguments, progress and exit status; all else is in the library.
@main
struct LoschmidtCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "loschmidt",
    abstract: "Stochastic thermodynamics of training algorithms.",
    discussion: """
      A scenario is a YAML file: a training process and the experiments to run on it.

      Try this first:
        loschmidt init                                   a scenario to start from
        loschmidt list                                   what a scenario can say
        loschmidt check scenarios/four-potentials.yaml   is it sound, what will it cost
        loschmidt run scenarios/four-potentials.yaml     the answer

      Exit status: 0 no verdict fails; 1 a verdict fails; 2 some are undecided, with --strict; 64 wrong usage; \
      65 the scenario is wrong; 70 a fault of the program; 74 results cannot be written; 128 + n stopped by signal n: \
      129 SIGHUP, 130 SIGINT, 143 SIGTERM and --max-seconds.
      """,
    version: "loschmidt \(Version.current)",
    subcommands: [
      RunCommand.self, InitCommand.self, CheckCommand.self, ListCommand.self, ExplainCommand.self, CiteCommand.self,
      ReportCommand.self, ReplayCommand.self, SchemaCommand.self,
    ])

  /// Runs the command that the arguments name; a misspelt one is answered with the nearest.
  static func main() {
    StandardStreams.open()
    StandardStreams.reportFullFiles()
    let commands = configuration.subcommands.map { $0._commandName }
    if let answer = Misspelling.answer(to: Array(CommandLine.arguments.dropFirst()), commands: commands) {
      Terminal.complain(answer)
      exit(withError: ExitStatus.usage.exit)
    }
    do {
      var command = try parseAsRoot()
      try command.run()
    } catch { end(error) }
  }

  /// Ends as the error says: help and the version are asked for, and are printed like any other answer.
  private static func end(_ error: any Error) {
    let (code, text) = (exitCode(for: error), fullMessage(for: error))
    if code == .success, !text.isEmpty {
      do { try Terminal.print(text + "\n") } catch { Foundation.exit(ExitStatus.cannotWrite.rawValue) }
    } else if !text.isEmpty {
      Terminal.complain(text)
    }
    Foundation.exit(code.rawValue)
  }
}
