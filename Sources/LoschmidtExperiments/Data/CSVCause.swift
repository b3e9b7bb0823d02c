import LoschmidtReports

/// The one reason why a file cannot be read as a table, where it can be told from its bytes.
///
/// It is looked for only when something is missing or wrong, so that a file which happens to look odd is read all the
/// same.
enum CSVCause {
  /// A cause at a place; line and column count from 1.
  struct Finding: Equatable {
    var line: Int
    var column: Int
    var message: String
  }

  /// What a file is that is no text in UTF-8 at all: compressed, a workbook, an array, UTF-16.
  static func ofKind(_ bytes: UnsafeBufferPointer<UInt8>) -> Finding? {
    if let other = kinds.first(where: { bytes.starts(with: $0.magic) }) {
      return Finding(line: 1, column: 1, message: "the file is no text but \(other.what); \(other.remedy)")
    }
    if bytes.starts(with: [0xFF, 0xFE, 0, 0]) || bytes.starts(with: [0, 0, 0xFE, 0xFF]) {
      return Finding(
        line: 1, column: 1,
        message: "the file is in UTF-32; save it as UTF-8, such as by 'iconv -f UTF-32 -t UTF-8'")
    }
    let hasMark = bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF])
    guard hasMark || bytes.prefix(4096).contains(0) else { return nil }
    return Finding(
      line: 1, column: 1,
      message: hasMark || isWide(bytes)
        ? "the file is in UTF-16; save it as UTF-8, such as by 'iconv -f UTF-16 -t UTF-8'"
        : "the file is no text: it has bytes of zero; a table is text in UTF-8")
  }

  private static let kinds: [(magic: [UInt8], what: String, remedy: String)] = [
    ([0x1F, 0x8B], "compressed by gzip", "unpack it with 'gunzip'"),
    ([0x42, 0x5A, 0x68], "compressed by bzip2", "unpack it with 'bunzip2'"),
    ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0], "compressed by xz", "unpack it with 'unxz'"),
    ([0x28, 0xB5, 0x2F, 0xFD], "compressed by zstd", "unpack it with 'unzstd'"),
    ([0x50, 0x4B, 0x03, 0x04], "a zip archive or a workbook of a spreadsheet", "unpack it, or save the sheet as CSV"),
    ([0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59], "an array of NumPy", "write it as CSV with 'numpy.savetxt'"),
    ([0x89, 0x48, 0x44, 0x46], "a file of HDF5", "write the table as CSV"),
    ([0x50, 0x41, 0x52, 0x31], "a file of Parquet", "write the table as CSV"),
  ]

  /// Whether every second byte at the beginning is zero, as in English text in UTF-16 without a mark.
  private static func isWide(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    let start = Array(bytes.prefix(64))
    let (even, odd) = (
      stride(from: 0, to: start.count, by: 2).count { start[$0] == 0 },
      stride(from: 1, to: start.count, by: 2).count { start[$0] == 0 }
    )
    return max(even, odd) * 2 > start.count * 9 / 10 && min(even, odd) == 0
  }

  /// The cause behind a table in which columns are missing or cells are wrong.
  ///
  /// - Parameters:
  ///   - bytes: The file.
  ///   - parser: What was read of it.
  ///   - dialect: How it was read.
  /// - Returns: The cause; `nil` where none is seen.
  static func find(_ bytes: UnsafeBufferPointer<UInt8>, _ parser: CSVParser, _ dialect: CSVDialect) -> Finding? {
    guard !parser.header.isEmpty else { return nil }
    return comment(bytes, parser, dialect) ?? instruction(parser) ?? encoding(bytes)
      ?? separator(bytes, parser, dialect) ?? decimal(parser, dialect) ?? headless(parser, dialect) ?? rowNames(parser)
  }

  private static func comment(
    _ bytes: UnsafeBufferPointer<UInt8>, _ parser: CSVParser, _ dialect: CSVDialect
  ) -> Finding? {
    guard parser.header[0].hasPrefix("#") else { return nil }
    let lines = firstLines(bytes, parser, 1000)
    let count = lines.prefix { $0.hasPrefix("#") }.count
    let line = parser.headerStart.line
    if count > 1 {
      return Finding(
        line: line, column: 1,
        message:
          "the file begins with \(count) lines of comment, the first is \(lines[0].shown); the first row must be "
          + "the names of the columns, so take the lines that begin with # out")
    }
    let counts = lines.prefix(2).map { cells($0, dialect.separator).count }
    if counts.count == 2, counts[0] != counts[1] {
      return Finding(
        line: line, column: 1,
        message: "the file begins with the comment \(lines[0].shown); the first row must be the names of the "
          + "columns, so take that line out")
    }
    return Finding(
      line: line, column: 1,
      message: "the header row begins with #, as numpy.savetxt writes it, so the first column is called "
        + "\(parser.header[0].shown); take the # out, or write the file with comments=''")
  }

  /// The line by which Excel is told the separator.
  private static func instruction(_ parser: CSVParser) -> Finding? {
    let first = parser.header[0]
    guard first.lowercased().hasPrefix("sep="), parser.header.dropFirst().allSatisfy(\.isEmpty) else { return nil }
    // The separator itself has cut the cell where it is the present one.
    let sign = first.count > 4 ? String(first.dropFirst(4)) : ","
    return Finding(
      line: parser.headerStart.line, column: 1,
      message: "the first line, \("sep=\(sign)".shown), is for Excel; take it out"
        + (sign == "," ? "" : ", and write 'separator: \"\(sign)\"' beside 'csv'"))
  }

  private static func encoding(_ bytes: UnsafeBufferPointer<UInt8>) -> Finding? {
    guard let offset = UTF8Check.firstInvalidByte(Array(bytes)) else { return nil }
    let before = bytes[..<offset]
    let line = before.count { $0 == 0x0A } + 1
    let start = (before.lastIndex(of: 0x0A) ?? -1) + 1
    let column = bytes[start..<offset].count { $0 & 0xC0 != 0x80 } + 1
    let byte = String(bytes[offset], radix: 16, uppercase: true)
    return Finding(
      line: line, column: column,
      message:
        "the file is not UTF-8: the byte 0x\(byte) does not fit; it seems to be Latin-1 or Windows-1252, so save it "
        + "as UTF-8, such as by 'iconv -f LATIN1 -t UTF-8'")
  }

  /// Another separator that cuts the first lines into equally many cells, two at least, while the present one does not.
  private static func separator(
    _ bytes: UnsafeBufferPointer<UInt8>, _ parser: CSVParser, _ dialect: CSVDialect
  ) -> Finding? {
    guard parser.namedCells <= 1 || parser.raggedCount != nil else { return nil }
    let lines = firstLines(bytes, parser, 20)
    guard lines.count > 1 else { return nil }
    for (text, words) in [(";", "semicolons"), ("\t", "tabs"), (",", "commas"), ("|", "'|'"), (" ", "white space")] {
      guard let own = CSVDialect.separator(text), own != dialect.separator else { continue }
      let counts = lines.map { cells($0, own).count }
      guard counts[0] > 1, counts.allSatisfy({ $0 == counts[0] }) else { continue }
      let written = text == "\t" ? "tab" : text == " " ? "whitespace" : "\"\(text)\""
      let hasComma =
        own != .character(UInt8(ascii: ","))
        && lines.dropFirst().contains { line in
          cells(line, own).contains { isCommaNumber($0) }
        }
      let decimal = hasComma && dialect.decimal == UInt8(ascii: ".") ? " and 'decimal: \",\"'" : ""
      return Finding(
        line: parser.headerStart.line, column: 1,
        message:
          "the cells are separated by \(words), not by \(dialect.name), and the first row is \(lines[0].shown); write "
          + "'separator: \(written)'\(decimal) beside 'csv'")
    }
    return nil
  }

  private static func decimal(_ parser: CSVParser, _ dialect: CSVDialect) -> Finding? {
    guard let cell = parser.wordCell, parser.raggedCount == nil, let problem = parser.problems.first else { return nil }
    let isPoint = dialect.decimal == UInt8(ascii: ".")
    let other = isPoint ? "," : "."
    let fits =
      isPoint ? isCommaNumber(cell) : cell.contains(".") && !cell.contains(",") && Double(cell) != nil
    guard fits else { return nil }
    if isPoint, isThousands(cell) {
      return Finding(
        line: problem.line, column: problem.column,
        message: "the number \(cell.shown) has a comma: if it separates thousands, write numbers without it; if it is "
          + "a decimal comma, write 'decimal: \",\"' beside 'csv'")
    }
    return Finding(
      line: problem.line, column: problem.column,
      message:
        "numbers are written with a decimal \(isPoint ? "comma" : "point"), such as \(cell.shown); write 'decimal: "
        + "\"\(other)\"' beside 'csv'")
  }

  private static func headless(_ parser: CSVParser, _ dialect: CSVDialect) -> Finding? {
    let isNumbers = parser.header.allSatisfy { name in
      Array(name.utf8).withUnsafeBufferPointer { dialect.number($0) } != nil
    }
    guard isNumbers else { return nil }
    return Finding(
      line: parser.headerStart.line, column: 1,
      message:
        "the header row is missing: the first row holds numbers, \(parser.header.prefix(4).joined(separator: ", "))"
        + "\(parser.header.count > 4 ? ", …" : ""); put a row with the names of the columns above it")
  }

  private static func rowNames(_ parser: CSVParser) -> Finding? {
    guard let count = parser.raggedCount, count == parser.header.count + 1, parser.problemCount >= parser.rows else {
      return nil
    }
    return Finding(
      line: parser.headerStart.line, column: 1,
      message:
        "every row has one cell more than the header, as write.table of R writes the names of rows; write the file "
        + "with row.names = FALSE or col.names = NA")
  }

  // MARK: Cells, roughly

  /// Lines of the table from its header on, without empty ones.
  private static func firstLines(_ bytes: UnsafeBufferPointer<UInt8>, _ parser: CSVParser, _ limit: Int) -> [String] {
    let start = bytes[parser.headerStart.offset...].prefix(1 << 16)
    var lines = start.split { $0 == 0x0A || $0 == 0x0D }.map { String(decoding: $0, as: UTF8.self) }
    // The last line may be cut where the file goes on.
    if parser.headerStart.offset + start.count < bytes.count, lines.count > 1 { lines.removeLast() }
    return Array(lines.filter { $0.contains { $0 != " " && $0 != "\t" } }.prefix(limit))
  }

  /// The cells of a line, which may stand in quotes.
  private static func cells(_ line: String, _ separator: CSVDialect.Separator) -> [String] {
    var cells = [""]
    var isQuoted = false
    for character in line.unicodeScalars {
      if character == "\"" { isQuoted.toggle() }
      let isCut =
        switch separator {
        case .whitespace: character == " " || character == "\t"
        case .character(let byte): character.value == UInt32(byte)
        }
      if isCut, !isQuoted {
        if separator != .whitespace || !cells[cells.count - 1].isEmpty { cells.append("") }
      } else {
        cells[cells.count - 1].unicodeScalars.append(character)
      }
    }
    if separator == .whitespace, cells.last == "" { cells.removeLast() }
    return cells
  }

  /// Whether a comma in a number may stand between thousands, as in `-1,000`.
  private static func isThousands(_ cell: String) -> Bool {
    let bare = cell.filter { $0 != "\"" && $0 != " " && $0 != "-" }
    let parts = bare.split(separator: ",", omittingEmptySubsequences: false)
    return parts.count == 2 && 1...3 ~= parts[0].count && parts[1].count == 3 && !parts[0].hasPrefix("0")
  }

  /// Whether a cell is a number with a decimal comma, such as `-9,7`.
  private static func isCommaNumber(_ cell: String) -> Bool {
    let bare = cell.filter { $0 != "\"" && $0 != " " }
    let parts = bare.split(separator: ",", omittingEmptySubsequences: false)
    return parts.count == 2 && !parts[1].isEmpty && Double(parts.joined(separator: ".")) != nil
  }
}

extension CSVParser {
  /// The number of headers that are names.
  fileprivate var namedCells: Int { header.count { !$0.isEmpty } }
}
