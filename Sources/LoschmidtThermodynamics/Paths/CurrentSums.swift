import LoschmidtDynamics
import LoschmidtNumerics

/// Sums over the currents of single steps, of many trajectories: what the uncertainty relation needs.
///
/// The currents of a step from x to x′ are j_b = (x′ − x)_b and j_ab = ½(x + x′)_a (x′ − x)_b, all d + d² of them, so that
/// what they can express does not depend on the origin. All change their sign when time is reversed. j_b and j_ab + j_ba
/// are changes of a function, whose mean vanishes where the coordinates have a stationary law.
public struct CurrentSums: Sendable, Equatable {
  /// What was added of one group of trajectories, from whose scatter errors of non-linear functions come.
  struct Group: Sendable, Equatable {
    /// How many trajectories.
    var count = 0
    /// Σ of the mean of every current along a trajectory.
    var means: [Double]
    /// Σ of the mean of the products of the currents of one step, the upper triangle row by row.
    var second: [Double]
  }

  /// The most groups that trajectories are spread over; those of even and of odd number are the two halves of the data.
  public static let largestGroupCount = 64

  /// d.
  public let dimension: Int
  /// The number of currents, d + d².
  public var currents: Int { dimension * (dimension + 1) }
  /// How many trajectories were added.
  public private(set) var trajectories = 0
  /// The trajectories by the remainder of their number.
  private(set) var groups: [Group]
  /// Σ over trajectories of the products of the means of two currents along one, row by row.
  private var products: [Double]
  /// Σ over trajectories of the change between the halves of the counted steps, of the means of j_b and of j_b j_c, the
  /// upper triangle row by row; and of the squares of these changes.
  private(set) var changes: [Double]
  private(set) var squaredChanges: [Double]

  /// Nothing yet, for d coordinates.
  public init(dimension: Int, groups count: Int = largestGroupCount) {
    self.dimension = dimension
    let currents = dimension * (dimension + 1)
    let group = Group(
      means: [Double](repeating: 0, count: currents),
      second: [Double](repeating: 0, count: currents * (currents + 1) / 2))
    groups = [Group](repeating: group, count: count)
    products = [Double](repeating: 0, count: currents * currents)
    changes = [Double](repeating: 0, count: dimension * (dimension + 3) / 2)
    squaredChanges = changes
  }

  /// Adds one trajectory, by the means along it.
  ///
  /// - Parameters:
  ///   - mean: Of every current, j_b first, then j_ab row by row.
  ///   - second: Of the products of two currents of one step, the upper triangle row by row.
  ///   - change: What the means of j_b and of j_b j_c changed by from the first half of the steps to the second.
  ///   - trajectory: The number of the trajectory, which decides about its group.
  public mutating func add(mean: [Double], second: [Double], change: [Double]? = nil, trajectory: Int = 0) {
    let place = trajectory % groups.count
    precondition(
      mean.count == currents && second.count == groups[place].second.count, "the sums fit the currents")
    trajectories += 1
    groups[place].count += 1
    for (i, value) in mean.enumerated() {
      groups[place].means[i] += value
      for (j, other) in mean.enumerated() { products[i * currents + j] += value * other }
    }
    for (k, value) in second.enumerated() { groups[place].second[k] += value }
    guard let change else { return }
    for (k, value) in change.enumerated() {
      changes[k] += value
      squaredChanges[k] += value * value
    }
  }

  /// Adds the trajectories of another block.
  public mutating func append(_ other: CurrentSums) {
    precondition(
      other.dimension == dimension && other.groups.count == groups.count, "only sums over the same currents add up")
    trajectories += other.trajectories
    for (g, more) in other.groups.enumerated() where more.count > 0 {
      groups[g].count += more.count
      for k in more.means.indices { groups[g].means[k] += more.means[k] }
      for k in more.second.indices { groups[g].second[k] += more.second[k] }
    }
    for k in products.indices { products[k] += other.products[k] }
    for k in changes.indices {
      changes[k] += other.changes[k]
      squaredChanges[k] += other.squaredChanges[k]
    }
  }

