import Foundation
import Testing

@testable import LoschmidtReports

@Suite struct NPYFileTests {
  /// The header as numpy.save writes it for the same array.
  @Test func oneExtent() {
    let bytes = NPYFile.bytes(shape: [2], values: [1.5, -0.25])
    #expect(bytes.count == 128 + 16)
    #expect(bytes.prefix(8) == [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0])
    #expect(Int(bytes[8]) + 256 * Int(bytes[9]) == 118)
    let header = String(decoding: bytes[10..<128], as: UTF8.self)
    #expect(header.hasPrefix("{'descr': '<f8', 'fortran_order': False, 'shape': (2,), }  ") && header.hasSuffix(" \n"))
    // 1.5 and −0.25 in IEEE 754, the lowest byte first.
    #expect(bytes[128...] == [0, 0, 0, 0, 0, 0, 0xf8, 0x3f, 0, 0, 0, 0, 0, 0, 0xd0, 0xbf])
  }

  @Test func numbersBeginAtAMultipleOf64() {
    for shape in [[0], [0, 7], [3, 5], [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]] {
      let count = shape.reduce(1, *)
      let bytes = NPYFile.bytes(shape: shape, values: [Double](repeating: 2, count: count))
      #expect((bytes.count - 8 * count) % 64 == 0)
      #expect(bytes[bytes.count - 8 * count - 1] == UInt8(ascii: "\n"))
      let extents = shape.map(String.init).joined(separator: ", ")
      #expect(String(decoding: bytes.prefix(192), as: UTF8.self).contains("(\(extents)\(shape.count == 1 ? "," : ""))"))
    }
  }
}
