import ArgumentParser
import Loschmidt

/// The subcommand `init`.
struct InitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Write a commented scenario to start from.",
    discussion: """
      Without --output it is printed. It runs as it stands, and its comments say what to change for a question of your own:
        loschmidt init symmetry --output mine.yaml
        loschmidt run mine.yaml

      Templates:
      \(ScenarioTemplate.list)
      """)

  @Argument(
    help: "Which template. Without it, the first of the list below.",
    completion: .list(ScenarioTemplate.all.map(\.name)))
  var template: String?

  @Option(
    name: [.short, .long],
    help: ArgumentHelp("The file to write. One that exists is left alone.", valueName: "file"),
    completion: .file(extensions: ["yaml", "yml"]))
  var output: String?

  @Flag(help: "Replace a file that exists.")
  var force = false

  func validate() throws {
    if output?.isEmpty == true { throw ValidationError("--output needs the name of a file.") }
    if force, output == nil { throw ValidationError("--force has a meaning with --output only.") }
    if let template {
      do { _ = try ScenarioTemplate.named(template) } catch {
        throw ValidationError(error.sentence)
      }
    }
  }

  func run() throws {
    let chosen = try template.map { try ScenarioTemplate.named($0) } ?? ScenarioTemplate.all[0]
    guard let output else {
      try Terminal.print(chosen.text)
      if template == nil { Terminal.complain(Self.hint(chosen)) }
      return
    }
    do {
      try FileSystem.writeFile(chosen.text, to: output, replacing: force)
    } catch {
      Terminal.complain(error.description)
      throw ExitStatus.cannotWrite.exit
    }
    try Terminal.print("The scenario is in \(output). Next: loschmidt run \(output)\n")
  }

  /// What else there is, for somebody who did not know that there is a choice.
  private static func hint(_ chosen: ScenarioTemplate) -> String {
    """
    This is the template \(chosen.name). Keep it with --output FILE, or take another one:
    \(ScenarioTemplate.list)
    """
  }
}
