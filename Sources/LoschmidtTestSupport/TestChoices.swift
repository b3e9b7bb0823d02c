extension TestRandom {
  /// A whole number from 0 to `bound` − 1; the same on every platform and version of Swift.
  public mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }

  /// A byte.
  public mutating func byte() -> UInt8 { UInt8(truncatingIfNeeded: next() >> 11) }

  /// One of the elements.
  public mutating func pick<Element>(_ elements: [Element]) -> Element { elements[below(elements.count)] }
}
