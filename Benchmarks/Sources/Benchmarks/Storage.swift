/// Memory of doubles at the start of a cache line, which lives as long as the program.
func alignedStorage(_ count: Int, filling value: (Int) -> Double = { _ in 0 }) -> UnsafeMutablePointer<Double> {
  let bytes = max(1, count) * MemoryLayout<Double>.stride
  let pointer = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: 64).bindMemory(
    to: Double.self, capacity: count)
  for i in 0..<count { pointer[i] = value(i) }
  return pointer
}

/// Numbers in −1 … 1 without a visible order.
func scattered(_ i: Int) -> Double {
  let fraction = 0.6180339887498949 * Double(i + 1)
  return 2 * (fraction - fraction.rounded(.down)) - 1
}
