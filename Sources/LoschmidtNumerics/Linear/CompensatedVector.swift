/// A sum of vectors that keeps the rounding errors of its additions (two-sum of Knuth).
public struct CompensatedVector: Sendable {
  private var sums: [Double]
  private var corrections: [Double]

  /// The zero vector.
  public init(count: Int) {
    sums = [Double](repeating: 0, count: count)
    corrections = sums
  }

  /// Adds a vector of the same length.
  public mutating func add(_ terms: [Double]) {
    precondition(terms.count == sums.count, "vectors of different lengths cannot be added")
    for i in terms.indices {
      let old = sums[i]
      let new = old + terms[i]
      let shifted = new - old
      corrections[i] += (old - (new - shifted)) + (terms[i] - shifted)
      sums[i] = new
    }
  }

  /// The sum, as accurate as if it had been computed with twice the digits and then rounded; what is infinite or NaN in
  /// plain addition stays so.
  public var total: [Double] {
    zip(sums, corrections).map { sum, correction in sum.isFinite ? sum + correction : sum }
  }
}

extension Block {
  /// Σ_lane weight(lane) × vector(lane), each entry from four interleaved partial sums.
  public func weightedSum(_ weights: [Double]) -> [Double] {
    precondition(weights.count == lanes, "every lane has one weight")
    return [Double](unsafeUninitializedCapacity: dimension) { sums, count in
      entries.withUnsafeBufferPointer { entries in
        weights.withUnsafeBufferPointer { weights in
          for i in 0..<dimension { sums[i] = Self.weightedSum(entries, from: i * lanes, weights) }
        }
      }
      count = dimension
    }
  }

  private static func weightedSum(
    _ entries: UnsafeBufferPointer<Double>, from row: Int, _ weights: UnsafeBufferPointer<Double>
  ) -> Double {
    var (a, b, c, d) = (0.0, 0.0, 0.0, 0.0)
    var lane = 0
    while lane + 4 <= weights.count {
      a += weights[lane] * entries[row + lane]
      b += weights[lane + 1] * entries[row + lane + 1]
      c += weights[lane + 2] * entries[row + lane + 2]
      d += weights[lane + 3] * entries[row + lane + 3]
      lane += 4
    }
    while lane < weights.count {
      a += weights[lane] * entries[row + lane]
      lane += 1
    }
    return (a + b) + (c + d)
  }
}
