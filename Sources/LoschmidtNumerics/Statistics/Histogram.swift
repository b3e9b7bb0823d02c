import Foundation

/// Counts of values between fixed edges; mergeable, and what lies outside is counted too.
public struct Histogram: Sendable, Equatable {
  /// The edges, increasing; bin j is edges[j] ≤ x < edges[j + 1], and the last one has its upper edge too.
  public let edges: [Double]
  /// The counts of the bins.
  public private(set) var counts: [Int]
  /// How many values lie below the first edge.
  public private(set) var underflow = 0
  /// How many values lie above the last edge.
  public private(set) var overflow = 0
  /// How many values are not numbers.
  public private(set) var notNumbers = 0

  /// An empty histogram with at least two finite edges, each larger than the one before.
  public init(edges: [Double]) {
    precondition(edges.count >= 2, "a histogram has at least one bin")
    precondition(edges.allSatisfy(\.isFinite), "the edges of a histogram are finite")
    precondition(zip(edges, edges.dropFirst()).allSatisfy { $0 < $1 }, "the edges of a histogram increase")
    self.edges = edges
    counts = [Int](repeating: 0, count: edges.count - 1)
  }

  /// Edges that lie symmetrically about 0, one of them at 0, so that P(x) and P(−x) can be read off.
  ///
  /// The range is the smallest that holds all but `outside` of the sample, by |x|. A sample without a finite value
  /// other than 0 gets the range −1…1.
  ///
  /// - Parameters:
  ///   - sample: The values that the range is taken from; what is not finite is left out.
  ///   - binsPerSide: The number of equal bins on each side of 0.
  ///   - outside: The share of the sample that may lie outside, 0 for none.
  ///   - innermost: About how wide the bins at 0 may be. Where equal ones would be wider, the edges are those of a hyperbolic
  ///     sine, which has such bins at 0 and bins of equal ratios far outside.
  /// - Returns: 2 `binsPerSide` + 1 edges.
  public static func symmetricEdges(
    for sample: [Double], binsPerSide: Int, outside: Double = 0, innermost: Double = .infinity
  ) -> [Double] {
    precondition(binsPerSide > 0, "a histogram has at least one bin on each side of 0")
    precondition(outside >= 0 && outside < 1, "a share lies in 0..<1")
    let sizes = sample.lazy.filter(\.isFinite).map(abs).sorted()
    let kept = sizes.count - Int(Double(sizes.count) * outside)
    let reach = kept > 0 ? sizes[kept - 1] : 0
    let width = reach / Double(binsPerSide)
    if width > innermost { return hyperbolicEdges(reach: reach, binsPerSide: binsPerSide, innermost: innermost) }
    // The smallest width that keeps neighbouring edges apart.
    let bin = width >= .leastNormalMagnitude ? width : 1 / Double(binsPerSide)
    return (-binsPerSide...binsPerSide).map {
      abs($0) == binsPerSide && bin == width
        ? ($0 < 0 ? -reach : reach) : Double($0) * bin
    }
  }

  /// r sinh(ck)/sinh(cn) for k from −n to n, with c such that they are `innermost` · k about k = 0.
  private static func hyperbolicEdges(reach: Double, binsPerSide: Int, innermost: Double) -> [Double] {
    let ratio = reach / (innermost * Double(binsPerSide))
    // sinh(x)/x increases, from 1 to more than any ratio of two numbers.
    var (low, high) = (0.0, 700.0)
    for _ in 0..<60 {
      let middle = 0.5 * (low + high)
      if sinh(middle) < ratio * middle { low = middle } else { high = middle }
    }
    return (-binsPerSide...binsPerSide).map { reach * (sinh(high * Double($0) / Double(binsPerSide)) / sinh(high)) }
  }

  /// Counts one value.
  public mutating func add(_ value: Double) {
    if value.isNaN {
      notNumbers += 1
    } else if value < edges[0] {
      underflow += 1
    } else if value > edges[edges.count - 1] {
      overflow += 1
    } else {
      counts[bin(of: value)] += 1
    }
  }

  /// Adds the counts of a histogram with the same edges.
  public mutating func merge(_ other: Histogram) {
    precondition(other.edges == edges, "histograms with different edges cannot be merged")
    for bin in counts.indices { counts[bin] += other.counts[bin] }
    underflow += other.underflow
    overflow += other.overflow
    notNumbers += other.notNumbers
  }

  /// How many numbers were counted, those outside the edges included.
  public var total: Int { counts.reduce(underflow + overflow, +) }

  /// The share of all numbers in each bin over its width; NaN of an empty histogram.
  ///
  /// Integrates to less than 1 where numbers lie outside.
  public var densities: [Double] {
    let total = Double(total)
    return counts.indices.map { Double(counts[$0]) / total / (edges[$0 + 1] - edges[$0]) }
  }

  /// By bisection: the edges need not be equidistant.
  private func bin(of value: Double) -> Int {
    var (low, high) = (0, edges.count - 1)
    while high - low > 1 {
      let middle = (low + high) / 2
      if value < edges[middle] { high = middle } else { low = middle }
    }
    return low
  }
}
