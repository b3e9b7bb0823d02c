/// What a piece of text says as a number.
///
/// Decimal numbers only: `1`, `-0.5`, `.5`, `2.`, `1e-3`. Hexadecimal and octal numbers and digit separators of YAML are
/// not numbers here, and a number that begins with a needless zero is refused, because YAML 1.1 reads `010` as eight.
enum NumberLiteral: Equatable {
  /// A finite number.
  case number(Double)
  /// A number that begins with a needless zero.
  case leadingZero
  /// A number that is not finite, or too large.
  case notFinite
  /// Not a number.
  case none

  /// Reads a text.
  init(_ text: String) {
    var text = text
    self = text.withUTF8 { Self.read($0) }
  }

  private static func read(_ b: UnsafeBufferPointer<UInt8>) -> NumberLiteral {
    if b.isEmpty { return .none }
    let signed = b[0] == UInt8(ascii: "-") || b[0] == UInt8(ascii: "+")
    let digits = UnsafeBufferPointer(rebasing: b[(signed ? 1 : 0)...])
    if isWord(digits) { return .notFinite }
    guard let value = DecimalNumber.parse(b) else { return .none }
    if digits.count >= 2, digits[0] == UInt8(ascii: "0"), isDigit(digits[1]) { return .leadingZero }
    return value.isFinite ? .number(value) : .notFinite
  }

  private static func isWord(_ b: UnsafeBufferPointer<UInt8>) -> Bool {
    guard b.count == 3 || b.count == 4, b.count == 3 || b[0] == UInt8(ascii: ".") else { return false }
    let word = b.suffix(3).map { $0 | 0x20 }
    return word.elementsEqual("inf".utf8) || word.elementsEqual("nan".utf8)
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte &- 48 < 10 }
}
