import LoschmidtNumerics

/// The law of one draw of the minibatch: every outcome with its probability where they are few, else a sampler.
///
/// For one step taken alone the schemes without replacement, by reshuffling and by fixed cyclic order differ only in
/// which batches can occur: all subsets, again all subsets, and the N/B consecutive ones.
public struct DrawSet: Sendable {
  /// How the members of a batch are chosen.
  public enum Scheme: Sendable, Equatable {
    /// All samples.
    case fullBatch
    /// `size` independent uniform samples.
    case withReplacement(size: Int)
    /// A uniform subset of `size` samples.
    case withoutReplacement(size: Int)
    /// One of the N/`size` consecutive batches of the data's own order, each with the same probability.
    case cyclic(size: Int)
  }

  /// At most this many outcomes are enumerated unless another limit is asked for.
  public static let enumerationLimit = 4096

  /// How batches are chosen.
  public let scheme: Scheme
  /// The number of samples N.
  public let sampleCount: Int
  /// All outcomes, where they are few enough; otherwise `nil`.
  public let outcomes: [(draw: Draw, probability: Double)]?

  /// The law of a scheme on N samples; a batch without replacement is not larger than N.
  ///
  /// - Parameters:
  ///   - scheme: How batches are chosen.
  ///   - sampleCount: N.
  ///   - limit: At most so many outcomes are enumerated.
  /// - Complexity: O(outcomes × distinct samples in each + B), whatever N and B are.
  public init(_ scheme: Scheme, sampleCount: Int, limit: Int = enumerationLimit) {
    self.scheme = scheme
    self.sampleCount = sampleCount
    switch scheme {
    case .fullBatch:
      outcomes = [(Draw(batch: Array(0..<sampleCount)), 1)]
    case .withReplacement where sampleCount == 1:
      outcomes = [(Draw(batch: [0]), 1)]
    case .withReplacement(let size):
      precondition(size >= 1, "a batch has at least one sample")
      // Multisets of B from N are as many as subsets of B from N + B − 1.
      let isSmall = Self.isEnumerable(Double(sampleCount) + Double(size) - 1, size, or: sampleCount - 1, limit)
      outcomes = isSmall ? Self.multisets(sampleCount, size) : nil
    case .withoutReplacement(let size):
      precondition(size >= 1, "a batch has at least one sample")
      precondition(size <= sampleCount, "a batch without replacement is not larger than the data")
      let isSmall = Self.isEnumerable(Double(sampleCount), size, or: sampleCount - size, limit)
      outcomes = isSmall ? Self.subsets(sampleCount, size) : nil
    case .cyclic(let size):
      precondition(size >= 1 && sampleCount % size == 0, "a cyclic batch size divides the number of samples")
      let batches = sampleCount / size
      outcomes = (0..<batches).map { batch in
        (Draw(batch: Array(batch * size..<(batch + 1) * size)), 1 / Double(batches))
      }
    }
  }

  /// The factor c in Cov(g_ξ) = c · Cov(∇ℓ of one uniform sample), and so E(g_ξ ⊗ g_ξ) for everything bilinear in the sample.
  ///
  /// 1/B with replacement, (N − B)/(B(N − 1)) without, 0 for the full batch; `nil` for cyclic order, whose batches are special.
  public var covarianceFactor: Double? {
    switch scheme {
    case .fullBatch: return 0
    case .withReplacement(let size): return 1 / Double(size)
    case .withoutReplacement(let size):
      return sampleCount == 1 ? 0 : Double(sampleCount - size) / (Double(size) * Double(sampleCount - 1))
    case .cyclic: return nil
    }
  }

