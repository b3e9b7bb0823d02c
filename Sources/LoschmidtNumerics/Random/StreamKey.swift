/// The key of all random numbers of an experiment.
///
/// key = mix(mix(seed + g) + experiment + g) modulo 2⁶⁴, where mix is the finaliser of SplitMix64, a permutation of the
/// words of 64 bits, and g = 0x9E3779B97F4A7C15 its increment. For a fixed seed each step is a bijection of the index
/// of the experiment, so that two experiments of one seed never share a key; for a fixed experiment two seeds do not.
/// Only when both differ may keys coincide, with the probability 2⁻⁶⁴ of two random words.
///
/// Source: Steele, Lea and Flood, Fast splittable pseudorandom number generators, OOPSLA 2014, with the constants of
/// Stafford's variant 13.
public struct StreamKey: Sendable, Hashable {
  /// The 64 bits of the key.
  public let word: UInt64

  /// The key of an experiment, which is numbered from 0, under a seed.
  public init(seed: UInt64, experiment: Int = 0) {
    precondition(experiment >= 0, "experiments are numbered from 0, not \(experiment)")
    word = Self.mix(Self.mix(seed &+ Self.increment) &+ UInt64(experiment) &+ Self.increment)
  }

  /// The key with these bits.
  public init(word: UInt64) { self.word = word }

  /// g, the odd number next to 2⁶⁴ divided by the golden ratio.
  static let increment: UInt64 = 0x9E37_79B9_7F4A_7C15

  /// The finaliser of SplitMix64.
  static func mix(_ word: UInt64) -> UInt64 {
    var word = word
    word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
    return word ^ (word >> 31)
  }
}
