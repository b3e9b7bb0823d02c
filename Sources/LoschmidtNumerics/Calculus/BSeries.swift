/// A B-series with exact coefficients: Σ h^|τ| / σ(τ) · a(τ) · F(τ), over the elementary differentials of one field f.
///
/// It stands for a map θ ↦ θ + Σ …, or, divided by the step h, for a vector field; the compositions below say which.
/// Coefficients of trees with more than `maximumOrder` vertices are not known.
///
/// - Source: Hairer, Lubich, Wanner, Geometric Numerical Integration, sections III.1 and IX.9.
public struct BSeries: Hashable, Sendable {
  /// The largest number of vertices of a tree whose coefficient is known.
  public let maximumOrder: Int
  private var coefficients: [RootedTree: Rational]

  /// The series whose coefficient of each tree is given by a rule.
  public init(maximumOrder: Int, coefficient: (RootedTree) -> Rational) {
    self.maximumOrder = maximumOrder
    coefficients = [:]
    for tree in RootedTree.all(upTo: maximumOrder) { coefficients[tree] = coefficient(tree) }
  }

  /// a(τ); a tree beyond `maximumOrder` is a mistake in the program.
  public subscript(tree: RootedTree) -> Rational {
    guard let value = coefficients[tree] else {
      preconditionFailure("the coefficient of a tree with \(tree.order) vertices is not known")
    }
    return value
  }

  // MARK: Maps

  /// θ ↦ θ.
  public static func identity(maximumOrder: Int) -> BSeries {
    BSeries(maximumOrder: maximumOrder) { _ in .zero }
  }

  /// One step of Euler's method, θ ↦ θ + h f(θ).
  public static func euler(maximumOrder: Int) -> BSeries {
    BSeries(maximumOrder: maximumOrder) { $0.order == 1 ? .one : .zero }
  }

  /// `count` steps of Euler's method, each of length h × `step`.
  public static func euler(times count: Int, step: Rational, maximumOrder: Int) -> BSeries {
    var result = identity(maximumOrder: maximumOrder)
    for _ in 0..<count { result = result.followedByEuler(step: step) }
    return result
  }

  /// The flow of f for time h: a(τ) = 1/γ(τ).
  public static func exactFlow(maximumOrder: Int) -> BSeries {
    BSeries(maximumOrder: maximumOrder) { Rational(1, $0.density) }
  }

  /// This map, then one step of Euler's method of length h × `step`.
  public func followedByEuler(step: Rational) -> BSeries {
    self + step * fieldAlong
  }

  // MARK: Vector fields, times h

  /// h f(B(a)): its coefficient at [τ₁, …, τ_m] is Π a(τ_i).
  public var fieldAlong: BSeries {
    BSeries(maximumOrder: maximumOrder) { tree in tree.children.reduce(.one) { $0 * self[$1] } }
  }

  /// h f′(B(a))·B(c), with a this map and B(c) = h C a vector field times h: Σ_j c(τ_j) Π_{i ≠ j} a(τ_i).
  public func derivativeAlong(appliedTo field: BSeries) -> BSeries {
    BSeries(maximumOrder: min(maximumOrder, field.maximumOrder)) { tree in
      tree.children.indices.reduce(.zero) { sum, j in
        sum
          + tree.children.indices.reduce(field[tree.children[j]]) { product, i in
            i == j ? product : product * self[tree.children[i]]
          }
      }
    }
  }

  // MARK: Linear combinations

  /// The sum of two series, known as far as both are.
  public static func + (left: BSeries, right: BSeries) -> BSeries {
    BSeries(maximumOrder: min(left.maximumOrder, right.maximumOrder)) { left[$0] + right[$0] }
  }

  /// The difference of two series, known as far as both are.
  public static func - (left: BSeries, right: BSeries) -> BSeries {
    BSeries(maximumOrder: min(left.maximumOrder, right.maximumOrder)) { left[$0] - right[$0] }
  }

  /// Every coefficient times a number.
  public static func * (factor: Rational, series: BSeries) -> BSeries {
    BSeries(maximumOrder: series.maximumOrder) { factor * series[$0] }
  }
}
