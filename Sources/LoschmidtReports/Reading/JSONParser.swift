/// JSON text (RFC 8259) as a ``JSONValue``, read strictly: keys keep their order, doubles and 64-bit integers every digit.
///
/// A whole number without exponent is an `integer`, or `unsigned` above 2⁶³ − 1; `-0` and every other number is a `real`. An
/// object that names a key twice, a number that is no finite double, half of a surrogate pair and nesting deeper than
/// ``deepest`` are errors.
public struct JSONParser {
  /// Where a text is not JSON, and what is wrong there.
  public struct Problem: Error, Sendable, Equatable {
    /// The line, from 1.
    public var line: Int
    /// The place in the line, from 1, counted in Unicode scalars.
    public var column: Int
    /// What is wrong, in one sentence without a full stop.
    public var message: String
  }

  /// Arrays and objects may lie in each other to this depth.
  public static let deepest = 64

  /// Reads a document.
  ///
  /// - Throws: The first thing that is wrong, with its position.
  public static func value(of bytes: [UInt8]) throws(Problem) -> JSONValue {
    if let offset = UTF8Check.firstInvalidByte(bytes) {
      throw problem("the text is not UTF-8", at: offset, in: bytes)
    }
    var parser = JSONParser(bytes: bytes)
    parser.skipSpace()
    let value = try parser.value(depth: 0)
    parser.skipSpace()
    guard parser.place == bytes.count else { throw parser.fault("the document ends before this") }
    return value
  }

  private let bytes: [UInt8]
  private var place = 0

  private init(bytes: [UInt8]) { self.bytes = bytes }

  // MARK: Values

  private mutating func value(depth: Int) throws(Problem) -> JSONValue {
    guard depth <= Self.deepest else { throw fault("more than \(Self.deepest) levels of nesting") }
    guard let byte = peek else { throw fault("the text ends before the document does") }
    switch byte {
    case UInt8(ascii: "{"): return try object(depth: depth)
    case UInt8(ascii: "["): return try array(depth: depth)
    case UInt8(ascii: "\""): return .text(try string())
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
    default:
      for (word, value) in [("null", JSONValue.null), ("true", .bool(true)), ("false", .bool(false))] {
        if bytes[place...].starts(with: word.utf8) {
          place += word.utf8.count
          return value
        }
      }
      throw fault("no JSON value begins like this")
    }
  }

  private mutating func array(depth: Int) throws(Problem) -> JSONValue {
    place += 1
    var elements: [JSONValue] = []
    skipSpace()
    if take("]") { return .array([], .lines) }
    while true {
      skipSpace()
      elements.append(try value(depth: depth + 1))
      skipSpace()
      if take("]") { return .array(elements, .lines) }
      guard take(",") else { throw fault("a comma or ] is missing here") }
    }
  }

  private mutating func object(depth: Int) throws(Problem) -> JSONValue {
    place += 1
    var members: [JSONValue.Member] = []
    var keys: Set<String> = []
    skipSpace()
    if take("}") { return .object([], .lines) }
    while true {
      skipSpace()
      let start = place
      guard peek == UInt8(ascii: "\"") else { throw fault("a key in quotation marks is missing here") }
      let key = try string()
      guard keys.insert(key).inserted else {
        place = start
        throw fault("the key \(Prose.printable(key)) is there twice")
      }
      skipSpace()
      guard take(":") else { throw fault("a colon is missing here") }
      skipSpace()
      members.append(.init(key, try value(depth: depth + 1)))
      skipSpace()
      if take("}") { return .object(members, .lines) }
      guard take(",") else { throw fault("a comma or } is missing here") }
    }
  }

  private mutating func number() throws(Problem) -> JSONValue {
    let start = place
    let isNegative = take("-")
    let firstDigit = peek
    let whole = takeDigits()
    guard whole > 0, whole == 1 || firstDigit != UInt8(ascii: "0") else {
      place = start
      throw fault("this is not a number of JSON")
    }
    var isWhole = true
    if take(".") {
      isWhole = false
      guard takeDigits() > 0 else { throw fault("a digit is missing here") }
    }
    if take("e") || take("E") {
      isWhole = false
      if !take("+") { _ = take("-") }
      guard takeDigits() > 0 else { throw fault("a digit is missing here") }
    }
    let text = String(decoding: bytes[start..<place], as: UTF8.self)
    if isWhole, !(isNegative && firstDigit == UInt8(ascii: "0")) {
      if let value = Int(text) { return .integer(value) }
      if let value = UInt64(text) { return .unsigned(value) }
    }
    guard let value = Double(text), value.isFinite else {
      place = start
      throw fault("this number is too large for a double")
    }
    return .real(value)
  }

  // MARK: Texts

  private mutating func string() throws(Problem) -> String {
    place += 1
    var text: [UInt8] = []
    while let byte = peek {
      switch byte {
      case UInt8(ascii: "\""):
        place += 1
        return String(decoding: text, as: UTF8.self)
      case UInt8(ascii: "\\"): text += try escaped()
      case 0..<0x20: throw fault("a control character must be escaped in a text")
      default:
        text.append(byte)
        place += 1
      }
    }
    throw fault("the text in quotation marks does not end")
  }

  /// What stands after a backslash, as UTF-8.
  private mutating func escaped() throws(Problem) -> [UInt8] {
    let start = place
    place += 1
    let simple: [(name: String, byte: UInt8)] = [
      ("\"", 0x22), ("\\", 0x5c), ("/", 0x2f), ("b", 8), ("f", 12), ("n", 10), ("r", 13), ("t", 9),
    ]
    for (name, byte) in simple where take(name) { return [byte] }
    guard take("u"), var code = hexadecimal() else {
      place = start
      throw fault("no escape of JSON looks like this")
    }
    if (0xd800..<0xdc00).contains(code), take("\\"), take("u"), let low = hexadecimal(), (0xdc00..<0xe000).contains(low)
    {
      code = 0x10000 + (code - 0xd800) << 10 + (low - 0xdc00)
    }
    guard let scalar = Unicode.Scalar(code) else {
      place = start
      throw fault("half of a surrogate pair")
    }
    return Array(String(Character(scalar)).utf8)
  }

  private mutating func hexadecimal() -> UInt32? {
    guard place + 4 <= bytes.count, bytes[place..<place + 4].allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit })
    else { return nil }
    defer { place += 4 }
    return UInt32(String(decoding: bytes[place..<place + 4], as: UTF8.self), radix: 16)
  }

  // MARK: Bytes

  private var peek: UInt8? { place < bytes.count ? bytes[place] : nil }

  private mutating func take(_ character: String) -> Bool {
    guard place < bytes.count, bytes[place] == character.utf8.first else { return false }
    place += 1
    return true
  }

  private mutating func takeDigits() -> Int {
    let start = place
    while place < bytes.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[place]) { place += 1 }
    return place - start
  }

  private mutating func skipSpace() {
    while place < bytes.count, [0x20, 0x0a, 0x0d, 0x09].contains(bytes[place]) { place += 1 }
  }

  private func fault(_ message: String) -> Problem { Self.problem(message, at: place, in: bytes) }

  private static func problem(_ message: String, at offset: Int, in bytes: [UInt8]) -> Problem {
    let before = bytes[..<offset]
    let line = before.lastIndex(of: 0x0a).map { before[($0 + 1)...] } ?? before
    return Problem(
      line: before.count { $0 == 0x0a } + 1, column: String(decoding: line, as: UTF8.self).unicodeScalars.count + 1,
      message: message)
  }
}
