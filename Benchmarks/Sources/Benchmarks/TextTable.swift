import Foundation

/// Lines with aligned columns; the first column is flush left, numbers are flush right.
struct TextTable {
  private var rows: [[String]]

  /// A table with the heads of its columns.
  init(_ heads: [String]) { rows = [heads] }

  mutating func append(_ cells: [String]) { rows.append(cells) }

  /// All lines.
  var text: String {
    let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      zip(row, widths).enumerated().map { column, cell in
        let space = String(repeating: " ", count: cell.1 - cell.0.count)
        return column == 0 ? cell.0 + space : space + cell.0
      }.joined(separator: "  ")
    }.joined(separator: "\n")
  }
}

extension Double {
  /// The number with two decimals, or with three digits if it is large.
  var cell: String { String(format: self < 100 ? "%.2f" : "%.0f", self) }
}
