/// An array as a file of NumPy's format, version 1.0: little-endian doubles in C order.
///
/// Source: numpy.lib.format, NEP 1.
public enum NPYFile {
  /// The whole file.
  ///
  /// - Parameters:
  ///   - shape: The extents, one or more; their product is the number of values.
  ///   - values: The numbers row by row.
  public static func bytes(shape: [Int], values: [Double]) -> [UInt8] {
    precondition(!shape.isEmpty && shape.reduce(1, *) == values.count, "the numbers fill the shape")
    let extents = shape.map(String.init).joined(separator: ", ") + (shape.count == 1 ? "," : "")
    let description = "{'descr': '<f8', 'fortran_order': False, 'shape': (\(extents)), }"
    // The header ends in a newline, and the numbers begin at a multiple of 64 bytes.
    let prefix = 10
    let padding = (64 - (prefix + description.utf8.count + 1) % 64) % 64
    let header = Array((description + String(repeating: " ", count: padding) + "\n").utf8)
    var bytes: [UInt8] = [0x93] + Array("NUMPY".utf8) + [1, 0]
    bytes.reserveCapacity(prefix + header.count + 8 * values.count)
    bytes += [UInt8(header.count & 0xff), UInt8(header.count >> 8)] + header
    for value in values { withUnsafeBytes(of: value.bitPattern.littleEndian) { bytes.append(contentsOf: $0) } }
    return bytes
  }
}
