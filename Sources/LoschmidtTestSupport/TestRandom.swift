/// A small seeded generator for the choice of test cases, SplitMix64.
///
/// It shares no code with the streams of the engine.
public struct TestRandom: RandomNumberGenerator, Sendable {
  private var state: UInt64

  /// The generator with this seed.
  public init(seed: UInt64) { state = seed }

  /// 64 bits.
  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = state
    word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
    return word ^ (word >> 31)
  }

  /// A number that is uniform in `range`.
  public mutating func next(in range: ClosedRange<Double>) -> Double {
    Double.random(in: range, using: &self)
  }

  /// A vector with uniform entries.
  public mutating func vector(_ count: Int, in range: ClosedRange<Double> = -1...1) -> [Double] {
    (0..<count).map { _ in next(in: range) }
  }
}