  /// Σ of the means of the currents, and of their products as a matrix, over the trajectories of some groups.
  func total(over places: some Sequence<Int>) -> Group {
    var sum = Group(
      means: [Double](repeating: 0, count: currents),
      second: [Double](repeating: 0, count: currents * (currents + 1) / 2))
    for g in places where groups[g].count > 0 {
      sum.count += groups[g].count
      for k in sum.means.indices { sum.means[k] += groups[g].means[k] }
      for k in sum.second.indices { sum.second[k] += groups[g].second[k] }
    }
    return sum
  }

  /// The place of a product of two currents in the upper triangle.
  func place(_ i: Int, _ j: Int) -> Int {
    let (row, column) = (min(i, j), max(i, j))
    return row * currents - row * (row - 1) / 2 + column - row
  }

  /// μ, the mean of every current per step.
  public var mean: [Double] { total(over: groups.indices).means.map { $0 / Double(trajectories) } }

  /// Ξ, the covariance of the currents of one step.
  public var covariance: DenseMatrix {
    let total = total(over: groups.indices)
    let (count, mean) = (Double(trajectories), total.means.map { $0 / Double(trajectories) })
    var matrix = DenseMatrix.zero(currents)
    for i in 0..<currents {
      for j in i..<currents {
        let value = total.second[place(i, j)] / count - mean[i] * mean[j]
        (matrix[i, j], matrix[j, i]) = (value, value)
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
  ///   - chosen: The places of the currents that are combined; `nil` for all.
  /// - Returns: The estimate with its error from the differences between trajectories.
  /// - Throws: `GaussianFailure.notPositiveDefinite` where the currents are linearly dependent.
  public func uncertainty(
    interval: Double, steps: Int, of chosen: [Int]? = nil
  ) throws(GaussianFailure) -> Uncertainty {
    precondition(trajectories >= 2, "an error needs two trajectories")
    let (places, mean) = (chosen ?? Array(0..<currents), mean)
    return try Uncertainty(
      mean: places.map { mean[$0] }, covariance: covariance.part(places), interval: interval,
      meanCovariance: meanCovariance.part(places), samples: Double(trajectories) * Double(steps))
  }
}

extension DenseMatrix {
  /// The rows and columns at some places.
  fileprivate func part(_ places: [Int]) -> DenseMatrix {
    DenseMatrix(
      rows: places.count, columns: places.count, entries: places.flatMap { i in places.map { self[i, $0] } })
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
  /// The sums of j_b and of j_b j_c over the first half of the steps.
  private let firstHalf: LaneStorage
  private let half: Int
  private var steps = 0

  /// Storage for blocks of so many lanes; `steps` is how many will be counted, whose halves are compared.
  init(dimension: Int, lanes: Int, steps: Int) {
    self.dimension = dimension
    self.lanes = lanes
    half = steps / 2
    firstHalf = LaneStorage(dimension: dimension * (dimension + 3) / 2, lanes: lanes)
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
    if steps == half { copyDisplacements(to: firstHalf) }
  }

  /// Copies the sums of j_b and of j_b j_c, which do not depend on where the origin is.
  private func copyDisplacements(to target: LaneStorage) {
    let count = currents.dimension
    var row = 0
    for b in 0..<dimension {
      target.row(row).update(from: sums.row(b), count: lanes)
      row += 1
    }
    for b in 0..<dimension {
      for c in b..<dimension {
        target.row(row).update(from: products.row(b * count - b * (b - 1) / 2 + c - b), count: lanes)
        row += 1
      }
    }
  }

  /// The sums over the trajectories in these lanes, whose first has the number `first`.
  func sums(of lanes: [Int], first: UInt64) -> CurrentSums {
    var result = CurrentSums(dimension: dimension)
    let weight = 1 / Double(max(1, steps))
    let whole = LaneStorage(dimension: firstHalf.dimension, lanes: self.lanes)
    copyDisplacements(to: whole)
    for lane in lanes {
      let change =
        steps < 2
        ? nil
        : zip(whole.vector(lane: lane), firstHalf.vector(lane: lane)).map { all, early in
          (all - early) / Double(steps - half) - early / Double(half)
        }
      result.add(
        mean: sums.vector(lane: lane).map { $0 * weight }, second: products.vector(lane: lane).map { $0 * weight },
        change: change, trajectory: Int((first &+ UInt64(lane)) % UInt64(CurrentSums.largestGroupCount)))
    }
    return result
  }
}
