/// A table laid out for a terminal: aligned columns, a few rows of a long table, what does not fit named.
struct TerminalTable {
  /// The table.
  var table: Table
  /// Where the whole table is.
  var file: String
  /// The characters of a line that may be used; `nil` for no limit.
  var width: Int?

  /// So many different reasons of missing cells are shown.
  static let mostReasons = 8
  /// Tables up to this length are shown whole.
  static let longest = 20
  /// Of a longer one, so many rows from its beginning and its end.
  static let ends = (first: 10, last: 4)

  /// The lines: a header, the rows, what was left out, why cells are missing.
  var lines: [Line] {
    let full = columns(digits: 6)
    let columns = fits(full) ? full : columns(digits: 4)
    var shown = columns
    while shown.count > 1, !fits(shown) { shown.removeLast() }
    let rowCount = columns.first.map { $0.count - 1 } ?? 0
    var lines: [Line] = []
    for row in 0...rowCount {
      let text = shown.map { $0[row] }.joined(separator: Self.gap).withoutTrailingSpaces
      lines.append(Line(text: text, isHeader: row == 0))
      if isShortened, row == Self.ends.first { lines.append(Line(text: "⋮")) }
    }
    return lines + notes(hidden: table.columns.dropFirst(shown.count).map(\.name))
  }

  /// One line of the table.
  struct Line: Equatable {
    /// The text, without a newline.
    var text: String
    /// Whether the line holds the names of the columns.
    var isHeader = false
    /// Whether the line is prose, to be wrapped.
    var isProse = false
  }

  private static let gap = "  "

  private var isShortened: Bool { table.rows.count > Self.longest }

  private var rows: [[Cell]] {
    isShortened ? Array(table.rows.prefix(Self.ends.first) + table.rows.suffix(Self.ends.last)) : table.rows
  }

  private func fits(_ columns: [[String]]) -> Bool {
    guard let width else { return true }
    return columns.map { $0[0].count }.reduce(0, +) + Self.gap.count * (columns.count - 1) <= width
  }

  /// Every column as texts of one width, the first of them its header.
  private func columns(digits: Int) -> [[String]] {
    let rows = rows
    return table.columns.indices.map { index in
      let column = table.columns[index]
      return Self.column(
        header: column.unit.map { "\(column.name) [\($0)]" } ?? column.name, cells: rows.map { $0[index] },
        digits: digits)
    }
  }

  private static func column(header: String, cells: [Cell], digits: Int) -> [String] {
    let reals = cells.compactMap { cell -> Double? in if case .real(let value) = cell { value } else { nil } }
    var realTexts = NumberText.column(reals, digits: digits)[...]
    let texts = cells.map { cell in
      switch cell {
      case .integer(let value): String(value)
      case .real: realTexts.removeFirst()
      case .text(let text): Prose.printable(text)
      case .missing: "–"
      }
    }
    let isWords = cells.contains { if case .text = $0 { true } else { false } }
    let aligned = isWords ? texts : NumberText.alignedAtPoint(texts)
    let width = max(header.count, aligned.map(\.count).max() ?? 0)
    return ([header] + aligned).map { text in
      let padding = String(repeating: " ", count: width - text.count)
      return isWords ? text + padding : padding + text
    }
  }

  /// What the table does not show, and why cells are missing.
  private func notes(hidden: [String]) -> [Line] {
    var notes: [String] = []
    if isShortened {
      notes.append("\(rows.count) of \(table.rows.count) rows; all of them are in \(file).")
    }
    if !hidden.isEmpty {
      notes.append("No room for \(hidden.joined(separator: ", ")): see \(file).")
    }
    let reasons = MissingCells.reasons(table.rows, of: table)
    notes += reasons.prefix(Self.mostReasons).map { $0.count == 1 ? $0.note : "\($0.note) (\($0.count) cells)" }
    if reasons.count > Self.mostReasons {
      notes.append("– \(reasons.count - Self.mostReasons) more reasons are in results.json.")
    }
    return notes.map { Line(text: Prose.printable($0), isProse: true) }
  }
}
