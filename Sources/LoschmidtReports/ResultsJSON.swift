import LoschmidtThermodynamics

/// `results.json`: everything that a run found, in full precision.
///
/// Keys stand in a fixed order and equal results give equal bytes. A value that does not exist is `null`, and its reason
/// stands beside it.
public enum ResultsJSON {
  /// The whole document.
  ///
  /// - Throws: `ResultFault` where a number is not finite or a missing value has no reason.
  public static func document(_ result: RunResult) throws(ResultFault) -> String {
    try value(result).document
  }

  /// Several results as one array, in their order.
  public static func document(_ results: [RunResult]) throws(ResultFault) -> String {
    var values: [JSONValue] = []
    for result in results {
      values.append(try value(result))
    }
    return JSONValue.array(values, .lines).document
  }

  private static func value(_ result: RunResult) throws(ResultFault) -> JSONValue {
    try result.validate()
    var members: [JSONValue.Member] = [
      .init("loschmidt", .text(result.program)),
      .init("format", .integer(Version.resultsFormat)),
      .init("scenario", .text(result.scenario)),
      .init("title", .optional(result.title)),
      .init("scenario_sha256", .text(result.scenarioSHA256)),
      .init("seed", .unsigned(result.seed)),
    ]
    if !result.overrides.isEmpty {
      members.append(.init("overrides", .array(result.overrides.map(JSONValue.text), .inline)))
    }
    if result.isInterrupted { members.append(.init("interrupted", .bool(true))) }
    if result.subject != RunSubject() { members.append(.init("process", value(result.subject))) }
    members += [
      .init("threads", .integer(result.threads)),
      .init("wall_seconds", .real(result.wallSeconds)),
      .init("experiments", .array(result.experiments.enumerated().map { value($1, index: $0) }, .lines)),
    ]
    return .object(members, .lines)
  }

  private static func value(_ experiment: ExperimentResult, index: Int) -> JSONValue {
    let samples = experiment.samples.map { value($0, experiment, index) }
    return .object(
      [
        .init("kind", .text(experiment.kind)),
        .init("title", .optional(experiment.title)),
        .init("figures", .object(experiment.figures.map { .init($0.name, value($0.value)) }, .lines)),
        .init("tables", .object(experiment.tables.map { .init($0.name, value($0.table)) }, .lines)),
        .init("verdicts", .array(experiment.verdicts.map(value), .lines)),
      ] + (samples.isEmpty ? [] : [.init("samples", .array(samples, .lines))]) + [
        .init("remarks", .array(experiment.remarks.map(JSONValue.text), .lines)),
        .init("plots", .array(FigureGallery.figures(of: experiment).map { .text($0.name) }, .inline)),
      ], .lines)
  }

  private static func value(_ subject: RunSubject) -> JSONValue {
    let formulas = subject.formulas.map { formula in
      JSONValue.object([.init("label", .text(formula.label)), .init("mathml", .text(formula.mathML))], .inline)
    }
    return .object(
      [
        .init("settings", .object(subject.settings.map { .init($0.key, .text($0.value)) }, .lines)),
        .init("formulas", .array(formulas, .lines)),
        .init("topics", .array(subject.topics.map(JSONValue.text), .inline)),
      ], .lines)
  }

  private static func value(_ samples: SampleArray, _ experiment: ExperimentResult, _ index: Int) -> JSONValue {
    let file = SampleArray.fileName(experiment: index, kind: experiment.kind, name: samples.name)
    return .object(
      [
        .init("name", .text(samples.name)), .init("file", .text(file)), .init("about", .text(samples.about)),
        .init("unit", .optional(samples.unit)), .init("shape", .array(samples.shape.map(JSONValue.integer), .inline)),
        .init("left_out", .integer(samples.leftOut)),
      ], .inline)
  }

  private static func value(_ figure: FigureValue) -> JSONValue {
    .object(
      [
        .init("value", .optional(figure.value)),
        .init("standard_error", .optional(figure.standardError)),
        .init("exact", .bool(figure.exact)),
        .init("unit", .optional(figure.unit)),
        .init("reason", .optional(figure.reason)),
      ], .inline)
  }

  private static func value(_ table: Table) -> JSONValue {
    var reasons: [JSONValue] = []
    for (number, row) in table.rows.enumerated() {
      for (column, cell) in zip(table.columns, row) {
        guard case .missing(let reason) = cell else { continue }
        let members: [JSONValue.Member] = [
          .init("row", .integer(number)), .init("column", .text(column.name)), .init("reason", .text(reason)),
        ]
        reasons.append(.object(members, .inline))
      }
    }
    return .object(
      [
        .init("columns", .array(table.columns.map { .text($0.name) }, .inline)),
        .init("units", .array(table.columns.map { .optional($0.unit) }, .inline)),
        .init("rows", .array(table.rows.map { .array($0.map(value), .inline) }, .lines)),
        .init("reasons", .array(reasons, .lines)),
      ], .lines)
  }

  private static func value(_ cell: Cell) -> JSONValue {
    switch cell {
    case .integer(let value): .integer(value)
    case .real(let value): .real(value)
    case .text(let value): .text(value)
    case .missing: .null
    }
  }

  private static func value(_ verdict: Verdict) -> JSONValue {
    .object(
      [
        .init("name", .text(verdict.name)),
        .init("claim", .text(verdict.claim)),
        .init("status", .text(verdict.status.rawValue)),
        .init("statistic", .optional(verdict.statistic)),
        .init("p_value", .optional(verdict.pValue)),
        .init("p_value_adjusted", .optional(verdict.adjustedPValue)),
        .init("expected", .optional(verdict.expected)),
        .init("estimate", .optional(verdict.estimate)),
        .init("standard_error", .optional(verdict.standardError)),
        .init("margin", .optional(verdict.margin)),
        .init("reason", .text(verdict.reason)),
        .init("note", .optional(verdict.note)),
      ], .lines)
  }
}
