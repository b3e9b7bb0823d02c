import LoschmidtDynamics
import LoschmidtNumerics

/// The draws over which forces are averaged: every outcome with its probability, or a sample of equally likely ones.
public struct DrawAverage: Sendable {
  /// The draws.
  public let draws: [Draw]
  /// Their weights in the average; they add up to 1.
  public let weights: [Double]
  /// Whether the draws are a random sample, so that averages over them have a statistical error.
  public let isSampled: Bool

  /// Every outcome of a law, or, where they are too many, a sample.
  ///
  /// - Parameters:
  ///   - law: The law of a draw.
  ///   - sampleSize: How many draws are sampled where the outcomes cannot be listed.
  ///   - index: Gives a uniform whole number from 0 to one below its argument; used for sampling only.
  public init(_ law: DrawSet, sampleSize: Int, index: (Int) -> Int) {
    if let outcomes = law.outcomes {
      draws = outcomes.map(\.draw)
      weights = outcomes.map(\.probability)
      isSampled = false
    } else {
      draws = (0..<sampleSize).map { _ in law.sample(index) }
      weights = [Double](repeating: 1 / Double(sampleSize), count: sampleSize)
      isSampled = true
    }
  }

  /// Draws with weights that add up to 1, taken as all there are.
  public init(draws: [Draw], weights: [Double]) {
    precondition(draws.count == weights.count, "every draw has one weight")
    self.draws = draws
    self.weights = weights
    isSampled = false
  }

  /// Ranges of draws that are evaluated side by side.
  func groups(of lanes: Int) -> [Range<Int>] {
    stride(from: 0, to: draws.count, by: lanes).map { $0..<min($0 + lanes, draws.count) }
  }
}

/// The mean of a vector over draws, with its standard error where the draws are a sample.
public struct AveragedVector: Sendable {
  /// The mean, one entry a coordinate.
  public let mean: [Double]
  /// The standard errors, one a coordinate; `nil` where the average is exact.
  public let standardErrors: [Double]?
}

/// Collects a mean over draws, group by group, and the spread about it where the draws are a sample.
///
/// Sums of squares are about the mean of each group and merged as Chan, Golub and LeVeque (1983) do, so that a spread much
/// smaller than the mean keeps its digits.
struct VectorMean {
  private var sum: CompensatedVector
  private var means: [Double]
  private var squares: [Double]
  private var count = 0

  init(dimension: Int, average: DrawAverage) {
    sum = CompensatedVector(count: dimension)
    means = [Double](repeating: 0, count: average.isSampled ? dimension : 0)
    squares = means
  }

  /// What one group contributes.
  struct Part {
    let sum: [Double]
    let count: Int
    /// The plain mean over the group, and the sum of the squares of the deviations from it; empty where nobody asks.
    let means: [Double]
    let squares: [Double]

    init(_ block: Block, weights: [Double], isSampled: Bool) {
      sum = block.weightedSum(weights)
      count = block.lanes
      guard isSampled else {
        (means, squares) = ([], [])
        return
      }
      let ones = [Double](repeating: 1, count: block.lanes)
      let means = block.weightedSum([Double](repeating: 1 / Double(block.lanes), count: block.lanes))
      var deviations = block
      for i in 0..<block.dimension {
        for k in (i * block.lanes)..<((i + 1) * block.lanes) {
          let deviation = deviations.entries[k] - means[i]
          deviations.entries[k] = deviation * deviation
        }
      }
      self.means = means
      squares = deviations.weightedSum(ones)
    }
  }

  mutating func add(_ part: Part) {
    sum.add(part.sum)
    let (old, new) = (Double(count), Double(count + part.count))
    for i in means.indices {
      let difference = part.means[i] - means[i]
      means[i] += difference * (Double(part.count) / new)
      squares[i] += part.squares[i] + difference * difference * (old * Double(part.count) / new)
    }
    count += part.count
  }

  var result: AveragedVector {
    let isSampled = !means.isEmpty
    let pairs = Double(count) * Double(max(1, count - 1))
    return AveragedVector(mean: sum.total, standardErrors: isSampled ? squares.map { ($0 / pairs).squareRoot() } : nil)
  }
}
