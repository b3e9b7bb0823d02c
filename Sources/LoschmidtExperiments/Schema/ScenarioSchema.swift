import LoschmidtReports

/// The JSON Schema of the scenario format, for editors and validators.
///
/// It is draft 7, which editors read. What it says comes from the catalogue and the limits that the reader has; what it
/// cannot say is left to the reader: whether expressions have a meaning, what the data hold, and what one key demands of
/// another.
public enum ScenarioSchema {
  /// The schema as a document of JSON.
  public static var document: String {
    var members: [JSONValue.Member] = [
      .init("$schema", .text("http://json-schema.org/draft-07/schema#")),
      .init("title", .text("Loschmidt scenario, version \(Scenario.formatVersion)")),
      .init(
        "description",
        .text("A stochastic process and the experiments to run on it; `loschmidt check` finds what no schema can.")),
    ]
    guard case .object(let root, _) = scenario.json() else { preconditionFailure("a map is an object of JSON") }
    members += root
    let definitions = definitions.map { JSONValue.Member($0.name, $0.schema.json()) }
    members.append(.init("definitions", .object(definitions, .lines)))
    return JSONValue.object(members, .lines).document
  }

  /// The top level.
  static var scenario: Schema {
    let version = Scenario.formatVersion
    return .map([
      .required("loschmidt", .whole(version...version), "the version of the format: \(version)"),
      .init("title", .text, "the title of the run"),
      .required("seed", .seed, "the seed of all random numbers, 0 … 2⁶⁴ − 1"),
      .required("process", ProcessSchema.process, "the stochastic process"),
      .required(
        "experiments", .list(.choice(of: Catalogue.experiments)),
        "the experiments, each a map with its name as the one key"),
    ])
  }

  /// What several places share.
  static var definitions: [(name: String, schema: Schema)] {
    let generator = ProcessSchema.byCoordinate(.definition("expression"), least: 1)
    return [
      ("expression", .expression(.finite)), ("value", ProcessSchema.value), ("shape", ProcessSchema.shape),
      ("parameter", ProcessSchema.parameter), ("data", ProcessSchema.data),
      ("gradient", .choice(of: Catalogue.gradients)), ("point", ProcessSchema.point), ("points", ProcessSchema.points),
      ("generators", .names(NamePattern.any, to: generator, least: 1)),
    ]
  }
}
