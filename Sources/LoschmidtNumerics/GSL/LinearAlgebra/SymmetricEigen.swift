import CGSL

/// The eigenvalues and orthonormal eigenvectors of a symmetric matrix, A vₖ = λₖ vₖ.
public struct SymmetricEigen: Sendable, Equatable {
  /// The number of rows of A.
  public let dimension: Int
  /// The eigenvalues, ascending.
  public let eigenvalues: [Double]
  /// The orthogonal matrix of the eigenvectors, row-major: column k is vₖ.
  ///
  /// Of the two directions of a vector, the one whose entry of largest modulus is positive.
  public let eigenvectors: [Double]

  /// Diagonalises A.
  ///
  /// - Parameters:
  ///   - matrix: A, row-major; only the entries on and below the diagonal are read.
  ///   - dimension: The number of rows, at least 1.
  /// - Throws: `GSLError`: `GSL_EDOM` when an entry is not finite, `GSL_EBADLEN` for another number of entries,
  ///   `GSL_EINVAL` for a dimension below 1.
  /// - Complexity: O(dimension³).
  public init(matrix: [Double], dimension: Int) throws(GSLError) {
    let function = "gsl_eigen_symmv"
    try SquareMatrix.check(matrix, dimension: dimension, for: function)
    let workspace = try GSLLibrary.allocated(gsl_eigen_symmv_alloc(dimension), "gsl_eigen_symmv_alloc")
    defer { gsl_eigen_symmv_free(workspace) }
    var entries = matrix
    var values = [Double](repeating: 0, count: dimension)
    var vectors = [Double](repeating: 0, count: dimension * dimension)
    let status = entries.withUnsafeMutableBufferPointer { entries in
      values.withUnsafeMutableBufferPointer { values in
        vectors.withUnsafeMutableBufferPointer { vectors in
          var matrix = SquareMatrix.view(entries, dimension: dimension)
          var valueView = SquareMatrix.view(values)
          var vectorView = SquareMatrix.view(vectors, dimension: dimension)
          let status = gsl_eigen_symmv(&matrix, &valueView, &vectorView, workspace)
          return status == 0 ? gsl_eigen_symmv_sort(&valueView, &vectorView, GSL_EIGEN_SORT_VAL_ASC) : status
        }
      }
    }
    try GSLLibrary.check(status, function)
    Self.orient(&vectors, dimension: dimension)
    self.dimension = dimension
    eigenvalues = values
    eigenvectors = vectors
  }

  /// The eigenvector that belongs to `eigenvalues[index]`.
  public func eigenvector(_ index: Int) -> [Double] {
    (0..<dimension).map { eigenvectors[$0 * dimension + index] }
  }

  private static func orient(_ vectors: inout [Double], dimension: Int) {
    for column in 0..<dimension {
      var largest = 0.0
      for row in 0..<dimension where abs(vectors[row * dimension + column]) > abs(largest) {
        largest = vectors[row * dimension + column]
      }
      guard largest < 0 else { continue }
      for row in 0..<dimension { vectors[row * dimension + column].negate() }
    }
  }
}
