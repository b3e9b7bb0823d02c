/// A table as comma-separated values, as RFC 4180 has them: a header row, then one observation a row.
///
/// Text is made printable. Text that begins with `=`, `+`, `-` or `@` and is no number would be a formula to a spreadsheet: it gets
/// an apostrophe in front and quotes around, `"'=1+1"`.
/// Numbers have the fewest digits that read back as the same double; a missing cell is empty, an empty text is `""`.
public enum CSVTable {
  /// The whole file; lines end in CR LF, as the RFC says.
  public static func document(_ table: Table) -> String {
    let header = table.columns.map { quotedWhereNeeded($0.name) }
    let rows = table.rows.map { $0.map(text) }
    return ([header] + rows).map { $0.joined(separator: ",") + "\r\n" }.joined()
  }

  /// The name of the file that holds a table: `<experiment index>-<kind>-<table>.csv`.
  ///
  /// Characters of the table's name other than letters, digits, `.`, `_` and `-` become `_`.
  public static func fileName(experiment index: Int, kind: String, table name: String) -> String {
    ResultFolder.File.stem(name, experiment: index, kind: kind) + ".csv"
  }

  private static func text(_ cell: Cell) -> String {
    switch cell {
    case .integer(let value): String(value)
    case .real(let value): value.isFinite ? NumberText.shortest(value) : ""
    case .text(let value): value.isEmpty ? "\"\"" : quotedWhereNeeded(value)
    case .missing: ""
    }
  }

  private static func quotedWhereNeeded(_ raw: String) -> String {
    let text = PrintableText.cleaned(raw)
    if isFormula(text) { return "\"'" + text.replacing("\"", with: "\"\"") + "\"" }
    // Unicode scalars, not characters: CR LF is a single character, and neither CR nor LF.
    guard text.unicodeScalars.contains(where: { "\",\r\n".unicodeScalars.contains($0) }) || text != text.trimmed else {
      return text
    }
    return "\"" + text.replacing("\"", with: "\"\"") + "\""
  }
}

extension CSVTable {
  /// Whether a spreadsheet would compute with a text; blanks in front do not keep it from that.
  private static func isFormula(_ text: String) -> Bool {
    let bare = text.trimmed
    guard let first = bare.first, "=+-@".contains(first) else { return false }
    return Double(bare) == nil
  }
}

extension String {
  /// The text without the spaces and tabs at both ends.
  fileprivate var trimmed: String {
    var slice = self[...]
    while let first = slice.first, first == " " || first == "\t" { slice.removeFirst() }
    while let last = slice.last, last == " " || last == "\t" { slice.removeLast() }
    return String(slice)
  }
}
