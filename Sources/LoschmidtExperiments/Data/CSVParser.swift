/// One pass over the bytes of a CSV file.
///
/// Only the cells of wanted columns are read as numbers. Of the others nothing is asked but that rows have as many
/// cells as the header: an index without a name, text, and commas at the end of lines are passed over.
struct CSVParser {
  /// A problem at a place; line and column count from 1, columns in characters.
  struct Problem {
    var line: Int
    var column: Int
    var message: String
  }

  private(set) var header: [String] = []
  /// The kept columns; `nil` for the others.
  private(set) var columns: [[Double]?] = []
  private(set) var rows = 0
  private(set) var problems: [Problem] = []
  private(set) var problemCount = 0
  /// How many cells the first row has whose number is not that of the header; `nil` where all agree.
  private(set) var raggedCount: Int?
  /// The first cell of a wanted column that is no number.
  private(set) var wordCell: String?
  /// Where the header begins.
  private(set) var headerStart = (line: 1, offset: 0)

  private let bytes: UnsafeBufferPointer<UInt8>
  private let dialect: CSVDialect
  private var next = 0
  private var line = 1
  private var lineStart = 0
  /// The number of headers without the empty ones at the end, which a row may leave out.
  private var namedCount = 0

  init(_ bytes: UnsafeBufferPointer<UInt8>, dialect: CSVDialect = .usual) {
    self.bytes = bytes
    self.dialect = dialect
    if bytes.count >= 3, bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF { (next, lineStart) = (3, 3) }
  }

  mutating func parse(keep: (String) -> Bool) {
    skipEmptyLines()
    guard next < bytes.count else {
      return report("the file is empty; a header row and at least one row of numbers are needed", at: next)
    }
    parseHeader(keep: keep)
    columns = header.map { !$0.isEmpty && keep($0) ? [] : nil }
    namedCount = header.count - header.reversed().prefix(while: \.isEmpty).count
    skipEmptyLines()
    while next < bytes.count, !isAtEmptyEnd {
      parseRow()
      rows += 1
      skipEmptyLines()
    }
    if rows == 0 { report("there are no samples: the file has a header row and nothing below it", at: next) }
  }

  /// One cell: its bytes without quotes, and where it starts.
  private struct Cell {
    var start: Int
    var end: Int
    /// The text of a quoted cell with `""` in it, which is not contiguous in the file.
    var unquoted: [UInt8]?

    var isEmpty: Bool { unquoted?.isEmpty ?? (start == end) }
  }

  private mutating func parseHeader(keep: (String) -> Bool) {
    var seen: Set<String> = []
    headerStart = (line, next)
    repeat {
      let start = next
      guard let cell = parseCell() else { return }
      let name = text(cell)
      if !name.isEmpty, !seen.insert(name).inserted, keep(name) {
        report("the header \(name.shown) stands twice; the names of columns that are used must be distinct", at: start)
      }
      header.append(name)
    } while takeSeparator()
    endLine()
  }

  private mutating func parseRow() {
    let start = next
    var index = 0
    var surplus = 0
    repeat {
      guard let cell = parseCell() else { return }
      if index < columns.count { store(cell, in: index) } else if !cell.isEmpty { surplus = index + 1 - columns.count }
      index += 1
    } while takeSeparator()
    // Empty cells at the end, on either side, are the commas that spreadsheets leave there.
    if surplus > 0 || index < namedCount {
      if raggedCount == nil { raggedCount = index }
      report("this row has \(index) cell\(index == 1 ? "" : "s"), the header has \(header.count)", at: start)
    }
    endLine()
  }

  private mutating func store(_ cell: Cell, in index: Int) {
    guard columns[index] != nil else { return }
    let value: Double?
    if let unquoted = cell.unquoted {
      value = unquoted.withUnsafeBufferPointer { dialect.number($0) }
    } else {
      value = dialect.number(UnsafeBufferPointer(rebasing: bytes[cell.start..<cell.end]))
    }
    if let value, value.isFinite {
      columns[index]?.append(value)
      return
    }
    let shown = text(cell)
    if wordCell == nil { wordCell = shown }
    let what = shown.isEmpty ? "an empty cell" : shown.shown
    report("the column \(header[index].shown) must hold finite numbers, got \(what)", at: cell.start)
    columns[index]?.append(0)
  }

