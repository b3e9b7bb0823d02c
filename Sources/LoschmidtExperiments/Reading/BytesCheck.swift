import LoschmidtReports

/// What can be said against a scenario from its bytes alone, before any parsing: not UTF-8, characters that YAML does
/// not allow, brackets without end, aliases where they could grow without bound.
enum BytesCheck {
  /// So many brackets may be open at once.
  static let bracketLimit = 256

  /// A problem at a byte.
  struct Problem: Error, Equatable {
    var offset: Int
    var message: String
  }

  /// Checks a whole file.
  static func check(_ bytes: [UInt8]) throws(Problem) {
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      throw Problem(offset: 0, message: "the file is not UTF-8 but seems to be UTF-16; save it as UTF-8")
    }
    if let offset = UTF8Check.firstInvalidByte(bytes) {
      throw Problem(
        offset: offset,
        message: "the file is not UTF-8: the byte 0x\(hexadecimal(UInt32(bytes[offset]), digits: 2)) does not fit; "
          + "save it as UTF-8")
    }
    try checkCharacters(bytes)
    try checkBrackets(bytes)
    try checkAliases(bytes)
  }

  private static func hexadecimal(_ value: UInt32, digits: Int) -> String {
    let text = String(value, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, digits - text.count)) + text
  }

  /// YAML allows tab, line breaks and printable characters.
  private static func checkCharacters(_ bytes: [UInt8]) throws(Problem) {
    let found: (Int, UInt32)? = bytes.withUnsafeBufferPointer { b in
      for i in 0..<b.count {
        let byte = b[i]
        if byte < 0x20, byte != 0x09, byte != 0x0A, byte != 0x0D { return (i, UInt32(byte)) }
        if byte == 0x7F { return (i, 0x7F) }
        if byte == 0xC2, b[i + 1] < 0xA0, b[i + 1] != 0x85 { return (i, UInt32(b[i + 1])) }
        if byte == 0xEF, b[i + 1] == 0xBB, b[i + 2] == 0xBF { return (i, 0xFEFF) }
        if byte == 0xEF, b[i + 1] == 0xBF, b[i + 2] >= 0xBE { return (i, 0xFFC0 + UInt32(b[i + 2] & 0x3F)) }
      }
      return nil
    }
    guard let (offset, scalar) = found else { return }
    throw Problem(
      offset: offset,
      message:
        "the character U+\(hexadecimal(scalar, digits: 4)) is not allowed in YAML; take it out, or write it as an escape in "
        + "double quotes")
  }

  /// Counts open brackets without regard to quotes and comments.
  ///
  /// This only keeps the parser from slow work on files that are no scenarios; the exact limit on nesting comes with
  /// the tree.
  private static func checkBrackets(_ bytes: [UInt8]) throws(Problem) {
    let found: Int? = bytes.withUnsafeBufferPointer { b in
      var depth = 0
      for i in 0..<b.count {
        if b[i] == UInt8(ascii: "[") || b[i] == UInt8(ascii: "{") {
          depth += 1
          if depth > bracketLimit { return i }
        } else if (b[i] == UInt8(ascii: "]") || b[i] == UInt8(ascii: "}")), depth > 0 {
          depth -= 1
        }
      }
      return nil
    }
    guard let found else { return }
    throw Problem(
      offset: found,
      message: "more than \(bracketLimit) brackets are open here; a scenario nests at most "
        + "\(ScenarioTree.depthLimit) levels deep")
  }

  /// In a file with anchors and aliases, refuses keys that are not plain names.
  ///
  /// The parser would need exponential time to compare a key that is an alias of aliases with the other keys.
  private static func checkAliases(_ bytes: [UInt8]) throws(Problem) {
    let found: Int? = bytes.withUnsafeBufferPointer { b in
      guard hasIndicator(UInt8(ascii: "&"), b), hasIndicator(UInt8(ascii: "*"), b) else { return nil }
      for i in 0..<b.count {
        switch b[i] {
        case UInt8(ascii: "]"), UInt8(ascii: "}"):
          if colonFollows(b, after: i + 1) { return i }
        case UInt8(ascii: "*") where startsToken(b, i):
          var end = i + 1
          while end < b.count, isAnchorCharacter(b[end]) { end += 1 }
          if end > i + 1, colonFollows(b, after: end) { return i }
        case UInt8(ascii: "?") where startsToken(b, i):
          if i + 1 >= b.count || b[i + 1] <= 0x20 || isFlowIndicator(b[i + 1]) || b[i + 1] == UInt8(ascii: "*") {
            return i
          }
        default: break
        }
      }
      return nil
    }
    guard let found else { return }
    throw Problem(
      offset: found,
      message: "in a file with anchors and aliases a key must be a plain name, not an alias, a list or a map")
  }

  private static func hasIndicator(_ indicator: UInt8, _ b: UnsafeBufferPointer<UInt8>) -> Bool {
    for i in 0..<b.count where b[i] == indicator {
      if startsToken(b, i), i + 1 < b.count, isAnchorCharacter(b[i + 1]) { return true }
    }
    return false
  }

  private static func startsToken(_ b: UnsafeBufferPointer<UInt8>, _ i: Int) -> Bool {
    if i == 0 { return true }
    let before = b[i - 1]
    return before <= 0x20 || before >= 0x80 || isFlowIndicator(before) || before == UInt8(ascii: ":")
      || before == UInt8(ascii: "\"") || before == UInt8(ascii: "'") || before == UInt8(ascii: "?")
  }

  private static func colonFollows(_ b: UnsafeBufferPointer<UInt8>, after start: Int) -> Bool {
    var i = start
    while i < b.count, b[i] == 0x20 || b[i] == 0x09 { i += 1 }
    return i < b.count && b[i] == UInt8(ascii: ":")
  }

  private static func isFlowIndicator(_ byte: UInt8) -> Bool { "[]{},".utf8.contains(byte) }

  private static func isAnchorCharacter(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"): true
    default: false
    }
  }
}
