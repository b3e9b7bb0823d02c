import CGSL

/// The eigenvalues of a square real matrix that need not be symmetric.
public struct GeneralEigenvalues: Sendable, Equatable {
  /// The real parts; eigenvalues ascend by real part, and by imaginary part where the real parts are equal.
  public let real: [Double]
  /// The imaginary parts, in the order of `real`; values that are not real come in conjugate pairs.
  public let imaginary: [Double]

  /// Computes the eigenvalues of A, after balancing it.
  ///
  /// - Parameters:
  ///   - matrix: A, row-major.
  ///   - dimension: The number of rows, at least 1.
  /// - Throws: `GSLError`: `GSL_EDOM` when an entry is not finite, `GSL_EBADLEN` for another number of entries,
  ///   `GSL_EINVAL` for a dimension below 1, `GSL_EMAXITER` when the QR iteration does not converge.
  /// - Complexity: O(dimension³).
  public init(matrix: [Double], dimension: Int) throws(GSLError) {
    let function = "gsl_eigen_nonsymm"
    try SquareMatrix.check(matrix, dimension: dimension, for: function)
    let workspace = try GSLLibrary.allocated(gsl_eigen_nonsymm_alloc(dimension), "gsl_eigen_nonsymm_alloc")
    defer { gsl_eigen_nonsymm_free(workspace) }
    gsl_eigen_nonsymm_params(0, 1, workspace)
    var entries = matrix
    var values = [Double](repeating: 0, count: 2 * dimension)
    let status = entries.withUnsafeMutableBufferPointer { entries in
      values.withUnsafeMutableBufferPointer { values in
        var matrix = SquareMatrix.view(entries, dimension: dimension)
        var view = gsl_vector_complex(size: dimension, stride: 1, data: values.baseAddress, block: nil, owner: 0)
        return gsl_eigen_nonsymm(&matrix, &view, workspace)
      }
    }
    try GSLLibrary.check(status, function)
    let order = (0..<dimension).sorted { (i: Int, j: Int) -> Bool in
      (values[2 * i], values[2 * i + 1]) < (values[2 * j], values[2 * j + 1])
    }
    real = order.map { values[2 * $0] }
    imaginary = order.map { values[2 * $0 + 1] }
  }

  /// The largest modulus: the iteration x ↦ A x contracts exactly when it is below 1.
  public var spectralRadius: Double {
    zip(real, imaginary).reduce(0) { max($0, ($1.0 * $1.0 + $1.1 * $1.1).squareRoot()) }
  }

  /// The largest real part: the flow x′ = A x decays exactly when it is below 0.
  public var spectralAbscissa: Double {
    real.last ?? -.infinity
  }
}
