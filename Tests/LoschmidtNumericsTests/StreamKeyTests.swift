import Testing

@testable import LoschmidtNumerics

@Suite("Keys of experiments")
struct StreamKeyTests {
  /// The inverse of the finaliser: each of its steps is undone, the multiplications by inverses modulo 2⁶⁴.
  private func unmix(_ word: UInt64) -> UInt64 {
    func inverse(_ odd: UInt64) -> UInt64 {
      var x = odd  // right in 3 bits, and each step of Newton's doubles them
      for _ in 0..<5 { x = x &* (2 &- odd &* x) }
      return x
    }
    func unshift(_ y: UInt64, _ shift: UInt64) -> UInt64 {
      var x = y
      for _ in 0..<3 { x = y ^ x >> shift }
      return x
    }
    var x = unshift(word, 31) &* inverse(0x94D0_49BB_1331_11EB)
    x = unshift(x, 27) &* inverse(0xBF58_476D_1CE4_E5B9)
    return unshift(x, 30)
  }

  @Test("the finaliser is that of SplitMix64")
  func knownAnswer() {
    // The first outputs of SplitMix64 from the state 0.
    let outputs: [UInt64] = [0xE220_A839_7B1D_CDAF, 0x6E78_9E6A_A1B9_65F4, 0x06C4_5D18_8009_454F]
    for (k, output) in outputs.enumerated() { #expect(StreamKey.mix(UInt64(k + 1) &* StreamKey.increment) == output) }
  }

  /// A left inverse is a proof that no two experiments share a key.
  @Test("seed and experiment each come back from the key", arguments: [0, 1, 42, 1 << 63, .max] as [UInt64])
  func injective(seed: UInt64) {
    for experiment in [0, 1, 2, 3, 1000, 1 << 32, Int.max] {
      let sum = unmix(StreamKey(seed: seed, experiment: experiment).word) &- StreamKey.increment
      let hash = StreamKey.mix(seed &+ StreamKey.increment)
      #expect(sum &- hash == UInt64(experiment))
      #expect(unmix(sum &- UInt64(experiment)) &- StreamKey.increment == seed)
    }
  }

  @Test("neighbouring seeds and experiments have different keys")
  func neighbours() {
    let keys = (0..<100).flatMap { seed in
      (0..<100).map { StreamKey(seed: seed, experiment: $0) }
    }
    #expect(Set(keys).count == keys.count)
  }
}
