/// The random bits of resampling tests: SplitMix64 (Steele, Lea and Flood 2014), a counter through a bijective hash.
///
/// Its 2⁶⁴ words suffice for the signs of a test; trajectories have streams of their own.
public struct ResamplingStream: RandomNumberGenerator, Sendable {
  private var counter: UInt64

  /// The stream of a seed.
  public init(seed: UInt64) { counter = seed }

  // Masking shifts and a conversion of a known type are no generic calls: without optimisation they are ten times as fast.

  /// 64 bits.
  @inline(__always)
  public mutating func next() -> UInt64 {
    counter &+= 0x9E37_79B9_7F4A_7C15
    var word = counter
    word = (word ^ (word &>> 30)) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ (word &>> 27)) &* 0x94D0_49BB_1331_11EB
    return word ^ (word &>> 31)
  }

  /// A number that is uniform in (0, 1]: a multiple of 2⁻⁵³.
  @inline(__always)
  public mutating func uniform() -> Double {
    let word: UInt64 = (next() &>> 11) &+ 1
    return Double(word) * 0x1p-53
  }
}
