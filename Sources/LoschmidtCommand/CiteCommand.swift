import ArgumentParser
import Loschmidt

/// The subcommand `cite`.
struct CiteCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cite",
    abstract: "Print the sources of what scenarios use, as BibTeX.",
    discussion: """
      The paper, the theorems, noise models, statistics and generators of the scenarios, GSL and Loschmidt itself, each once. \
      Nothing is run.
      """)

  @OptionGroup var scenarios: ScenarioArguments

  func run() throws {
    Crash.becomesStatus()
    let read = scenarios.inputs.map { scenarios.read($0)?.scenario }
    let whole = read.compactMap(\.self)
    guard whole.count == read.count else { throw ExitStatus.scenario.exit }
    // Once more at the end, however many scenarios there are.
    try Terminal.print(BibTeX.document(References.endingWithTheProgram(whole.flatMap(\.citations))))
  }
}
