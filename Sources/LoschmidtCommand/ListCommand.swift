import ArgumentParser
import Loschmidt

/// The subcommand `list`.
struct ListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List what a scenario can say.")

  @Argument(help: "What to list. Without it, everything.")
  var section: Catalogue.Section?

  func run() throws {
    let sections = section.map { [$0] } ?? Catalogue.Section.allCases
    try Terminal.print(Catalogue.text(of: sections, width: Terminal.Stream.output.width))
  }
}

extension Catalogue.Section: ExpressibleByArgument {}
