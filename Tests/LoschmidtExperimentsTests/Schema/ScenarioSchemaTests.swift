import Foundation
import LoschmidtTestSupport
import Testing

@testable import LoschmidtExperiments

/// The schema and the reader give the same answer, but for what only the reader can know.
@Suite struct ScenarioSchemaTests {
  /// The root of the repository.
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  private static func files(_ folder: String) -> [URL] {
    let place = root.appending(path: folder)
    let names = (try? FileManager.default.contentsOfDirectory(atPath: place.path)) ?? []
    return names.filter { $0.hasSuffix(".yaml") }.sorted().map { place.appending(path: $0) }
  }

  private static let scenarios = files("scenarios")
  private static let good = files("Tests/ScenarioTests/Schema/good")
  private static let bad = files("Tests/ScenarioTests/Schema/bad")

  private func validator() throws -> SchemaValidator {
    try SchemaValidator(try PlainValue(document: ScenarioSchema.document))
  }

  /// The tree of a file, and the text for places in it.
  private func tree(_ file: URL) throws -> (root: ScenarioNode, source: SourceText) {
    let source = SourceText(Array(try Data(contentsOf: file)))
    return (try #require(ScenarioTree(reading: source).root), source)
  }

  /// What the reader finds wrong with a tree.
  private func errors(_ node: ScenarioNode, _ file: URL, _ source: SourceText = SourceText([])) -> [String] {
    var decoder = ScenarioDecoder(
      problems: DiagnosticList(path: file.path), source: source, folder: file.deletingLastPathComponent().path)
    _ = decoder.scenario(node, path: file.path)
    return decoder.problems.sorted().filter { $0.severity == .error }.map(\.message)
  }

  // MARK: Corpora

  @Test func thereAreFiles() {
    #expect(Self.scenarios.count > 40 && Self.good.count > 20 && Self.bad.count > 140)
  }

  @Test func soundScenariosAreAcceptedByBoth() throws {
    let validator = try validator()
    for file in Self.scenarios + Self.good {
      #expect(validator.faults(of: try tree(file).root.plain) == [], "\(file.lastPathComponent)")
    }
    for file in Self.good { #expect(errors(try tree(file).root, file) == [], "\(file.lastPathComponent)") }
  }

  @Test func everyDefectIsFoundByBoth() throws {
    let validator = try validator()
    for file in Self.bad {
      let (root, source) = try tree(file)
      #expect(!validator.faults(of: root.plain).isEmpty, "the schema accepts \(file.lastPathComponent)")
      #expect(errors(root, file, source).count == 1, "\(file.lastPathComponent): \(errors(root, file, source))")
    }
  }

  /// A name that the catalogue has for later is no key of the schema, and every other one is.
  @Test func namesAreThoseOfTheCatalogue() throws {
    let schema = try PlainValue(document: ScenarioSchema.document)
    let process = schema["properties"]?["process"]?["properties"]
    let experiments = schema["properties"]?["experiments"]?["items"]?["properties"]
    #expect(process?["algorithm"]?["properties"]?.keys == ready(.algorithms))
    #expect(experiments?.keys == ready(.experiments))
    guard case .list(let choices)? = schema["definitions"]?["gradient"]?["anyOf"] else {
      Issue.record("a gradient is a word or a map")
      return
    }
    #expect(choices.last?["properties"]?.keys == ready(.gradients))
  }

  private func ready(_ section: Catalogue.Section) -> [String] {
    Catalogue.entries(in: section).filter { !$0.isLater }.map(\.name).sorted()
  }

  // MARK: Systematic changes

  /// What the reader alone knows, by pieces of what it says.
  private static let readersRules = [
    // Expressions.
    "in '", "is not a known name",
    // Data, and shapes of arrays.
    "must be equally long", "the file has no column", "the file of 'csv' does not exist", "is larger than the data",
    "numbers like the first", "entries for the shape", "must be a number, got a list", "there is no element",
    "a grid runs over numbers", "must have one entry for each of", "a row of '", "one for each of the",
    "must be symmetric", "must be positive definite", "got one with the eigenvalue", "does not occur in the loss",
    // What one key demands of another: names of parameters first.
    "unknown parameter", "in 'force'", "in 'temperature'", "'temperature' needs the key",
    "needs a distribution for", "must be same, stationary, or a map of parameters", "cannot run: ", "needs a 'loss'",
    "needs an 'observable'", "'every' must be a whole number, 1 … ", "'selects' needs", "the generator '",
    "so that nothing is to be selected", "'reference' must be a whole number, 0 … ", "must be at least 2 where",
    "needs a density", "has inf twice", "infinite or NaN at", "cannot be measured: ",
    "needs a number for every parameter", "has no standard error: ",
    // The size of a number in quotes.
    "between 0 and 0.5, got '1'", "other than 1, or none, got '1'",
  ]

  /// Every change of the nodes of sound scenarios: some of the corpus, with LOSCHMIDT_LONG_TESTS=1 all, and some of
  /// `scenarios/`.
  ///
  /// What the schema refuses the reader refuses, and what only the reader refuses is a rule of its own.
  @Test func everyDisagreementIsARuleOfTheReader() throws {
    let isLong = ProcessInfo.processInfo.environment["LOSCHMIDT_LONG_TESTS"] == "1"
    let validator = try validator()
    // Prime numbers, so that every kind of change comes up; the data of scenarios take their time to read.
    var (agreed, own, count) = (0, 0, 0)
    var unused = Set(Self.readersRules)
    for file in Self.good + (isLong ? Self.scenarios : []) {
      let (root, source) = try tree(file)
      let stride = !isLong ? 53 : Self.good.contains(file) ? 1 : 61
      for change in SchemaChange.all(of: root) {
        count += 1
        guard count % stride == 0 else { continue }
        let isRefused = !validator.faults(of: change.root.plain).isEmpty
        let errors = errors(change.root, file, source)
        if isRefused == !errors.isEmpty { agreed += 1 } else { own += 1 }
        if isRefused { #expect(!errors.isEmpty, "only the schema refuses \(file.lastPathComponent)\(change.what)") }
        guard !isRefused else { continue }
        for error in errors {
          let rules = Self.readersRules.filter { error.contains($0) }
          unused.subtract(rules)
          guard rules.isEmpty else { continue }
          Issue.record("the schema accepts \(file.lastPathComponent)\(change.what): \(error)")
        }
      }
    }
    // A rule that nothing needs would only hide a disagreement.
    if isLong { #expect(unused.isEmpty) }
    // Most changes are found by both; the rest are rules of the reader.
    #expect(agreed > 5 * own && own > 0, "\(agreed) and \(own)")
  }
}
