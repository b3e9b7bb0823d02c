import Foundation

/// The numbers of a CSV file with a header row.
///
/// Cells are separated as ``CSVDialect`` says and may stand in double quotes, with `""` for a quote inside. Lines end with
/// LF, CR LF or CR; empty lines and a byte order mark are passed over. Every cell of a column that is kept must be a finite
/// number; what the others hold does not count.
/// One pass over the bytes; memory is that of the columns that are kept.
struct CSVTable: Sendable {
  /// The names in the header, in their order.
  private(set) var header: [String] = []
  /// The columns that were kept, by name.
  private(set) var columns: [String: [Double]] = [:]
  /// The number of rows below the header.
  private(set) var count = 0
  /// What is wrong with the file, at most ``problemLimit`` problems and one that counts the others.
  private(set) var problems: [Diagnostic] = []

  /// Whether the file is not the table that it was read as, so that its header says nothing.
  private(set) var isUnreadable = false

  /// So many problems of a file are told one by one.
  static let problemLimit = 20

  /// Reads the file at `path`.
  ///
  /// - Parameters:
  ///   - path: The path to open, also used in messages.
  ///   - dialect: How the cells and numbers are written.
  ///   - wanted: The names that must be there, for which a cause is looked for where they are not.
  ///   - keep: Which columns are wanted, by name; the cells of the others are not read.
  init(path: String, dialect: CSVDialect = .usual, wanted: Set<String> = [], keep: (String) -> Bool) {
    if let data = try? Data(contentsOf: URL(fileURLWithPath: path), options: .mappedIfSafe) {
      self.init(data: data, path: path, dialect: dialect, wanted: wanted, keep: keep)
    } else {
      self.init(data: Data(), path: path, dialect: dialect, keep: keep)
      let why = FileManager.default.fileExists(atPath: path) ? "cannot be read" : "does not exist"
      problems = [Diagnostic("the file \(path.shown) \(why)", at: .file(path, line: 1, column: 1))]
    }
  }

  /// Reads the bytes of a file.
  init(
    data: Data, path: String, dialect: CSVDialect = .usual, wanted: Set<String> = [], keep: (String) -> Bool
  ) {
    data.withUnsafeBytes { raw in
      let bytes = raw.bindMemory(to: UInt8.self)
      if let kind = CSVCause.ofKind(bytes) { return blame(kind, path) }
      var parser = CSVParser(bytes, dialect: dialect)
      parser.parse(keep: keep)
      header = parser.header
      count = parser.rows
      for (index, name) in header.enumerated() where index < parser.columns.count {
        if let values = parser.columns[index], columns[name] == nil { columns[name] = values }
      }
      let isWhole = parser.problems.isEmpty && wanted.allSatisfy { header.contains($0) }
      if !isWhole, let cause = CSVCause.find(bytes, parser, dialect) { return blame(cause, path) }
      problems = parser.problems.map {
        Diagnostic($0.message, at: .file(path, line: $0.line, column: $0.column))
      }
      if parser.problemCount > problems.count, let last = problems.last {
        problems.append(Diagnostic("… and \(parser.problemCount - problems.count) more problems", at: last.place))
      }
    }
  }

  /// Says the one cause in place of everything that follows from it.
  private mutating func blame(_ cause: CSVCause.Finding, _ path: String) {
    problems = [Diagnostic(cause.message, at: .file(path, line: cause.line, column: cause.column))]
    isUnreadable = true
  }
}