  /// One draw at random.
  ///
  /// - Parameter index: Gives a uniform whole number from 0 to one below its argument.
  /// - Returns: A draw with the probability that the scheme gives it.
  public func sample(_ index: (Int) -> Int) -> Draw {
    switch scheme {
    case .fullBatch: return Draw(batch: Array(0..<sampleCount))
    case .withReplacement(let size): return Draw(batch: (0..<size).map { _ in index(sampleCount) })
    case .withoutReplacement(let size):
      // Floyd's algorithm: each subset with the same probability, without a permutation of all samples.
      var chosen = Set<Int>()
      for last in (sampleCount - size)..<sampleCount {
        let candidate = index(last + 1)
        if !chosen.insert(candidate).inserted { chosen.insert(last) }
      }
      return Draw(batch: chosen.sorted())
    case .cyclic(let size):
      let batch = index(sampleCount / size)
      return Draw(batch: Array(batch * size..<(batch + 1) * size))
    }
  }

  /// Whether n over k, which is n over `complement` = n − k, does not exceed the limit.
  private static func isEnumerable(_ n: Double, _ k: Int, or complement: Int, _ limit: Int) -> Bool {
    // Each product is n over j + 1, which grows up to the middle, and so may stop the count.
    var count = 1.0
    for j in 0..<min(k, complement) {
      count = (count * (n - Double(j)) / Double(j + 1)).rounded()
      if count > Double(limit) { return false }
    }
    return true
  }

  /// All subsets of `size` samples, in lexicographic order.
  private static func subsets(_ n: Int, _ size: Int) -> [(draw: Draw, probability: Double)] {
    var draws: [Draw] = []
    var current = Array(0..<size)
    while true {
      draws.append(Draw(counts: current.map { ($0, 1) }))
      // The last element that can still grow does, and the rest follow it closely.
      guard let place = current.indices.last(where: { current[$0] < n - size + $0 }) else { break }
      current[place] += 1
      for next in (place + 1)..<max(size, place + 1) { current[next] = current[next - 1] + 1 }
    }
    return draws.map { ($0, 1 / Double(draws.count)) }
  }

  /// All multisets of `size` samples with their multinomial probabilities B!/(Π m!) / N^B, in lexicographic order.
  private static func multisets(_ n: Int, _ size: Int) -> [(draw: Draw, probability: Double)] {
    var factorials = [ScaledNumber(1)]
    for m in 1...size { factorials.append(factorials[m - 1] * ScaledNumber(Double(m))) }
    let batches = ScaledNumber(Double(n)).power(size)
    var outcomes: [(draw: Draw, probability: Double)] = []
    var chosen: [(sample: Int, count: Int)] = []
    // As deep as there are distinct samples in a batch: at most 7, where the outcomes are few enough to list.
    func extend(from first: Int, left: Int) {
      if left == 0 {
        let permutations = chosen.reduce(factorials[size]) { $0 / factorials[$1.count] }
        outcomes.append((Draw(counts: chosen), (permutations / batches).value))
        return
      }
      for sample in first..<n {
        // The last sample takes all that is left.
        for count in (sample == n - 1 ? left...left : 1...left).reversed() {
          chosen.append((sample, count))
          extend(from: sample + 1, left: left - count)
          chosen.removeLast()
        }
      }
    }
    extend(from: 0, left: size)
    return outcomes
  }
}

/// A positive number as significand × 2^exponent: factorials and powers that no `Double` holds.
private struct ScaledNumber {
  private var significand: Double
  private var exponent: Int

  init(_ value: Double) {
    significand = value.significand
    exponent = Int(value.exponent)
  }

  private init(_ significand: Double, exponent: Int) {
    self.init(significand)
    self.exponent += exponent
  }

  /// The number itself, 0 where it is too small.
  var value: Double { Double(sign: .plus, exponent: exponent, significand: significand) }

  func power(_ count: Int) -> ScaledNumber {
    (0..<count).reduce(ScaledNumber(1)) { product, _ in product * self }
  }

  static func * (left: ScaledNumber, right: ScaledNumber) -> ScaledNumber {
    ScaledNumber(left.significand * right.significand, exponent: left.exponent + right.exponent)
  }

  static func / (left: ScaledNumber, right: ScaledNumber) -> ScaledNumber {
    ScaledNumber(left.significand / right.significand, exponent: left.exponent - right.exponent)
  }
}
