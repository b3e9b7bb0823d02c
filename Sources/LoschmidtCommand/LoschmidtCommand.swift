import ArgumentParser
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
        loschmidt list                                   what a scenario can say
        loschmidt check scenarios/four-potentials.yaml   is it sound, what will it cost
        loschmidt run scenarios/four-potentials.yaml     the answer

      Exit status: 0 no verdict fails; 1 a verdict fails; 2 some are undecided, with --strict; 64 wrong usage; \
      65 the scenario is wrong; 70 a fault of the program; 74 results cannot be written; 130 interrupted.
      """,
    version: "loschmidt \(Version.current)",
    subcommands: [RunCommand.self, CheckCommand.self, ListCommand.self, ReplayCommand.self, ReportCommand.self])
}
