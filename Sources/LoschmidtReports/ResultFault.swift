import LoschmidtThermodynamics

/// A result that breaks the rules of results: a fault of the program, never of the scenario.
public enum ResultFault: Error, Sendable, Equatable {
  /// A number is infinite or not a number. Such a value must be missing, with its reason.
  case notFinite(place: String)
  /// A value is missing and nothing says why.
  case unexplained(place: String)
  /// Two things that must differ bear the same name.
  case repeatedName(place: String)
}

extension ResultFault: CustomStringConvertible {
  /// The fault in one sentence without a full stop.
  public var description: String {
    switch self {
    case .notFinite(let place): "\(place) is not a finite number"
    case .unexplained(let place): "\(place) has no value and no reason for that"
    case .repeatedName(let place): "\(place) is there twice"
    }
  }
}

extension RunResult {
  /// Makes sure that every number is finite, every missing value has its reason, and no name is there twice.
  public func validate() throws(ResultFault) {
    try Self.finite(wallSeconds, "the elapsed time")
    for (index, experiment) in experiments.enumerated() {
      let place = "of experiment \(index) (\(experiment.kind))"
      try Self.distinct(experiment.figures.map(\.name), "the figure", place)
      try Self.distinct(experiment.tables.map(\.name), "the table", place)
      let files = experiment.tables.map { CSVTable.fileName(experiment: index, kind: experiment.kind, table: $0.name) }
      try Self.distinct(files, "the file", place)
      try Self.distinct(experiment.verdicts.map(\.name), "the verdict", place)
      for (name, figure) in experiment.figures {
        try Self.finite(figure.value, "the figure \(name) \(place)")
        try Self.finite(figure.standardError, "the standard error of \(name) \(place)")
        if figure.value == nil, figure.reason?.isEmpty ?? true {
          throw .unexplained(place: "the figure \(name) \(place)")
        }
      }
      for (name, table) in experiment.tables {
        try Self.validate(table, "the table \(name) \(place)")
      }
      let arrays = experiment.samples.map {
        SampleArray.fileName(experiment: index, kind: experiment.kind, name: $0.name)
      }
      try Self.distinct(arrays, "the file", place)
      for samples in experiment.samples where !(samples.values ?? []).allSatisfy(\.isFinite) {
        throw .notFinite(place: "a number of the samples \(samples.name) \(place)")
      }
      for verdict in experiment.verdicts {
        try Self.validate(verdict, "the verdict \(verdict.name) \(place)")
      }
    }
  }

  private static func validate(_ table: Table, _ place: String) throws(ResultFault) {
    try distinct(table.columns.map(\.name), "the column", "of \(place)")
    for (number, row) in table.rows.enumerated() {
      for (column, cell) in zip(table.columns, row) {
        switch cell {
        case .real(let value): try finite(value, "row \(number), column \(column.name) of \(place)")
        case .missing(let reason) where reason.isEmpty:
          throw .unexplained(place: "row \(number), column \(column.name) of \(place)")
        case .integer, .text, .missing: break
        }
      }
    }
  }

  private static func validate(_ verdict: Verdict, _ place: String) throws(ResultFault) {
    try finite(verdict.statistic, "the statistic of \(place)")
    try finite(verdict.pValue, "the p-value of \(place)")
    try finite(verdict.adjustedPValue, "the adjusted p-value of \(place)")
    try finite(verdict.expected, "the expected value of \(place)")
    try finite(verdict.estimate, "the estimate of \(place)")
    try finite(verdict.standardError, "the standard error of \(place)")
    try finite(verdict.margin, "the margin of \(place)")
  }

  private static func finite(_ value: Double?, _ place: String) throws(ResultFault) {
    if let value, !value.isFinite { throw .notFinite(place: place) }
  }

  private static func distinct(_ names: [String], _ what: String, _ place: String) throws(ResultFault) {
    var seen: Set<String> = []
    for name in names where !seen.insert(name).inserted {
      throw .repeatedName(place: "\(what) \(name) \(place)")
    }
  }
}
