/// Mean and covariance of a stream of independent vectors of few entries, with the standard error of each; mergeable.
///
/// Beside C_ij = Σ x_i x_j about the mean it keeps T_ij = Σ x_i² x_j and F_ij = Σ x_i² x_j², from which the sampling
/// error of C_ij follows without a normal law. Merging moves both parts to the common mean, as in `Moments`.
/// Memory and time for each vector are O(d²).
public struct CovarianceMoments: Sendable, Equatable {
  /// The number d of entries of each vector.
  public let dimension: Int
  /// How many vectors were added.
  public private(set) var count = 0
  private var centre: [CompensatedSum]
  private var second: [CompensatedSum]
  private var third: [CompensatedSum]
  private var fourth: [CompensatedSum]

  /// No vectors; their entries will be `dimension` many.
  public init(dimension: Int) {
    precondition(dimension > 0, "a vector has at least one entry")
    self.dimension = dimension
    centre = [CompensatedSum](repeating: CompensatedSum(), count: dimension)
    second = [CompensatedSum](repeating: CompensatedSum(), count: dimension * dimension)
    third = second
    fourth = second
  }

  // MARK: Accumulation

  /// Adds one vector.
  public mutating func add(_ vector: [Double]) {
    precondition(vector.count == dimension, "a vector of another length cannot be added")
    var single = CovarianceMoments(dimension: dimension)
    for i in 0..<dimension { single.centre[i].add(vector[i]) }
    single.count = 1
    merge(single)
  }

  /// Adds all that another accumulation has seen.
  public mutating func merge(_ other: CovarianceMoments) {
    precondition(other.dimension == dimension, "accumulations of different dimensions cannot be merged")
    guard other.count > 0 else { return }
    guard count > 0 else {
      self = other
      return
    }
    var other = other
    let total = Double(count + other.count)
    let distance = (0..<dimension).map { centre[$0].distance(to: other.centre[$0]) }
    let (own, others) = (Double(other.count) / total, Double(count) / total)
    shift(by: distance.map { -$0 * own })
    other.shift(by: distance.map { $0 * others })
    for index in second.indices {
      second[index].add(other.second[index])
      third[index].add(other.third[index])
      fourth[index].add(other.fourth[index])
    }
    for i in 0..<dimension { centre[i].add(distance[i] * own) }
    count += other.count
  }

  /// Refers the sums to a centre that lies `a` below the mean; the mean itself stays.
  private mutating func shift(by a: [Double]) {
    let size = Double(count)
    let (c, t) = (second.map(\.total), third.map(\.total))
    for i in 0..<dimension {
      for j in 0..<dimension {
        let (ij, ji) = (i * dimension + j, j * dimension + i)
        let (ii, jj) = (i * dimension + i, j * dimension + j)
        fourth[ij].add(2 * (a[j] * t[ij] + a[i] * t[ji]))
        fourth[ij].add(a[j] * a[j] * c[ii] + a[i] * a[i] * c[jj] + 4 * a[i] * a[j] * c[ij])
        fourth[ij].add(size * (a[i] * a[j]) * (a[i] * a[j]))
        third[ij].add(a[j] * c[ii] + 2 * a[i] * c[ij])
        third[ij].add(size * a[i] * a[i] * a[j])
        second[ij].add(size * a[i] * a[j])
      }
    }
  }

  // MARK: Results

  /// The mean of each entry; NaN of no vectors.
  public var mean: [Double] { centre.map { count > 0 ? $0.total : .nan } }

  /// The unbiased covariance, C/(n − 1), row-major; NaN of fewer than two vectors.
  public var covariance: [Double] { second.map { count > 1 ? $0.total / Double(count - 1) : .nan } }

  /// √(C_ii/n) of each entry of the mean.
  public var meanStandardError: [Double] {
    let covariance = covariance
    return (0..<dimension).map { (covariance[$0 * dimension + $0] / Double(count)).squareRoot() }
  }

  /// The standard error of each entry of the covariance, √((F_ij/n − (C_ij/n)²)/n), row-major, with a relative bias
  /// of order 1/n; NaN of fewer than four vectors.
  public var covarianceStandardError: [Double] {
    guard count > 3 else { return [Double](repeating: .nan, count: dimension * dimension) }
    let size = Double(count)
    return second.indices.map { index in
      let product = second[index].total / size
      return (max(0, fourth[index].total / size - product * product) / size).squareRoot()
    }
  }
}
