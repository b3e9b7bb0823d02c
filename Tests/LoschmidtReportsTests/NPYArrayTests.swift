import LoschmidtReports
import Testing

@Suite struct NPYArrayTests {
  /// Against the bytes that `numpy.save` of NumPy 2 writes for `[1.0, -2.5]`.
  @Test func theBytesAreThoseOfNumPy() {
    let header = "{'descr': '<f8', 'fortran_order': False, 'shape': (2,), }"
    let padding = String(repeating: " ", count: 118 - header.utf8.count - 1) + "\n"
    var expected: [UInt8] = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, 118, 0]
    expected += Array((header + padding).utf8)
    expected += [0, 0, 0, 0, 0, 0, 0xf0, 0x3f, 0, 0, 0, 0, 0, 0, 0x04, 0xc0]
    #expect(NPYArray.document([1, -2.5], shape: [2]) == expected)
  }

  @Test(arguments: [[0], [1], [3, 2], [1, 1, 1], [10_000], []])
  func theNumbersBeginAtAMultipleOf64(shape: [Int]) {
    let count = shape.reduce(1, *)
    let bytes = NPYArray.document([Double](repeating: .pi, count: count), shape: shape)
    #expect((bytes.count - 8 * count) % 64 == 0)
    #expect(bytes[bytes.count - 8 * count - 1] == 0x0a)
    #expect(Int(bytes[8]) + 256 * Int(bytes[9]) + 10 == bytes.count - 8 * count)
  }
}
