import Foundation

/// How far two samples of vectors are apart: E = 2 E|X − Y| − E|X − X′| − E|Y − Y′|, and whether they are of one law.
///
/// E ≥ 0, and 0 only where both laws are the same; its unit is that of x. The estimate is the unbiased one, over pairs of
/// different vectors, so that it may be negative by chance. Distances are Euclidean, and computed once, in O(N² d) for
/// N = n + m vectors of d entries.
/// - Source: Székely and Rizzo, Energy statistics: a class of statistics based on distances, J. Stat. Plann. Inference
///   143 (2013) 1249.
public struct EnergyDistance: Sendable {
  /// The estimate of E.
  public let value: Double
  /// The standard error of `value`, from the first-order projections φ_X(x) = E|x − Y| − E|x − X′|:
  /// √(4 Var φ_X/n + 4 Var φ_Y/m).
  ///
  /// Where both laws are the same, φ is constant and `value` no longer normal: equality is for the permutation tests.
  public let standardError: Double
  /// The mean distance E|Y − Y′| of two vectors of the second sample: its own spread, in the unit of x.
  public let spread: Double
  /// The standard error of `value` with what the first-order projections leave out, which is all of it where both laws are
  /// the same.
  ///
  /// Adds 2 (1/n + 1/m)² times the mean square of the doubly centred distances to the variance. Of one law it is
  /// about √3 too large, on the safe side, because the projections of a sample scatter by themselves.
  public let wholeError: Double
  /// The number n of vectors of the first sample.
  public let first: Int
  /// The number m of vectors of the second sample.
  public let second: Int

  /// |z_i − z_j| of all vectors, those of the first sample first, row by row.
  let distances: [Double]
  /// Σ_j |z_i − z_j| for every vector.
  let rowSums: [Double]

  /// Compares two samples.
  ///
  /// `nil` where an entry or a distance is not finite.
  ///
  /// - Parameters:
  ///   - x: At least two vectors.
  ///   - y: At least two vectors with as many entries.
  public init?(_ x: [[Double]], _ y: [[Double]]) {
    precondition(x.count >= 2 && y.count >= 2, "a distance within a sample needs two vectors")
    let dimension = x[0].count
    precondition((x + y).allSatisfy { $0.count == dimension }, "all vectors have as many entries")
    let (n, m) = (x.count, y.count)
    (first, second) = (n, m)
    distances = Self.matrix(x + y)
    let size = n + m
    var toFirst: [Double] = []
    var toSecond: [Double] = []
    for i in 0..<size {
      let row = distances[i * size..<(i + 1) * size]
      toFirst.append(row.prefix(n).reduce(0, +))
      toSecond.append(row.suffix(m).reduce(0, +))
    }
    rowSums = zip(toFirst, toSecond).map { $0 + $1 }
    guard rowSums.allSatisfy(\.isFinite) else { return nil }
    let weights = Weights(n, m)
    let (own, cross, others) = (
      toFirst.prefix(n).reduce(0, +) / 2, toSecond.prefix(n).reduce(0, +), toSecond.suffix(m).reduce(0, +) / 2
    )
    value = weights.energy(own: own, cross: cross, others: others)
    let projections = (
      Moments((0..<n).map { toSecond[$0] / Double(m) - toFirst[$0] / Double(n - 1) }),
      Moments((n..<size).map { toFirst[$0] / Double(n) - toSecond[$0] / Double(m - 1) })
    )
    standardError =
      (4 * projections.0.variance / Double(n) + 4 * projections.1.variance / Double(m)).squareRoot()
    spread = weights.others * others
    let degenerate = Self.degenerateVariance(distances, rowSums, n, m)
    wholeError = (standardError * standardError + degenerate).squareRoot()
  }

