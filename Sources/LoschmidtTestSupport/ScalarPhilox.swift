/// Philox4x32-10 written from the paper, one counter at a time.
///
/// It shares no code with the kernels. Source: Salmon, Moraes, Dror and Shaw, SC'11, section 4.3: a round takes
/// (L₀, R₀, L₁, R₁) as words 1, 0, 3, 2 to the next, with multipliers and Weyl increments of its table 2.
public struct ScalarPhilox: Sendable {
  /// The two words of the key.
  public let key: (UInt32, UInt32)

  /// Philox with a key of two words.
  public init(key: (UInt32, UInt32)) { self.key = key }

  /// Philox with a key of 64 bits, the lower half of which is the first word.
  public init(key: UInt64) { self.key = (UInt32(truncatingIfNeeded: key), UInt32(key >> 32)) }

  /// The four words of a counter.
  public func words(_ counter: [UInt32]) -> [UInt32] {
    var x = counter
    var (k0, k1) = key
    for _ in 0..<10 {
      let p0 = x[0].multipliedFullWidth(by: 0xD251_1F53)
      let p1 = x[2].multipliedFullWidth(by: 0xCD9E_8D57)
      x = [p1.high ^ x[1] ^ k0, p1.low, p0.high ^ x[3] ^ k1, p0.low]
      k0 &+= 0x9E37_79B9
      k1 &+= 0xBB67_AE85
    }
    return x
  }

  /// The two words of 64 bits of the counter with these parts.
  public func pair(trajectory: UInt64, pair: UInt32, stream: UInt32) -> (first: UInt64, second: UInt64) {
    let x = words([UInt32(truncatingIfNeeded: trajectory), UInt32(trajectory >> 32), pair, stream])
    return (UInt64(x[1]) << 32 | UInt64(x[0]), UInt64(x[3]) << 32 | UInt64(x[2]))
  }
}
