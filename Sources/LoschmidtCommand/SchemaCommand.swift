import ArgumentParser
import Loschmidt

/// The subcommand `schema`.
struct SchemaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema",
    abstract: "Print the JSON Schema of scenarios, for editors.",
    discussion: """
      loschmidt schema > scenario.schema.json

      An editor that knows JSON Schema then completes keys, explains them, and marks mistakes while you write. Most of \
      them find it by the first line of a scenario:
        # yaml-language-server: $schema=scenario.schema.json

      The schema knows structure, types, ranges and names. What expressions mean, what data hold and what one key \
      demands of another only `loschmidt check` knows.
      """)

  func run() throws {
    try Terminal.print(ScenarioSchema.document)
  }
}
