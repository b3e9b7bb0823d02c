import LoschmidtThermodynamics

/// A number of a result, with its error or the statement that it is exact.
public struct FigureValue: Sendable, Equatable {
  /// The number; `nil` where it does not exist, then `reason` says why.
  public var value: Double?
  /// The standard error; `nil` for exact values.
  public var standardError: Double?
  /// Whether the value has no statistical error.
  public var exact: Bool
  /// The unit, `nil` for a pure number.
  public var unit: String?
  /// Why there is no value, or no error of an estimate.
  public var reason: String?

  /// An exact value.
  public static func exact(_ value: Double, unit: String? = nil) -> FigureValue {
    FigureValue(value: value, standardError: nil, exact: true, unit: unit, reason: nil)
  }

  /// A statistical estimate with its standard error.
  ///
  /// The scatter of values that are the same to rounding says nothing about how far their mean is off: an error is never
  /// smaller than ``roundingBound(of:)``.
  public static func estimate(_ value: Double, standardError: Double, unit: String? = nil) -> FigureValue {
    FigureValue(
      value: value, standardError: max(standardError, roundingBound(of: value)), exact: false, unit: unit, reason: nil)
  }

  /// What rounding may add up to in a number that was computed in some hundreds of operations: 64 units of its last place.
  public static func roundingBound(of value: Double) -> Double { 64 * Double.ulpOfOne * abs(value) }

  /// A statistical estimate whose standard error does not exist, with the reason for that.
  public static func withoutError(_ value: Double, unit: String? = nil, reason: String) -> FigureValue {
    FigureValue(value: value, standardError: nil, exact: false, unit: unit, reason: reason)
  }

  /// A number that describes the sample itself, such as an effective sample size or a p-value: it has no error of its own.
  public static func descriptive(_ value: Double?, unit: String? = nil, otherwise reason: String) -> FigureValue {
    let isKnown = value?.isFinite == true
    return FigureValue(
      value: isKnown ? value : nil, standardError: nil, exact: false, unit: unit, reason: isKnown ? nil : reason)
  }

  /// A value that does not exist, with the reason.
  public static func missing(_ reason: String, unit: String? = nil) -> FigureValue {
    FigureValue(value: nil, standardError: nil, exact: true, unit: unit, reason: reason)
  }
}

/// One cell of a table.
public enum Cell: Sendable, Equatable {
  /// A whole number.
  case integer(Int)
  /// A real number; it must be finite.
  case real(Double)
  /// A word or a name.
  case text(String)
  /// No value, with the reason.
  case missing(reason: String)
}

/// A tidy table: one observation a row.
public struct Table: Sendable, Equatable {
  /// One column: its name in the files and its unit, `nil` for a pure number or a word.
  public struct Column: Sendable, Equatable {
    /// The name.
    public var name: String
    /// The unit.
    public var unit: String?
    /// A column.
    public init(_ name: String, unit: String? = nil) {
      self.name = name
      self.unit = unit
    }
  }

  /// The columns in order.
  public var columns: [Column]
  /// The rows; each has one cell a column.
  public private(set) var rows: [[Cell]]

  /// An empty table.
  public init(columns: [Column]) {
    self.columns = columns
    rows = []
  }

  /// Adds a row.
  public mutating func append(_ row: [Cell]) {
    precondition(row.count == columns.count, "a row needs one cell for each of the table's columns")
    rows.append(row)
  }
}

/// Everything that one experiment found.
public struct ExperimentResult: Sendable {
  /// The name of the experiment, such as `potentials`.
  public var kind: String
  /// The title that the scenario gives it.
  public var title: String?
  /// Named numbers, in the order in which they are shown.
  public var figures: [(name: String, value: FigureValue)]
  /// Named tables, in the order in which they are shown.
  public var tables: [(name: String, table: Table)]
  /// The verdicts.
  public var verdicts: [Verdict]
  /// Numbers of single trajectories.
  public var samples: [SampleArray]
  /// Remarks on the run that a reader should see, in full sentences.
  public var remarks: [String]

  /// A result without content.
  public init(kind: String, title: String? = nil) {
    self.kind = kind
    self.title = title
    figures = []
    tables = []
    verdicts = []
    samples = []
    remarks = []
  }
}

/// Everything that one run of a scenario found.
public struct RunResult: Sendable {
  /// The version of the program that did the run.
  public var program = Version.current
  /// The stem of the scenario's file name.
  public var scenario: String
  /// The title of the scenario.
  public var title: String?
  /// SHA-256 of the scenario's bytes, in hexadecimal.
  public var scenarioSHA256: String
  /// The seed.
  public var seed: UInt64
  /// Keys that the command line overrode, as `key=value`.
  public var overrides: [String]
  /// The number of threads that were used.
  public var threads: Int
  /// The elapsed time in seconds.
  public var wallSeconds: Double
  /// Whether the run was stopped before its end: then the last experiment has fewer trajectories, and others may be missing.
  public var isInterrupted: Bool
  /// One result per experiment, in the order of the scenario.
  public var experiments: [ExperimentResult]
  /// What the run was about.
  public var subject: RunSubject
  /// Faults of the program that took a part of the results, in full sentences; their experiments have them as remarks.
  public var faults: [String] = []

  /// A result from its parts.
  public init(
    scenario: String, title: String?, scenarioSHA256: String, seed: UInt64, overrides: [String] = [],
    threads: Int, wallSeconds: Double, isInterrupted: Bool = false, experiments: [ExperimentResult],
    subject: RunSubject = RunSubject()
  ) {
    self.scenario = scenario
    self.title = title
    self.scenarioSHA256 = scenarioSHA256
    self.seed = seed
    self.overrides = overrides
    self.threads = threads
    self.wallSeconds = wallSeconds
    self.isInterrupted = isInterrupted
    self.experiments = experiments
    self.subject = subject
  }
}
