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
    return entries.withUnsafeBufferPointer { entries in
      weights.withUnsafeBufferPointer { weights in
        (0..<dimension).map { i in
          var partial = SIMD4<Double>.zero
          let row = i * lanes
          var lane = 0
          while lane + 4 <= lanes {
            for k in 0..<4 { partial[k] += weights[lane + k] * entries[row + lane + k] }
            lane += 4
          }
          while lane < lanes {
            partial[lane & 3] += weights[lane] * entries[row + lane]
            lane += 1
          }
          return (partial[0] + partial[1]) + (partial[2] + partial[3])
        }
      }
    }
  }
}