  /// The variance of E where both laws are the same: E = −Σ_ij w_i w_j A_ij with w = 1/n and −1/m and A the distances
  /// less the means of their row and column plus the mean of all.
  private static func degenerateVariance(_ distances: [Double], _ rowSums: [Double], _ n: Int, _ m: Int) -> Double {
    let size = n + m
    let means = rowSums.map { $0 / Double(size) }
    let mean = means.reduce(0, +) / Double(size)
    var sum = 0.0
    distances.withUnsafeBufferPointer { distances in
      for i in 0..<size {
        var row = 0.0
        for j in 0..<i {
          let centred = distances[i * size + j] - means[i] - means[j] + mean
          row += centred * centred
        }
        sum += row
      }
    }
    let share = 1 / Double(n) + 1 / Double(m)
    return 2 * share * share * 2 * sum / Double(size * (size - 1))
  }

  private static func matrix(_ vectors: [[Double]]) -> [Double] {
    let (size, dimension) = (vectors.count, vectors[0].count)
    let flat = vectors.flatMap(\.self)
    return [Double](unsafeUninitializedCapacity: size * size) { target, count in
      flat.withUnsafeBufferPointer { flat in
        for i in 0..<size {
          target[i * size + i] = 0
          for j in 0..<i {
            var sum = 0.0
            for k in 0..<dimension {
              let difference = flat[i * dimension + k] - flat[j * dimension + k]
              sum += difference * difference
            }
            let distance = sum.squareRoot()
            (target[i * size + j], target[j * size + i]) = (distance, distance)
          }
        }
      }
      count = size * size
    }
  }

  /// The weights of sums over pairs of a labelling in E.
  struct Weights {
    let own: Double
    let cross: Double
    let others: Double

    init(_ n: Int, _ m: Int) {
      let (n, m) = (Double(n), Double(m))
      (own, cross, others) = (2 / (n * (n - 1)), 2 / (n * m), 2 / (m * (m - 1)))
    }

    /// E from Σ_{i<j} over pairs of the first sample, over mixed pairs and over pairs of the second sample.
    func energy(own a: Double, cross c: Double, others b: Double) -> Double { cross * c - own * a - others * b }
  }

  /// What two values of E that are equal may differ by: sums of so many terms, each addition with half an ulp.
  public var rounding: Double {
    let total = rowSums.reduce(0, +)
    let weights = Weights(first, second)
    return Double(rowSums.count * rowSums.count) * Double.ulpOfOne * total
      * max(weights.own, weights.cross, weights.others)
  }

  // MARK: Equality of the laws

  /// The p-value of the claim that both samples are of one law: the share of random relabellings of all N vectors whose
  /// E is at least as large, counted until it is clear that p is not small.
  ///
  /// An exact p-value that is a function of the seed. A relabelling takes O(min(n, m)²); where n and m are hundreds, small
  /// p-values come sooner from ``swapTest(seed:bits:)``.
  ///
  /// - Parameters:
  ///   - seed: Of the relabellings.
  ///   - rule: When to stop.
  /// - Returns: The p-value, and how many relabellings it took.
  public func permutationTest(seed: UInt64, rule: SequentialMonteCarlo) -> SequentialMonteCarlo.Result {
    var stream = ResamplingStream(seed: seed)
    let size = rowSums.count
    // E of a labelling does not change when both samples change their roles, so that the smaller one is drawn.
    let count = min(first, second)
    let weights = first <= second ? Weights(first, second) : Weights(second, first)
    let total = rowSums.reduce(0, +) / 2
    let threshold = value - rounding
    var order = Array(0..<size)
    return rule.run {
      for k in 0..<count { order.swapAt(k, Int.random(in: k..<size, using: &stream)) }
      var own = 0.0
      var sums = 0.0
      for (k, i) in order.prefix(count).enumerated() {
        sums += rowSums[i]
        let row = i * size
        for j in order.prefix(k) { own += distances[row + j] }
      }
      let cross = sums - 2 * own
      return weights.energy(own: own, cross: cross, others: total - own - cross) >= threshold
    }
  }
}
