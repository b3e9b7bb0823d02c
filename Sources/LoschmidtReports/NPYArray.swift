/// Numbers as a file of NumPy: NPY format 1.0, 64-bit little-endian floats in C order.
///
/// The header ends in a newline and is padded with spaces so that the numbers begin at a multiple of 64 bytes.
///
/// - Source: NumPy Enhancement Proposal 1 (numpy.lib.format).
public enum NPYArray {
  /// The whole file.
  ///
  /// - Parameters:
  ///   - values: The numbers, the last index running fastest.
  ///   - shape: How many there are along each index; the product is the number of values.
  /// - Returns: The bytes.
  public static func document(_ values: [Double], shape: [Int]) -> [UInt8] {
    precondition(shape.reduce(1, *) == values.count, "a shape has as many places as there are numbers")
    let tuple = shape.map(String.init).joined(separator: ", ") + (shape.count == 1 ? "," : "")
    var header = Array("{'descr': '<f8', 'fortran_order': False, 'shape': (\(tuple)), }".utf8)
    // Ten bytes stand before the header: the magic, the version and its length.
    let whole = (10 + header.count + 1 + 63) / 64 * 64
    header += [UInt8](repeating: 0x20, count: whole - 10 - header.count - 1) + [0x0a]
    precondition(header.count <= UInt16.max, "a shape of so many indices does not fit format 1.0")
    var bytes: [UInt8] = [0x93] + Array("NUMPY".utf8) + [1, 0]
    bytes += [UInt8(header.count & 255), UInt8(header.count >> 8)] + header
    bytes.reserveCapacity(bytes.count + 8 * values.count)
    // Tens of millions of numbers are copied as they lie in memory: a run that is stopped waits for them.
    #if _endian(little)
      values.withUnsafeBytes { bytes += $0 }
    #else
      for value in values { withUnsafeBytes(of: value.bitPattern.littleEndian) { bytes += $0 } }
    #endif
    return bytes
  }
}
