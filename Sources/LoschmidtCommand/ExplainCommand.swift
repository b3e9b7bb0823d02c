import ArgumentParser
import Loschmidt

/// The subcommand `explain`.
struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Say what a name in a scenario or a report means: definition, formula, unit, convention, source.",
    discussion: """
      Names of numbers, verdicts, tables, columns, update rules, noise models, generators, experiments, functions, and words \
      of the field, such as limit.DE[0], detailed, minibatch or "effective sample size".
      """)

  @Argument(help: ArgumentHelp("The name. Without it, all names by kind.", valueName: "term"))
  var words: [String] = []

  @Option(help: "What to print: text, or json, an array with one object for each meaning of the name.")
  var format = OutputFormat.text

  func run() throws {
    let width = Terminal.Stream.output.width
    let isJSON = format == .json
    guard !words.isEmpty else {
      return try Terminal.print(
        isJSON ? ExplanationText.json(Explanations.all) : ExplanationText.list(width: width))
    }
    let term = words.joined(separator: " ")
    switch Explanations.answer(term) {
    case .found(let entries):
      try Terminal.print(isJSON ? ExplanationText.json(entries) : ExplanationText.document(entries, width: width))
    case .unknown(let near):
      let shown = Prose.printable(term)
      let hint = near.isEmpty ? "'loschmidt explain' lists all names" : "did you mean \(near.joined(separator: ", "))?"
      Terminal.complain("loschmidt: error: nothing is known about '\(shown)'; \(hint)")
      throw ExitStatus.usage.exit
    }
  }
}
