/// Sums of vectors over independent replicas in groups, for the error of any function of their means by the jackknife.
///
/// The groups hold the same number of replicas to one. Memory is that of the groups, whatever the number of replicas.
public struct GroupedSums: Sendable, Equatable {
  /// At most so many groups: the error has itself a relative error of about 1/√(2 groups).
  public static let largestGroupCount = 256

  /// The length of a vector.
  public let width: Int
  /// The replicas of each group.
  public private(set) var counts: [Int]
  /// Group by group, each `width` numbers.
  private var sums: [Double]

  /// Groups without replicas.
  ///
  /// - Parameters:
  ///   - width: The length of the vectors.
  ///   - groups: The number of groups.
  public init(width: Int, groups: Int) {
    precondition(width >= 0 && groups >= 1, "there is at least one group")
    self.width = width
    counts = [Int](repeating: 0, count: groups)
    sums = [Double](repeating: 0, count: groups * width)
  }

  /// The number of replicas.
  public var count: Int { counts.reduce(0, +) }

  /// Adds the vector of a replica to a group.
  public mutating func add(_ vector: [Double], group: Int) {
    precondition(vector.count == width, "vectors have one length")
    counts[group] += 1
    for (i, value) in vector.enumerated() { sums[group * width + i] += value }
  }

  /// Adds the replicas of others with the same groups.
  public mutating func merge(_ other: GroupedSums) {
    precondition(other.width == width && other.counts.count == counts.count, "sums of the same shape")
    for group in counts.indices { counts[group] += other.counts[group] }
    for index in sums.indices { sums[index] += other.sums[index] }
  }

  /// The means over all replicas; not finite without any.
  public var means: [Double] {
    let total = Double(count)
    return totals.map { $0 / total }
  }

  private var totals: [Double] {
    var totals = [Double](repeating: 0, count: width)
    for group in counts.indices {
      for i in 0..<width { totals[i] += sums[group * width + i] }
    }
    return totals
  }

  /// A function of the means, with its bias of first order taken off, and its standard error.
  ///
  /// With θ̂ from all n replicas, θ̂_g without the m_g of group g and h_g = n/m_g, the estimate is
  /// Gθ̂ − Σ (1 − 1/h_g) θ̂_g, and its variance the mean of (h_gθ̂ − (h_g − 1)θ̂_g − estimate)²/(h_g − 1).
  ///
  /// - Parameter function: What is estimated, from the means.
  /// - Returns: Both are NaN with fewer than two groups that hold replicas, or where the function is not finite.
  /// - Source: Busing, Meijer and van der Leeden, Statistics and Computing 9 (1999) 3.
  public func jackknife(_ function: ([Double]) -> Double) -> (value: Double, standardError: Double) {
    jackknifeAll { [function($0)] }.first ?? (.nan, .nan)
  }

  /// The same for several functions of the means at once; empty with fewer than two groups that hold replicas.
  public func jackknifeAll(_ functions: ([Double]) -> [Double]) -> [(value: Double, standardError: Double)] {
    let full = counts.indices.filter { counts[$0] > 0 }
    guard full.count > 1 else { return [] }
    let (totals, total) = (totals, Double(count))
    let whole = functions(totals.map { $0 / total })
    let partial = full.map { group in
      let rest = total - Double(counts[group])
      return functions((0..<width).map { (totals[$0] - sums[group * width + $0]) / rest })
    }
    let shares = full.map { total / Double(counts[$0]) }
    return whole.indices.map { k in Self.combined(whole[k], partial.map { $0[k] }, shares) }
  }

  /// The estimate and its error from the value of all replicas and those without a group each.
  private static func combined(
    _ whole: Double, _ partial: [Double], _ shares: [Double]
  ) -> (value: Double, standardError: Double) {
    var estimate = CompensatedSum()
    estimate.add(Double(partial.count) * whole)
    for (value, h) in zip(partial, shares) { estimate.add(-(1 - 1 / h) * value) }
    var variance = CompensatedSum()
    for (value, h) in zip(partial, shares) {
      let deviation = h * whole - (h - 1) * value - estimate.total
      variance.add(deviation * deviation / (h - 1))
    }
    return (estimate.total, (variance.total / Double(partial.count)).squareRoot())
  }
}
