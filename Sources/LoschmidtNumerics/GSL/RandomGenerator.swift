import CGSL
import CKernels

/// A sequence of random numbers with a state of its own: one of GSL's generators, or Philox in the form of one.
///
/// Every distribution of GSL draws from it. Not `Sendable`: use one per task.
///
/// GSL's own generators take a seed of 31 or 32 bits, so that two of 2³² seeds would coincide long before there are 2³²
/// trajectories if a seed were hashed at random. Here `stream` is scrambled by a permutation that `seed` chooses: two
/// streams of one seed that agree in their upper 33 bits never start alike. Philox takes both as they are, and no two
/// of its sequences of 2²⁶ words have a counter in common.
public final class RandomGenerator {
  /// The algorithms; raw values are GSL's names but for Philox, which GSL does not have.
  public enum Algorithm: String, Sendable, CaseIterable {
    /// Philox4x32-10 of Salmon, Moraes, Dror and Shaw: a keyed permutation of a counter.
    case philox
    /// The Mersenne Twister of Matsumoto and Nishimura, period 2¹⁹⁹³⁷ − 1.
    case mt19937
    /// The combined Tausworthe generator of L'Ecuyer with the improved seeding, period about 2⁸⁸.
    case taus2
    /// Lüscher's RANLUX in double precision at luxury level 2: slow, decorrelated by theory.
    case ranlxd2
    /// Ziff's generalised feedback shift register with four taps.
    case gfsr4
  }

  /// The algorithm.
  public let algorithm: Algorithm
  let pointer: UnsafeMutablePointer<gsl_rng>

  /// Creates a generator; equal arguments give equal sequences.
  ///
  /// - Parameters:
  ///   - algorithm: The algorithm.
  ///   - seed: Chooses the family of streams.
  ///   - stream: The member of the family, such as the index of a trajectory.
  /// - Throws: `GSLError`: `GSL_ENOMEM` when there is no memory.
  public init(_ algorithm: Algorithm, seed: UInt64, stream: UInt64 = 0) throws(GSLError) {
    GSLLibrary.prepare()
    let type: UnsafePointer<gsl_rng_type>? =
      switch algorithm {
      case .philox: PhiloxType.shared.pointer
      case .mt19937: cgsl_rng_mt19937()
      case .taus2: cgsl_rng_taus2()
      case .ranlxd2: cgsl_rng_ranlxd2()
      case .gfsr4: cgsl_rng_gfsr4()
      }
    self.algorithm = algorithm
    pointer = try GSLLibrary.allocated(gsl_rng_alloc(type), "gsl_rng_alloc")
    reseed(seed, stream: stream)
  }

  deinit { gsl_rng_free(pointer) }

  /// Puts the generator into the state that `init` with these arguments gives.
  public func reseed(_ seed: UInt64, stream: UInt64 = 0) {
    if algorithm == .philox {
      position(StreamKey(seed: seed), PhiloxCounter(freestanding: stream))
    } else {
      gsl_rng_set(pointer, UInt(Self.classicalSeed(algorithm, seed: seed, stream: stream)))
    }
  }

  /// Puts a Philox generator at a counter, in constant time; its sequence goes on through the indices of the counter.
  ///
  /// A sequence that starts at index 0 has 2²⁶ words of 32 bits; asking for more ends the program.
  func position(_ key: StreamKey, _ counter: PhiloxCounter) {
    precondition(algorithm == .philox, "\(algorithm.rawValue) has no counter to be put at")
    let state = pointer.pointee.state.assumingMemoryBound(to: lk_philox_stream.self)
    lk_philox_stream_start(state, counter.place(key))
  }

  /// The seed that GSL is given for one of its own algorithms.
  ///
  /// With k = mix(mix(seed + g) + ⌊stream / 2ʷ⌋ + g), where mix is the finaliser of SplitMix64 and g its increment
  /// 0x9E3779B97F4A7C15, and w the bits that the algorithm uses (31 of ranlxd2, 32 of the others): the low w bits of
  /// `stream` ⊕ k pass through the finaliser of MurmurHash3 modulo 2ʷ, and bits 32 and up of k are ⊕ed in. Each step
  /// is a permutation of w bits. GSL takes seed 0 for its default, 1 or 4357, which therefore comes twice.
  public static func classicalSeed(_ algorithm: Algorithm, seed: UInt64, stream: UInt64) -> UInt32 {
    precondition(algorithm != .philox, "Philox takes seed and stream in full")
    let bits: UInt64 = algorithm == .ranlxd2 ? 31 : 32
    let mask: UInt64 = (1 << bits) - 1
    let key = StreamKey.mix(StreamKey.mix(seed &+ StreamKey.increment) &+ (stream >> bits) &+ StreamKey.increment)
    var value = (stream ^ key) & mask
    value ^= value >> 16
    value = (value &* 0x85EB_CA6B) & mask
    value ^= value >> 13
    value = (value &* 0xC2B2_AE35) & mask
    value ^= value >> 16
    return UInt32((value ^ (key >> 32)) & mask)
  }

  /// A number in the open interval (0, 1), of 32 random bits, or 48 of ranlxd2, or 53 of Philox.
  public func uniform() -> Double { gsl_rng_uniform_pos(pointer) }

  /// A whole number from 0 to `bound` − 1, each equally likely; `bound` is at least 1.
  public func integer(below bound: Int) -> Int {
    precondition(bound >= 1, "a random integer needs a bound of at least 1, not \(bound)")
    if bound <= Int(UInt32.max) { return Int(gsl_rng_uniform_int(pointer, UInt(bound))) }
    let limit = UInt64.max - UInt64.max % UInt64(bound)
    while true {
      let word = UInt64(gsl_rng_get(pointer)) << 32 | UInt64(gsl_rng_get(pointer))
      if word < limit { return Int(word % UInt64(bound)) }
    }
  }

  /// A standard normal number.
  public func normal() -> Double { gsl_ran_gaussian_ziggurat(pointer, 1) }
}

@available(*, unavailable, message: "the state of a generator belongs to one task")
extension RandomGenerator: Sendable {}

/// Philox as GSL sees a generator: words of 32 bits, and doubles of 53.
///
/// GSL keeps the pointer in each of its generators, hence the value is made once and never freed or changed.
private struct PhiloxType: @unchecked Sendable {
  static let shared = PhiloxType()
  let pointer: UnsafePointer<gsl_rng_type>

  private init() {
    let name: StaticString = "philox4x32-10"
    let type = UnsafeMutablePointer<gsl_rng_type>.allocate(capacity: 1)
    type.initialize(
      to: gsl_rng_type(
        name: UnsafeRawPointer(name.utf8Start).assumingMemoryBound(to: CChar.self), max: UInt(UInt32.max), min: 0,
        size: MemoryLayout<lk_philox_stream>.size, set: lk_philox_stream_set, get: lk_philox_stream_get,
        get_double: lk_philox_stream_get_double))
    pointer = UnsafePointer(type)
  }
}
