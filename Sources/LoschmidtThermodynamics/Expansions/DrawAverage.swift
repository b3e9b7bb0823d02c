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

/// Collects a mean over draws, group by group.
struct VectorMean {
  private var sum: CompensatedVector
  private var squares: CompensatedVector
  private let isSampled: Bool
  private let count: Int

  init(dimension: Int, average: DrawAverage) {
    sum = CompensatedVector(count: dimension)
    isSampled = average.isSampled
    squares = CompensatedVector(count: isSampled ? dimension : 0)
    count = average.draws.count
  }

  /// What one group contributes.
  struct Part {
    let sum: [Double]
    let squares: [Double]

    init(_ block: Block, weights: [Double], isSampled: Bool) {
      sum = block.weightedSum(weights)
      guard isSampled else {
        squares = []
        return
      }
      var squared = block
      for k in squared.entries.indices { squared.entries[k] *= squared.entries[k] }
      squares = squared.weightedSum(weights)
    }
  }

  mutating func add(_ part: Part) {
    sum.add(part.sum)
    if isSampled { squares.add(part.squares) }
  }

  var result: AveragedVector {
    let mean = sum.total
    guard isSampled else { return AveragedVector(mean: mean, standardErrors: nil) }
    let errors = zip(mean, squares.total).map { mean, square in
      (max(0, square - mean * mean) / Double(max(1, count - 1))).squareRoot()
    }
    return AveragedVector(mean: mean, standardErrors: errors)
  }
}
