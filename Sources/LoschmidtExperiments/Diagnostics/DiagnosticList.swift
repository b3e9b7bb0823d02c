/// The problems found so far while a scenario is read.
struct DiagnosticList {
  /// So many problems are kept in full; a file with more is shown these and the number of the others.
  static let limit = 100

  private(set) var all: [Diagnostic] = []
  private var leftOut = 0
  private(set) var errorCount = 0

  private let path: String
  private let overrides: [String]

  /// An empty list for the scenario at `path`; `overrides` are the names of the settings of the command line.
  init(path: String, overrides: [String] = []) {
    self.path = path
    self.overrides = overrides
  }

  /// Adds an error.
  mutating func error(_ message: String, at origin: Origin) {
    add(Diagnostic(message, at: place(of: origin)))
  }

  /// Adds a warning.
  mutating func warning(_ message: String, at origin: Origin) {
    add(Diagnostic(message, at: place(of: origin), severity: .warning))
  }

  /// Adds a problem of another file, such as a CSV.
  mutating func add(_ diagnostic: Diagnostic) {
    if diagnostic.severity == .error { errorCount += 1 }
    if all.count < Self.limit { all.append(diagnostic) } else { leftOut += 1 }
  }

  /// Everything in the order in which it stands: settings of the command line, the scenario, other files.
  func sorted() -> [Diagnostic] {
    let order = all.enumerated().sorted { left, right in
      let (a, b) = (rank(left.element.place), rank(right.element.place))
      return a == b ? left.offset < right.offset : a < b
    }
    var result = order.map(\.element)
    if leftOut > 0 {
      let last = result[result.count - 1]
      result.append(Diagnostic("… and \(leftOut) more problems that are not shown", at: last.place))
    }
    return result
  }

  private func rank(_ place: Diagnostic.Place) -> (Int, Int, Int) {
    switch place {
    case .override: (0, 0, 0)
    case .file(let file, let line, let column): (file == path ? 1 : 2, line, column)
    }
  }

  private func place(of origin: Origin) -> Diagnostic.Place {
    switch origin {
    case .text(let line, let column): .file(path, line: Int(line), column: Int(column))
    case .override(let index): .override(overrides[Int(index)])
    }
  }
}
