import LoschmidtNumerics

/// A loss that is the mean of quadratic ones, ℓ_i(θ) = ½ θᵀH_iθ − h_iᵀθ + c_i.
public struct QuadraticSamples: Sendable {
  /// H_i.
  public enum Curvature: Sendable, Equatable {
    /// a aᵀ.
    case outer([Double])
    /// Any symmetric matrix.
    case dense(DenseMatrix)

    /// The matrix itself.
    public var matrix: DenseMatrix {
      switch self {
      case .outer(let vector): .outer(vector, vector)
      case .dense(let matrix): matrix
      }
    }

    /// H_i x.
    func applied(to vector: [Double]) -> [Double] {
      switch self {
      case .outer(let feature): Vectors.scaled(feature, by: Vectors.inner(feature, vector))
      case .dense(let matrix): matrix.applied(to: vector)
      }
    }
  }

  /// H_1, …, H_N.
  public let curvatures: [Curvature]
  /// h_1, …, h_N.
  public let pulls: [[Double]]
  /// c_1, …, c_N.
  public let offsets: [Double]
  /// H = mean of H_i, positive definite.
  public let hessian: DenseMatrix
  /// θ* = H⁻¹ mean of h_i.
  public let minimum: [Double]

  /// The loss with these samples; constants that are not given are 0.
  ///
  /// - Throws: `GaussianFailure.notPositiveDefinite` unless H is positive definite: there is no single minimum then.
  public init(curvatures: [Curvature], pulls: [[Double]], offsets: [Double]? = nil) throws(GaussianFailure) {
    precondition(!curvatures.isEmpty && curvatures.count == pulls.count, "every sample has a curvature and a pull")
    let dimension = pulls[0].count
    self.curvatures = curvatures
    self.pulls = pulls
    self.offsets = offsets ?? [Double](repeating: 0, count: pulls.count)
    precondition(self.offsets.count == pulls.count, "every sample has a constant")
    var sum = DenseMatrix.zero(dimension)
    var pull = [Double](repeating: 0, count: dimension)
    for (curvature, sample) in zip(curvatures, pulls) {
      sum = sum + curvature.matrix
      pull = Vectors.sum(pull, sample)
    }
    let share = 1 / Double(pulls.count)
    hessian = (share * sum).symmetrised
    let factor = try GaussianFailure.factor(hessian, "the mean curvature of the samples")
    minimum = factor.solve(DenseMatrix(rows: dimension, columns: 1, entries: Vectors.scaled(pull, by: share))).entries
  }

  /// Linear regression, ℓ_i = ½ (a_iᵀθ − y_i)².
  ///
  /// - Throws: `GaussianFailure.notPositiveDefinite` where the features do not span all directions.
  public static func leastSquares(
    features: [[Double]], targets: [Double]
  ) throws(GaussianFailure) -> QuadraticSamples {
    try QuadraticSamples(
      curvatures: features.map { .outer($0) }, pulls: zip(features, targets).map { Vectors.scaled($0, by: $1) },
      offsets: targets.map { 0.5 * $0 * $0 })
  }

  /// N.
  public var count: Int { curvatures.count }

  /// The number of coordinates of θ.
  public var dimension: Int { minimum.count }

  /// r_i = H_iθ* − h_i, whose mean is 0.
  public var residualGradients: [[Double]] {
    zip(curvatures, pulls).map { curvature, pull in
      Vectors.sum(curvature.applied(to: minimum), pull, times: -1)
    }
  }

  /// C₀ = mean of r_i r_iᵀ, the covariance of the gradient of one sample at θ*.
  public var gradientCovariance: DenseMatrix {
    let sum = residualGradients.reduce(DenseMatrix.zero(dimension)) { $0 + .outer($1, $1) }
    return (1 / Double(count)) * sum
  }

  /// The loss at θ*.
  public var minimumLoss: Double {
    let sum = offsets.indices.reduce(0) { sum, index in
      let bent = Vectors.inner(curvatures[index].applied(to: minimum), minimum)
      return sum + 0.5 * bent - Vectors.inner(pulls[index], minimum) + offsets[index]
    }
    return sum / Double(count)
  }
}
