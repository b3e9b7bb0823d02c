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

  /// At most this many outcomes are enumerated.
  public static let enumerationLimit = 4096

  /// How batches are chosen.
  public let scheme: Scheme
  /// The number of samples N.
  public let sampleCount: Int
  /// All outcomes, where they are few enough; otherwise `nil`.
  public let outcomes: [(draw: Draw, probability: Double)]?

  /// The law of a scheme on N samples; a batch without replacement is not larger than N.
  public init(_ scheme: Scheme, sampleCount: Int) {
    self.scheme = scheme
    self.sampleCount = sampleCount
    switch scheme {
    case .fullBatch:
      outcomes = [(Draw(batch: Array(0..<sampleCount)), 1)]
    case .withReplacement(let size) where sampleCount == 1:
      outcomes = [(Draw(batch: Array(repeating: 0, count: size)), 1)]
    case .withReplacement(let size):
      let count = Self.binomial(sampleCount + size - 1, size)
      outcomes = count <= Double(Self.enumerationLimit) ? Self.multisets(sampleCount, size) : nil
    case .withoutReplacement(let size):
      precondition(size <= sampleCount, "a batch without replacement is not larger than the data")
      let count = Self.binomial(sampleCount, size)
      outcomes = count <= Double(Self.enumerationLimit) ? Self.subsets(sampleCount, size) : nil
    case .cyclic(let size):
      precondition(sampleCount % size == 0, "a cyclic batch size divides the number of samples")
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

  /// n over k as a floating-point number, large enough to compare with a limit.
  private static func binomial(_ n: Int, _ k: Int) -> Double {
    (0..<min(k, n - k)).reduce(1.0) { $0 * Double(n - $1) / Double($1 + 1) }.rounded()
  }

  private static func subsets(_ n: Int, _ size: Int) -> [(draw: Draw, probability: Double)] {
    let all = combinations(n, size, repeating: false)
    return all.map { (Draw(batch: $0), 1 / Double(all.count)) }
  }

  /// Multisets with their multinomial probabilities B!/(Π m!) / N^B.
  private static func multisets(_ n: Int, _ size: Int) -> [(draw: Draw, probability: Double)] {
    combinations(n, size, repeating: true).map { batch in
      var probability = 1.0
      var run = 0
      for (position, sample) in batch.enumerated() {
        run = position > 0 && batch[position - 1] == sample ? run + 1 : 1
        probability *= Double(position + 1) / Double(run) / Double(n)
      }
      return (Draw(batch: batch), probability)
    }
  }

  /// All ascending sequences of `size` numbers below n.
  private static func combinations(_ n: Int, _ size: Int, repeating: Bool) -> [[Int]] {
    var all: [[Int]] = []
    var current: [Int] = []
    func extend(from first: Int) {
      if current.count == size { return all.append(current) }
      // Enough numbers must be left to finish the sequence.
      let end = repeating ? n : n - (size - current.count) + 1
      for next in first..<max(first, end) {
        current.append(next)
        extend(from: repeating ? next : next + 1)
        current.removeLast()
      }
    }
    extend(from: 0)
    return all
  }
}
