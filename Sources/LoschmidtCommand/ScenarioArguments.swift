import ArgumentParser
import Loschmidt

/// The arguments that name scenarios, and change them.
struct ScenarioArguments: ParsableArguments {
  @Argument(
    help: ArgumentHelp("Scenarios: YAML files, or - for standard input.", valueName: "file"),
    completion: .file(extensions: ["yaml", "yml", "json"]))
  var files: [String]

  /// The scenarios as messages call them: standard input is `<stdin>`.
  var inputs: [String] { files.map { $0 == "-" ? ScenarioFile.standardInput : $0 } }

  @Option(
    name: .customLong("set"), parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "Override one key of the scenario, such as process.temperature=0.1 or experiments.0.trajectories=1000. Repeatable.",
      valueName: "key=value"))
  var settings: [String] = []

  @Option(help: "Override the seed of the scenario.")
  var seed: UInt64?

  /// What is overridden, the seed last, so that `--seed` wins over `--set seed=…`.
  var overrides: [ScenarioOverride] {
    settings.compactMap(ScenarioOverride.init) + (seed.map { [.seed(String($0))] } ?? [])
  }

  func validate() throws {
    if files.count(where: { $0 == "-" }) > 1 { throw ValidationError("Standard input can be read once only.") }
    for setting in settings where ScenarioOverride(setting) == nil {
      throw ValidationError("--set needs KEY=VALUE, such as process.temperature=0.1, and got '\(setting)'.")
    }
  }

  /// Reads one of the ``inputs``; what is wrong with it goes to standard error.
  func read(_ file: String) -> (scenario: Scenario, bytes: [UInt8])? {
    let reading = Scenario.read(path: file, overrides: overrides)
    for diagnostic in reading.diagnostics { Terminal.complain(diagnostic.description) }
    return reading.scenario.map { ($0, reading.bytes) }
  }
}
