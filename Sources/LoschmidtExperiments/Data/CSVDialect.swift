/// How the cells of a table are separated and how its numbers are written.
struct CSVDialect: Sendable, Equatable {
  /// What stands between two cells.
  enum Separator: Sendable, Equatable {
    /// One character of ASCII.
    case character(UInt8)
    /// Any number of spaces and tabs.
    case whitespace
  }

  /// What stands between two cells.
  var separator = Separator.character(UInt8(ascii: ","))
  /// The decimal sign: a point or a comma.
  var decimal = UInt8(ascii: ".")

  /// Commas between cells and decimal points.
  static let usual = CSVDialect()

  /// The separator that a scenario writes: one character, `tab` or `whitespace`; `nil` for anything else.
  static func separator(_ text: String) -> Separator? {
    if text == "tab" { return .character(UInt8(ascii: "\t")) }
    if text == "whitespace" || text == " " { return .whitespace }
    guard text.utf8.count == 1, let byte = text.utf8.first, byte < 0x7F, byte == 0x09 || byte > 0x20 else { return nil }
    let isTaken =
      byte == UInt8(ascii: "\"") || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-")
      || byte == UInt8(ascii: "_") || Character(UnicodeScalar(byte)).isLetter || Character(UnicodeScalar(byte)).isNumber
    return isTaken ? nil : .character(byte)
  }

  /// Whether a byte ends a cell.
  func separates(_ byte: UInt8) -> Bool {
    switch separator {
    case .character(let own): byte == own
    case .whitespace: byte == 0x20 || byte == 0x09
    }
  }

  /// Whether a byte around a cell does not count.
  func pads(_ byte: UInt8) -> Bool {
    (byte == 0x20 || byte == 0x09) && separator != .character(byte)
  }

  /// The separator in words.
  var name: String {
    switch separator {
    case .whitespace: "white space"
    case .character(UInt8(ascii: "\t")): "a tab"
    case .character(UInt8(ascii: ",")): "a comma"
    case .character(UInt8(ascii: ";")): "a semicolon"
    case .character(let byte): "'\(Character(UnicodeScalar(byte)))'"
    }
  }

  /// The value of a cell; `nil` where it is no decimal number.
  func number(_ bytes: UnsafeBufferPointer<UInt8>) -> Double? {
    if decimal == UInt8(ascii: ".") { return DecimalNumber.parse(bytes) }
    // A point is no decimal sign here: `1.234` may be a thousand and more.
    if bytes.contains(UInt8(ascii: ".")) { return nil }
    return bytes.map { $0 == decimal ? UInt8(ascii: ".") : $0 }.withUnsafeBufferPointer { DecimalNumber.parse($0) }
  }
}
