import LoschmidtDynamics
import LoschmidtNumerics

/// The random matrix m of a step θ′ = mθ + c as a list of maps with weights: m = 1 − M(H + K + Δ) with the mobility M.
///
/// The list is the law of m where it has few outcomes. Elsewhere it is a list with the same moments up to `exactOrder`,
/// whose weights may be negative: cubature for normal deviations, and weights that make up the moments of large batches.
/// Noise that is added to θ whatever it is does not matter here.
public struct RandomMaps: Sendable {
  /// A map with its weight; the weights add up to 1.
  struct Weighted: Sendable {
    let map: DenseMatrix
    let weight: Double
  }

  /// The maps, each of one substep, or of an epoch; of a modified equation those of its noise over half a substep.
  let outcomes: [Weighted]
  /// Of a modified equation the map of its drift over a substep, between two independent ones of `outcomes`, and the
  /// number of substeps; `nil` for other rules.
  let drift: (map: DenseMatrix, substeps: Int)?
  /// Up to this order moments are those of m; `nil` where the list is the law of m itself.
  let exactOrder: Int?
  /// E m; of a modified equation the map of its drift.
  let mean: DenseMatrix
  /// F_a with m = E m + Σ z_aF_a and independent standard normal z_a, where that is the law; else empty.
  let normalFields: [DenseMatrix]

  /// At most so many outcomes are listed as they are.
  static let largestCount = 1024
  /// At most so many products for an operator on moments: a second or two without optimisation.
  static let largestWork = 0x1p27
  /// Noise that is told by its moments alone has at most so many coordinates.
  static let largestMatchedDimension = 8
  /// Up to this number of moments the radius comes from the eigenvalues, beyond from iteration.
  static let largestWrittenSize = 126

  init(
    outcomes: [Weighted], exactOrder: Int?, mean: DenseMatrix, normalFields: [DenseMatrix] = [],
    drift: (map: DenseMatrix, substeps: Int)? = nil
  ) {
    (self.outcomes, self.exactOrder, self.mean) = (outcomes, exactOrder, mean)
    (self.normalFields, self.drift) = (normalFields, drift)
  }

  /// d.
  var dimension: Int { mean.rows }

  /// Whether m is always the same.
  var isConstant: Bool { outcomes.count == 1 }

  /// Whether the law of the outcomes is that of a whole step.
  var isLaw: Bool { exactOrder == nil && drift == nil }

  /// The spectral radius of E m^{⊗k} on the moments of order k: below 1 these are stationary.
  ///
  /// For an even order it decides about the moments themselves, since E‖m_n⋯m_1x‖^k grows as its n-th power.
  ///
  /// - Returns: `nil` where the maps do not have the moments of this order, or the operator is too large.
  func radius(order: Int) -> Double? {
    if let exactOrder, order > exactOrder { return nil }
    guard SymmetricPower.work(dimension: dimension, order: order) * Double(outcomes.count) <= Self.largestWork else {
      return nil
    }
    let power = SymmetricPower(dimension: dimension, order: order)
    var sum = DenseMatrix.zero(power.size)
    for outcome in outcomes { power.add(outcome.map, weight: outcome.weight, to: &sum) }
    if let drift {
      var flow = DenseMatrix.zero(power.size)
      power.add(drift.map, weight: 1, to: &flow)
      sum = (sum * flow * sum).power(drift.substeps)
    }
    if power.size <= Self.largestWrittenSize { return try? sum.spectralRadius() }
    return Self.iteratedRadius(sum, power)
  }

  /// The radius from the growth of |x|^k, which is inside the cone of positive polynomials that the operator keeps.
  private static func iteratedRadius(_ operation: DenseMatrix, _ power: SymmetricPower) -> Double? {
    let adjoint = operation.transposed
    // (x·x)^{k/2}: what E of it is made of, as coefficients of the moments.
    var vector = power.norm
    var radius = 0.0
    for _ in 0..<5000 {
      let next = adjoint.applied(to: vector)
      // The value of the polynomial at a fixed point inside: the sum of the pure powers.
      let estimate = power.diagonalSum(next) / power.diagonalSum(vector)
      let isSettled = abs(estimate - radius) <= 1e-9 * abs(estimate)
      radius = estimate
      if isSettled || estimate == 0 { return radius }
      vector = Vectors.scaled(next, by: 1 / power.diagonalSum(next))
    }
    return nil
  }
}
