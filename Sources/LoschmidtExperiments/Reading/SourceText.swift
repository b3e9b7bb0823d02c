/// The bytes of a scenario with the lines as YAML counts them.
struct SourceText: Sendable {
  /// UTF-8, without a byte order mark.
  let bytes: [UInt8]
  /// The offset of the first byte of every line.
  private let lineStarts: [Int]

  /// Finds the lines.
  ///
  /// A line ends at LF, CR, CR LF, NEL (U+0085), LS (U+2028) or PS (U+2029), as in YAML 1.1.
  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    var starts = [0]
    bytes.withUnsafeBufferPointer { b in
      for i in 0..<b.count {
        switch b[i] {
        case 0x0A: starts.append(i + 1)
        case 0x0D where i + 1 >= b.count || b[i + 1] != 0x0A: starts.append(i + 1)
        case 0x85 where i >= 1 && b[i - 1] == 0xC2: starts.append(i + 1)
        case 0xA8, 0xA9:
          if i >= 2, b[i - 1] == 0x80, b[i - 2] == 0xE2 { starts.append(i + 1) }
        default: break
        }
      }
    }
    lineStarts = starts
  }

  /// The number of lines.
  var lineCount: Int { lineStarts.count }

  /// Line and column of a byte.
  func origin(ofByte offset: Int) -> Origin {
    var (low, high) = (0, lineStarts.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if lineStarts[middle] <= offset { low = middle } else { high = middle }
    }
    let column = bytes[lineStarts[low]..<min(offset, bytes.count)].count { $0 & 0xC0 != 0x80 }
    return .text(line: Int32(clamping: low + 1), column: Int32(clamping: column + 1))
  }

  /// The offset of the byte at a line and column, or the end of the file.
  func byteOffset(line: Int32, column: Int32) -> Int {
    guard line >= 1, Int(line) <= lineStarts.count else { return bytes.count }
    var offset = lineStarts[Int(line) - 1]
    var left = column - 1
    while left > 0, offset < bytes.count {
      offset += 1
      while offset < bytes.count, bytes[offset] & 0xC0 == 0x80 { offset += 1 }
      left -= 1
    }
    return offset
  }

  /// Up to `limit` bytes from an offset as Unicode scalars.
  func scalars(from offset: Int, limit: Int) -> [Unicode.Scalar] {
    guard offset < bytes.count else { return [] }
    return Array(String(decoding: bytes[offset..<min(bytes.count, offset + limit)], as: UTF8.self).unicodeScalars)
  }
}
