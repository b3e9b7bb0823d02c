import Foundation
import LoschmidtDynamics

/// A scenario that is ready to run: a process and the experiments on it, read and validated.
public struct Scenario: Sendable {
  /// The version of the format that this program reads.
  public static let formatVersion = 1

  /// The path of the file as it was given.
  public var path: String
  /// The title.
  public var title: String?
  /// The seed of all random numbers.
  public var seed: UInt64
  /// The process.
  public var process: TrainingProcess
  /// The experiments, in their order.
  public var experiments: [ExperimentSpecification]
  /// The files that the scenario names by an absolute path or by `..`, which are not beside it.
  public var outsideFiles: [String] = []

  /// Reads a file.
  ///
  /// - Parameters:
  ///   - path: The file; paths in it are relative to its folder.
  ///   - overrides: Settings of the command line, applied in their order.
  /// - Returns: The scenario or what is wrong, and warnings.
  public static func read(path: String, overrides: [ScenarioOverride] = []) -> ScenarioReading {
    var problems = DiagnosticList(path: path, overrides: overrides.map(\.name))
    let file = ScenarioFile(path: path, problems: &problems)
    return read(file, overrides, problems)
  }

  /// Reads the bytes of a file; `path` is for messages and for paths in it.
  public static func read(bytes: [UInt8], path: String, overrides: [ScenarioOverride] = []) -> ScenarioReading {
    var problems = DiagnosticList(path: path, overrides: overrides.map(\.name))
    let file = ScenarioFile(bytes: bytes, path: path, problems: &problems)
    return read(file, overrides, problems)
  }

  private static func read(
    _ file: ScenarioFile, _ overrides: [ScenarioOverride], _ problems: DiagnosticList
  ) -> ScenarioReading {
    var problems = problems
    guard var root = file.root else {
      return ScenarioReading(scenario: nil, diagnostics: problems.sorted(), bytes: file.bytes)
    }
    for (index, override) in overrides.enumerated() {
      override.apply(to: &root, index: index, problems: &problems)
    }
    let folder = (file.path as NSString).deletingLastPathComponent
    var decoder = ScenarioDecoder(problems: problems, source: file.source, folder: folder)
    let scenario = decoder.scenario(root, path: file.path)
    return ScenarioReading(
      scenario: decoder.problems.errorCount == 0 ? scenario : nil, diagnostics: decoder.problems.sorted(),
      bytes: file.bytes)
  }
}

/// What came out of reading a scenario.
public struct ScenarioReading: Sendable {
  /// The scenario, `nil` if there is an error.
  public var scenario: Scenario?
  /// Everything found wrong, in the order in which it stands; without a scenario at least one error.
  public var diagnostics: [Diagnostic]
  /// The bytes of the file as they were read; empty if it could not be.
  public var bytes: [UInt8]
}

extension ScenarioDecoder {
  /// Reads the top level.
  mutating func scenario(_ root: ScenarioNode, path: String) -> Scenario? {
    guard root.map != nil, var reader = map(root, name: "scenario", origin: .start) else {
      error(
        "a scenario is a map with the keys 'loschmidt', 'seed', 'process' and 'experiments', got \(root.shown)",
        at: root.origin)
      return nil
    }
    let version = reader.required("loschmidt")
    let title = reader.optional("title")
    let seed = reader.required("seed")
    let process = reader.required("process")
    let experiments = reader.required("experiments")
    reader.finish(&problems)
    if let version { checkVersion(version.value) }
    let text = title.flatMap { self.text($0.value, "title") }
    let number = seed.flatMap { self.seed($0.value) }
    let law = process.flatMap { self.process($0) }
    let list = experiments.flatMap { self.experiments($0) }
    guard let number, let law, let list else { return nil }
    return Scenario(
      path: path, title: text, seed: number, process: law, experiments: list,
      outsideFiles: context.outsideFile.map { [$0] } ?? [])
  }

  private mutating func checkVersion(_ node: ScenarioNode) {
    let known = Scenario.formatVersion
    guard let version = integer(node, "loschmidt", in: 0...Int.max), version != known else { return }
    error(
      "'loschmidt' is the version of the format, got \(version); this program reads version \(known)", at: node.origin)
  }

  private mutating func experiments(_ entry: ScenarioNode.Entry) -> [ExperimentSpecification]? {
    guard let items = entry.value.list, !items.isEmpty else {
      error(
        "'experiments' must be a list with at least one experiment, got \(entry.value.shown)", at: entry.value.origin)
      return nil
    }
    var specifications: [ExperimentSpecification] = []
    for item in items {
      guard let choice = choice(item, "experiments", what: "an experiment") else { continue }
      if let settings = decode(choice, in: Catalogue.experiments, kind: "experiment") {
        specifications.append(ExperimentSpecification(settings))
      }
    }
    return specifications.count == items.count ? specifications : nil
  }
}
