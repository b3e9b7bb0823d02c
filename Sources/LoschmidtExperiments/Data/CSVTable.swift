import Foundation

/// The numbers of a CSV file with a header row.
///
/// Cells are separated by commas and may stand in double quotes, with `""` for a quote inside. Lines end with LF, CR LF
/// or CR; empty lines and a byte order mark are passed over. Every cell below the header must be a finite number.
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

  /// So many problems of a file are told one by one.
  static let problemLimit = 20

  /// Reads the file at `path`.
  ///
  /// - Parameters:
  ///   - path: The path to open, also used in messages.
  ///   - keep: Which columns are wanted, by name; the cells of the others are checked and left out.
  init(path: String, keep: (String) -> Bool) {
    if let data = try? Data(contentsOf: URL(fileURLWithPath: path), options: .mappedIfSafe) {
      self.init(data: data, path: path, keep: keep)
    } else {
      self.init(data: Data(), path: path, keep: keep)
      let why = FileManager.default.fileExists(atPath: path) ? "cannot be read" : "does not exist"
      problems = [Diagnostic("the file \(path.shown) \(why)", at: .file(path, line: 1, column: 1))]
    }
  }

  /// Reads the bytes of a file.
  init(data: Data, path: String, keep: (String) -> Bool) {
    data.withUnsafeBytes { raw in
      var parser = CSVParser(raw.bindMemory(to: UInt8.self))
      parser.parse(keep: keep)
      header = parser.header
      count = parser.rows
      for (index, name) in header.enumerated() where index < parser.columns.count {
        if let values = parser.columns[index], columns[name] == nil { columns[name] = values }
      }
      problems = parser.problems.map {
        Diagnostic($0.message, at: .file(path, line: $0.line, column: $0.column))
      }
      if parser.problemCount > problems.count, let last = problems.last {
        problems.append(Diagnostic("… and \(parser.problemCount - problems.count) more problems", at: last.place))
      }
    }
  }
}
