/// The permutation test of ``EnergyDistance`` over a whole group of relabellings at once.
///
/// x_i and y_i form a pair; a relabelling h exchanges the vectors of some pairs. With labels ±1, E is a quadratic form in
/// them, so that over the group {0, 1}^b, whose element h exchanges pair i where ⟨h, c_i⟩ is odd for a code c_i of b bits,
///
///     E(h) = Σ_c w_c (−1)^⟨h, c⟩,   w_c a sum over pairs of vectors with c_i ⊕ c_j = c,
///
/// which is one Walsh–Hadamard transform: all 2^b relabellings cost O(N² + b 2^b), as much as a few dozen one by one.
/// The share of h with E(h) ≥ E(0) is an exact p-value, as for any group of relabellings (Hoeffding 1952; Hemerik and
/// Goeman 2018). Codes are random, which makes the relabellings pairwise independent: over the codes the share has the
/// mean and the variance of a Monte Carlo p-value with 2^b draws.
extension EnergyDistance {
  /// The p-value of the claim that both samples are of one law, over 2^bits exchanges within pairs.
  ///
  /// It is a multiple of 2^−bits, and a function of the seed. With no more than `bits` pairs every exchange occurs once. Of
  /// samples that differ in size the vectors without a partner keep their labels, which costs power.
  ///
  /// - Parameters:
  ///   - seed: Of the codes.
  ///   - bits: b, from 1 to 24: 2^b numbers are kept.
  /// - Returns: The share of exchanges whose E is at least the observed one, itself among them.
  public func swapTest(seed: UInt64, bits: Int = 17) -> Double {
    precondition(1...24 ~= bits, "a group of exchanges has 2 to 2^24 elements")
    let pairs = min(first, second)
    let dimension = min(bits, pairs)
    var energies = coefficients(codes(pairs: pairs, dimension: dimension, seed: seed), dimension: dimension)
    Self.transform(&energies)
    let threshold = energies[0] - 2 * rounding
    return Double(energies.count { $0 >= threshold }) / Double(energies.count)
  }

  /// c_i of every vector: shared in a pair, and 0, which is never exchanged, without a partner.
  private func codes(pairs: Int, dimension: Int, seed: UInt64) -> [Int] {
    var stream = ResamplingStream(seed: seed)
    let codes = (0..<pairs).map { pair in
      pairs <= dimension ? 1 << pair : Int(stream.next() >> UInt64(64 - dimension))
    }
    func padded(_ count: Int) -> [Int] { codes + [Int](repeating: 0, count: count - pairs) }
    return padded(first) + padded(second)
  }

  /// w: with labels s_i = ±1, total T = Σ_ij D_ij, Q = sᵀDs and L = Σ_i s_i Σ_j D_ij, the sums over pairs are
  /// A = (T + Q)/8 + L/4 and B = (T + Q)/8 − L/4 within the samples, and C = (T − Q)/4 between them.
  private func coefficients(_ codes: [Int], dimension: Int) -> [Double] {
    let weights = Weights(first, second)
    let within = (weights.own + weights.others) / 8
    let (quadratic, linear) = (-weights.cross / 4 - within, (weights.others - weights.own) / 4)
    let size = codes.count
    var coefficients = [Double](repeating: 0, count: 1 << dimension)
    coefficients[0] = (weights.cross / 4 - within) * rowSums.reduce(0, +)
    for i in 0..<size {
      let sign = i < first ? 1.0 : -1.0
      coefficients[codes[i]] += linear * sign * rowSums[i]
      for j in 0..<i {
        let product = j < first ? sign : -sign
        coefficients[codes[i] ^ codes[j]] += 2 * quadratic * product * distances[i * size + j]
      }
    }
    return coefficients
  }

  /// The Walsh–Hadamard transform in place: v_h ← Σ_c v_c (−1)^⟨h, c⟩, for 2^b numbers.
  static func transform(_ values: inout [Double]) {
    values.withUnsafeMutableBufferPointer { values in
      var half = 1
      while half < values.count {
        for start in stride(from: 0, to: values.count, by: 2 * half) {
          for k in start..<start + half {
            let (a, b) = (values[k], values[k + half])
            (values[k], values[k + half]) = (a + b, a - b)
          }
        }
        half *= 2
      }
    }
  }
}
