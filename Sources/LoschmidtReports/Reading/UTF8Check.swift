/// Whether bytes are UTF-8, and where they stop being so.
public enum UTF8Check {
  /// The offset of the first byte that is not part of a well-formed UTF-8 sequence; `nil` where all are.
  public static func firstInvalidByte(_ bytes: [UInt8]) -> Int? {
    bytes.withUnsafeBufferPointer { b in
      var i = 0
      while i < b.count {
        if b[i] < 0x80 {
          i += 1
          continue
        }
        let length = sequenceLength(b, i)
        if length == 0 { return i }
        i += length
      }
      return nil
    }
  }

  /// The length of the well-formed sequence of two to four bytes at `i`, or 0.
  ///
  /// Table 3-7 of the Unicode Standard.
  private static func sequenceLength(_ b: UnsafeBufferPointer<UInt8>, _ i: Int) -> Int {
    let (length, second): (Int, ClosedRange<UInt8>)
    switch b[i] {
    case 0xC2...0xDF: (length, second) = (2, 0x80...0xBF)
    case 0xE0: (length, second) = (3, 0xA0...0xBF)
    case 0xED: (length, second) = (3, 0x80...0x9F)
    case 0xE1...0xEF: (length, second) = (3, 0x80...0xBF)
    case 0xF0: (length, second) = (4, 0x90...0xBF)
    case 0xF1...0xF3: (length, second) = (4, 0x80...0xBF)
    case 0xF4: (length, second) = (4, 0x80...0x8F)
    default: return 0
    }
    guard i + length <= b.count, second.contains(b[i + 1]) else { return 0 }
    for k in 2..<max(2, length) where b[i + k] & 0xC0 != 0x80 { return 0 }
    return length
  }
}
