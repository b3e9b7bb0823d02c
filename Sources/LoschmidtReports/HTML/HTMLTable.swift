/// A table of a result as HTML, which sorts where scripts run.
struct HTMLTable {
  /// Longer tables are shortened: all of them is in their files.
  static let mostRows = 200
  /// Tables with more columns have smaller letters on paper.
  static let mostColumns = 10

  /// The element with what a reader should know about it.
  let text: String

  /// A table; `file` holds all of it.
  init(_ table: Table, file: String) {
    let rows = Array(table.rows.prefix(Self.mostRows))
    let columns = table.columns.indices.map { place in Self.texts(rows.map { $0[place] }) }
    let head = table.columns.enumerated().map { place, column in
      let isWord = rows.contains { if case .text = $0[place] { true } else { false } }
      let unit = column.unit.map { " <span class=\"unit\">\(HTMLText.escaped(Prose.unit($0)))</span>" } ?? ""
      let attributes = [("scope", "col")] + (isWord ? [("class", "word")] : [])
      return HTMLText.element("th", attributes, HTMLText.escaped(column.name) + unit)
    }
    let body = rows.indices.map { row in
      let cells = columns.indices.map { Self.cell(rows[row][$0], columns[$0][row]) }
      return "<tr>\(cells.joined())</tr>"
    }
    let element = HTMLText.element(
      "table", [("class", "sortable")],
      "<thead><tr>\(head.joined())</tr></thead>\n<tbody>\n\(body.joined(separator: "\n"))\n</tbody>")
    let many = table.columns.count > Self.mostColumns ? " many" : ""
    var parts = ["<div class=\"wide\(many)\" tabindex=\"0\">\(element)</div>"]
    if rows.count < table.rows.count {
      parts.append(
        HTMLText.paragraph(
          "The first \(rows.count) of \(table.rows.count) rows; all of them are in \(file).", class: "aside"))
    }
    parts += MissingCells.reasons(rows, of: table).map { HTMLText.paragraph($0.note, class: "aside") }
    text = parts.joined(separator: "\n")
  }

  /// The cells of a column in one notation.
  ///
  /// Whether a whole number was counted or computed makes no difference: `results.json` does not tell it.
  private static func texts(_ cells: [Cell]) -> [String] {
    let literals = cells.map(literal)
    let areWhole = literals.allSatisfy { $0 == nil || $0.flatMap(Int.init) != nil }
    var numbers = NumberText.column(areWhole ? [] : cells.compactMap(\.number), digits: 6)[...]
    return zip(cells, literals).map { cell, literal in
      switch cell {
      case .integer, .real: areWhole ? literal ?? "" : numbers.removeFirst()
      case .text(let value): value
      case .missing: "–"
      }
    }
  }

  /// A cell; numbers carry their full value, by which they are sorted.
  private static func cell(_ cell: Cell, _ text: String) -> String {
    switch cell {
    case .integer, .real:
      HTMLText.element("td", [("data-value", literal(cell) ?? "")], HTMLText.escaped(text.withMinus))
    case .text: HTMLText.element("td", [("class", "word")], HTMLText.escaped(text))
    case .missing(let reason): HTMLText.element("td", [("title", reason)], text)
    }
  }

  /// A number as the files have it.
  private static func literal(_ cell: Cell) -> String? {
    switch cell {
    case .integer(let value): String(value)
    case .real(let value): NumberText.shortest(value)
    case .text, .missing: nil
    }
  }
}

extension String {
  /// The number with a minus sign that is as wide as a digit.
  var withMinus: String { replacing("-", with: "−") }
}
