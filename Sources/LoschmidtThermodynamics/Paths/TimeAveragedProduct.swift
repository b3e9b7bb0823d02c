/// The covariance of two quantities a and b over time and independent replicas, with its error; mergeable.
///
/// Of each replica it takes the time averages of (a − o_a)(b − o_b), a − o_a and b − o_b about an origin o. The error
/// comes from the scatter of replicas alone, so that correlation in time does not matter. Merging moves both parts to
/// one origin.
public struct TimeAveragedProduct: Sendable, Equatable {
  /// o_a and o_b, anywhere near the means.
  public let origin: (a: Double, b: Double)
  /// The number of replicas.
  public private(set) var count = 0
  /// The means of the product, of a and of b, about the origin.
  private var centre = SIMD4<Double>.zero
  /// Σ over replicas of (v − mean) vᵀ for v = (product, a, b), row by row.
  private var scatter = [SIMD4<Double>](repeating: .zero, count: 3)

  /// No replicas yet.
  public init(origin: (a: Double, b: Double)) { self.origin = origin }

  /// Whether origin, count and all sums are the same.
  public static func == (left: Self, right: Self) -> Bool {
    left.origin == right.origin && left.count == right.count && left.centre == right.centre
      && left.scatter == right.scatter
  }

  /// Adds the time averages of one replica, all about the origin.
  public mutating func add(product: Double, a: Double, b: Double) {
    let value = SIMD4(product, a, b, 0)
    let distance = value - centre
    let share = 1 / Double(count + 1)
    combine(distance, weight: Double(count) * share)
    centre += share * distance
    count += 1
  }

  /// Adds all that another accumulation has seen.
  public mutating func merge(_ other: TimeAveragedProduct) {
    guard other.count > 0 else { return }
    guard count > 0 else {
      self = other
      return
    }
    let other = other.moved(to: origin)
    let distance = other.centre - centre
    let share = Double(other.count) / Double(count + other.count)
    combine(distance, weight: Double(count) * share)
    for row in 0..<3 { scatter[row] += other.scatter[row] }
    centre += share * distance
    count += other.count
  }

  private mutating func combine(_ distance: SIMD4<Double>, weight: Double) {
    for row in 0..<3 { scatter[row] += (weight * distance[row]) * distance }
  }

  /// The same about another origin: v ↦ Av + c with the product (a + s)(b + r) = ab + ra + sb + sr.
  private func moved(to target: (a: Double, b: Double)) -> TimeAveragedProduct {
    let (s, r) = (origin.a - target.a, origin.b - target.b)
    var moved = TimeAveragedProduct(origin: target)
    moved.count = count
    moved.centre = SIMD4(centre[0] + r * centre[1] + s * centre[2] + s * r, centre[1] + s, centre[2] + r, 0)
    // A S, then (A S)Aᵀ, with A = [[1, r, s], [0, 1, 0], [0, 0, 1]].
    let top = scatter[0] + r * scatter[1] + s * scatter[2]
    moved.scatter = [top, scatter[1], scatter[2]].map { row in
      SIMD4(row[0] + r * row[1] + s * row[2], row[1], row[2], 0)
    }
    return moved
  }

  // MARK: Results

  /// The mean of a; NaN of no replicas.
  public var mean: Double { count > 0 ? origin.a + centre[1] : .nan }

  /// The standard error of the mean of a across replicas; NaN of fewer than two.
  public var meanStandardError: Double {
    count > 1 ? (scatter[1][1].notNegative / (Double(count) * Double(count - 1))).squareRoot() : .nan
  }

  /// E ab − E a E b, unbiased for independent replicas; NaN of fewer than two.
  ///
  /// The product of the means is too large by their covariance, S_ab/(n(n − 1)), which is added again.
  public var covariance: Double {
    guard count > 1 else { return .nan }
    return centre[0] - centre[1] * centre[2] + scatter[1][2] / (Double(count) * Double(count - 1))
  }

  /// The standard error of the covariance by the delta method: that of product − ā b − b̄ a; NaN of fewer than two.
  public var covarianceStandardError: Double {
    guard count > 1 else { return .nan }
    let weights = SIMD4(1, -centre[2], -centre[1], 0)
    var form = 0.0
    for row in 0..<3 { form += weights[row] * (scatter[row] * weights).sum() }
    return (form.notNegative / (Double(count) * Double(count - 1))).squareRoot()
  }
}

extension Double {
  /// 0 for a negative number, which only rounding makes; NaN stays NaN, where `max(0, x)` would be 0.
  var notNegative: Double { self < 0 ? 0 : self }
}