  /// Reads up to the next separator or line end.
  ///
  /// Spaces and tabs around a cell do not count.
  private mutating func parseCell() -> Cell? {
    skipSpaces()
    if next < bytes.count, bytes[next] == UInt8(ascii: "\"") { return parseQuoted() }
    let start = next
    var end = next
    while next < bytes.count {
      let byte = bytes[next]
      if dialect.separates(byte) || byte == 0x0A || byte == 0x0D { break }
      next += 1
      if !dialect.pads(byte) { end = next }
    }
    return Cell(start: start, end: end, unquoted: nil)
  }

  private mutating func parseQuoted() -> Cell? {
    let opening = (next, line, lineStart)
    next += 1
    let start = next
    var unquoted: [UInt8]?
    while true {
      guard next < bytes.count else {
        (line, lineStart) = (opening.1, opening.2)
        report("this quote is never closed", at: opening.0)
        return nil
      }
      if bytes[next] == UInt8(ascii: "\"") {
        guard next + 1 < bytes.count, bytes[next + 1] == UInt8(ascii: "\"") else { break }
        if unquoted == nil { unquoted = Array(bytes[start..<next]) }
        next += 1
      }
      unquoted?.append(bytes[next])
      if bytes[next] == 0x0A { startLine(after: next) }
      next += 1
    }
    let end = next
    next += 1
    skipSpaces()
    if !isAtEndOfCell {
      report("after the closing quote \(dialect.name) or the end of the line is needed", at: next)
      while !isAtEndOfCell { next += 1 }
    }
    return Cell(start: start, end: end, unquoted: unquoted)
  }

  /// Whether nothing but separators and white space follows, as spreadsheets leave below a table.
  private var isAtEmptyEnd: Bool {
    guard case .character(let separator) = dialect.separator else { return false }
    return bytes[next...].allSatisfy { $0 == separator || $0 == 0x20 || $0 == 0x09 || $0 == 0x0A || $0 == 0x0D }
  }

  private var isAtEndOfCell: Bool {
    next >= bytes.count || dialect.separates(bytes[next]) || bytes[next] == 0x0A || bytes[next] == 0x0D
  }

  /// Goes over a separator; white space at the end of a line is none.
  private mutating func takeSeparator() -> Bool {
    guard next < bytes.count, dialect.separates(bytes[next]) else { return false }
    next += 1
    if dialect.separator == .whitespace {
      skipWhiteSpace()
      return next < bytes.count && bytes[next] != 0x0A && bytes[next] != 0x0D
    }
    return true
  }

  private mutating func skipSpaces() {
    while next < bytes.count, dialect.pads(bytes[next]) { next += 1 }
  }

  private mutating func skipWhiteSpace() {
    while next < bytes.count, bytes[next] == 0x20 || bytes[next] == 0x09 { next += 1 }
  }

  private mutating func endLine() {
    guard next < bytes.count else { return }
    if bytes[next] == 0x0D, next + 1 < bytes.count, bytes[next + 1] == 0x0A { next += 1 }
    startLine(after: next)
    next += 1
  }

  private mutating func startLine(after end: Int) {
    line += 1
    lineStart = end + 1
  }

  /// Goes over lines without anything, and over white space at the beginning of a line where that separates.
  private mutating func skipEmptyLines() {
    while next < bytes.count {
      let start = next
      skipWhiteSpace()
      guard next < bytes.count, bytes[next] == 0x0A || bytes[next] == 0x0D else {
        if next < bytes.count, dialect.separator != .whitespace { next = start }
        return
      }
      endLine()
    }
  }

  private func text(_ cell: Cell) -> String {
    if let unquoted = cell.unquoted { return String(decoding: unquoted, as: UTF8.self) }
    return String(decoding: bytes[cell.start..<cell.end], as: UTF8.self)
  }

  private mutating func report(_ message: String, at offset: Int) {
    problemCount += 1
    if problems.count >= CSVTable.problemLimit { return }
    let start = min(lineStart, offset)
    let column = bytes[start..<min(offset, bytes.count)].count { $0 & 0xC0 != 0x80 } + 1
    problems.append(Problem(line: line, column: column, message: message))
  }
}
