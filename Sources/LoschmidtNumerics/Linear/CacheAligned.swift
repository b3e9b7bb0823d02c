extension UnsafeMutablePointer {
  /// Room for `count` values from the beginning of a cache line on, so that no vector lies across two; at least one line, and
  /// all values are set.
  ///
  /// Whoever allocates it deallocates it.
  static func cacheAligned(repeating value: Pointee, count: Int) -> UnsafeMutablePointer {
    let count = max(64 / MemoryLayout<Pointee>.stride, count)
    let pointer = UnsafeMutableRawPointer.allocate(
      byteCount: count * MemoryLayout<Pointee>.stride, alignment: 64
    ).bindMemory(to: Pointee.self, capacity: count)
    pointer.initialize(repeating: value, count: count)
    return pointer
  }
}
