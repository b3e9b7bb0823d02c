import LoschmidtDynamics
import LoschmidtNumerics

/// Sums over the currents of single steps, of many trajectories: what the uncertainty relation needs.
///
/// The currents of a step from x to x′ are j_b = (x′ − x)_b and j_ab = ½(x + x′)_a (x′ − x)_b, all d + d² of them, so that
/// what they can express does not depend on the origin. All change their sign when time is reversed.
public struct CurrentSums: Sendable, Equatable {
  /// The number of currents, d + d².
  public let currents: Int
  /// How many trajectories were added.
  public private(set) var trajectories = 0
  /// Σ over trajectories of the mean of every current along one.
  private var means: [Double]
  /// Σ over trajectories of the products of these means, row by row.
  private var products: [Double]
  /// Σ over trajectories of the mean of the products of the currents of one step, the upper triangle row by row.
  private var second: [Double]

  /// Nothing yet, for d coordinates.
  public init(dimension: Int) {
    currents = dimension * (dimension + 1)
    means = [Double](repeating: 0, count: currents)
    products = [Double](repeating: 0, count: currents * currents)
    second = [Double](repeating: 0, count: currents * (currents + 1) / 2)
  }

  /// Adds one trajectory, by the means along it.
  ///
  /// - Parameters:
  ///   - mean: Of every current, j_b first, then j_ab row by row.
  ///   - second: Of the products of two currents of one step, the upper triangle row by row.
  public mutating func add(mean: [Double], second: [Double]) {
    precondition(mean.count == currents && second.count == self.second.count, "the sums fit the currents")
    trajectories += 1
    for (i, value) in mean.enumerated() {
      means[i] += value
      for (j, other) in mean.enumerated() { products[i * currents + j] += value * other }
    }
    for (k, value) in second.enumerated() { self.second[k] += value }
  }

  /// Adds the trajectories of another block.
  public mutating func append(_ other: CurrentSums) {
    precondition(other.currents == currents, "only sums over the same currents add up")
    trajectories += other.trajectories
    for k in means.indices { means[k] += other.means[k] }
    for k in products.indices { products[k] += other.products[k] }
    for k in second.indices { second[k] += other.second[k] }
  }

  /// μ, the mean of every current per step.
  public var mean: [Double] { means.map { $0 / Double(trajectories) } }

  /// Ξ, the covariance of the currents of one step.
  public var covariance: DenseMatrix {
    let mean = mean
    var matrix = DenseMatrix.zero(currents)
    var k = 0
    for i in 0..<currents {
      for j in i..<currents {
        let value = second[k] / Double(trajectories) - mean[i] * mean[j]
        (matrix[i, j], matrix[j, i]) = (value, value)
        k += 1
      }
    }
    return matrix
  }

  /// The covariance of μ as an estimate, from the differences between trajectories, which are independent.
  ///
  /// It contains all correlations in time. Two trajectories are the least.
  public var meanCovariance: DenseMatrix {
    let (mean, count) = (mean, Double(trajectories))
    var matrix = DenseMatrix.zero(currents)
    for i in 0..<currents {
      for j in 0..<currents {
        matrix[i, j] = (products[i * currents + j] / count - mean[i] * mean[j]) / (count - 1)
      }
    }
    return matrix
  }

  /// The estimate from the best combination of the currents.
  ///
  /// - Parameters:
  ///   - interval: The time of a step.
  ///   - steps: How many steps were counted along every trajectory.
  /// - Throws: `GaussianFailure.notPositiveDefinite` where the currents are linearly dependent.
  public func uncertainty(interval: Double, steps: Int) throws(GaussianFailure) -> Uncertainty {
    precondition(trajectories >= 2, "an error needs two trajectories")
    return try Uncertainty(
      mean: mean, covariance: covariance, interval: interval, meanCovariance: meanCovariance,
      samples: Double(trajectories) * Double(steps))
  }
}

/// Accumulates the currents of a block step by step: the storage of one worker; nothing is allocated on the way.
final class CurrentAccumulator {
  /// At most so many coordinates: the products of the currents grow with the fourth power.
  static let largestDimension = 6

  private let dimension: Int
  private let lanes: Int
  private let currents: LaneStorage
  private let sums: LaneStorage
  private let products: LaneStorage
  private var steps = 0

  init(dimension: Int, lanes: Int) {
    self.dimension = dimension
    self.lanes = lanes
    let count = dimension * (dimension + 1)
    currents = LaneStorage(dimension: count, lanes: lanes)
    sums = LaneStorage(dimension: count, lanes: lanes)
    products = LaneStorage(dimension: count * (count + 1) / 2, lanes: lanes)
  }

  /// Begins with other trajectories.
  func begin() {
    steps = 0
    sums.fill(0)
    products.fill(0)
  }

  /// Adds the step from `previous` to `theta`.
  func add(from previous: LaneStorage, to theta: LaneStorage) {
    steps += 1
    for b in 0..<dimension {
      let (new, old, move) = (theta.row(b), previous.row(b), currents.row(b))
      for lane in 0..<lanes { move[lane] = new[lane] - old[lane] }
    }
    for a in 0..<dimension {
      let (new, old) = (theta.row(a), previous.row(a))
      for b in 0..<dimension {
        let (move, current) = (currents.row(b), currents.row(dimension + a * dimension + b))
        for lane in 0..<lanes { current[lane] = 0.5 * (old[lane] + new[lane]) * move[lane] }
      }
    }
    let values = currents.pointer
    for k in 0..<currents.count { sums.pointer[k] += values[k] }
    var target = products.pointer
    for i in 0..<currents.dimension {
      for j in i..<currents.dimension {
        let (left, right) = (values + i * lanes, values + j * lanes)
        for lane in 0..<lanes { target[lane] += left[lane] * right[lane] }
        target += lanes
      }
    }
  }

  /// The sums over the trajectories in these lanes.
  func sums(of lanes: [Int]) -> CurrentSums {
    var result = CurrentSums(dimension: dimension)
    let weight = 1 / Double(max(1, steps))
    for lane in lanes {
      result.add(
        mean: sums.vector(lane: lane).map { $0 * weight }, second: products.vector(lane: lane).map { $0 * weight })
    }
    return result
  }
}
