import CGSL

/// The Cholesky factorisation A = L Lᵀ of a symmetric positive definite matrix.
public struct Cholesky: Sendable, Equatable {
  /// The number of rows of A.
  public let dimension: Int
  /// L, row-major, with zeros above the diagonal and a positive diagonal.
  public let lower: [Double]

  /// Factorises A.
  ///
  /// - Parameters:
  ///   - matrix: A, row-major; only the entries on and below the diagonal are read.
  ///   - dimension: The number of rows, at least 1.
  /// - Throws: `GSLError`: `GSL_EDOM` when A is not positive definite or not finite, `GSL_EBADLEN` for another number
  ///   of entries, `GSL_EINVAL` for a dimension below 1.
  /// - Complexity: O(dimension³).
  public init(matrix: [Double], dimension: Int) throws(GSLError) {
    let function = "gsl_linalg_cholesky_decomp1"
    try SquareMatrix.check(matrix, dimension: dimension, for: function)
    var factor = matrix
    let status = factor.withUnsafeMutableBufferPointer { entries in
      var view = SquareMatrix.view(entries, dimension: dimension)
      return gsl_linalg_cholesky_decomp1(&view)
    }
    try GSLLibrary.check(status, function, detail: "the matrix is not positive definite")
    for row in 0..<dimension {
      for column in (row + 1)..<max(dimension, row + 1) { factor[row * dimension + column] = 0 }
    }
    guard factor.allSatisfy(\.isFinite) else {
      throw GSLError(status: GSL_EOVRFLW, function: function, detail: "an entry of the factor is not finite")
    }
    self.dimension = dimension
    lower = factor
  }

  /// ln det A = 2 Σ ln Lᵢᵢ.
  public var logDeterminant: Double {
    var sum = 0.0
    for i in 0..<dimension { sum += log(lower[i * dimension + i]) }
    return 2 * sum
  }

  /// The solution x of A x = b.
  ///
  /// - Throws: `GSLError`: `GSL_EBADLEN` when b does not have `dimension` entries.
  public func solve(_ right: [Double]) throws(GSLError) -> [Double] {
    try SquareMatrix.check(vector: right, dimension: dimension, for: "gsl_linalg_cholesky_svx")
    return backward(forward(right))
  }

  /// The solution z of L z = b: whitens b when A is its covariance.
  ///
  /// - Throws: `GSLError`: `GSL_EBADLEN` when b does not have `dimension` entries.
  public func solveLower(_ right: [Double]) throws(GSLError) -> [Double] {
    try SquareMatrix.check(vector: right, dimension: dimension, for: "gsl_blas_dtrsv")
    return forward(right)
  }

  /// L z: gives independent standard normals z the covariance A.
  ///
  /// - Throws: `GSLError`: `GSL_EBADLEN` when z does not have `dimension` entries.
  public func multiplyLower(_ vector: [Double]) throws(GSLError) -> [Double] {
    try SquareMatrix.check(vector: vector, dimension: dimension, for: "gsl_blas_dtrmv")
    return (0..<dimension).map { row in
      var sum = 0.0
      for column in 0...row { sum += lower[row * dimension + column] * vector[column] }
      return sum
    }
  }

  private func forward(_ right: [Double]) -> [Double] {
    var solution = right
    for row in 0..<dimension {
      var sum = solution[row]
      for column in 0..<row { sum -= lower[row * dimension + column] * solution[column] }
      solution[row] = sum / lower[row * dimension + row]
    }
    return solution
  }

  private func backward(_ right: [Double]) -> [Double] {
    var solution = right
    for row in (0..<dimension).reversed() {
      let value = solution[row] / lower[row * dimension + row]
      solution[row] = value
      for column in 0..<row { solution[column] -= lower[row * dimension + column] * value }
    }
    return solution
  }
}
