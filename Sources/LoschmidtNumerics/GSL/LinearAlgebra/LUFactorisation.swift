import CGSL

/// The factorisation P A = L U of a square matrix with row exchanges.
public struct LUFactorisation: Sendable, Equatable {
  /// The number of rows of A.
  public let dimension: Int
  /// U on and above the diagonal, L without its unit diagonal below it; row-major.
  private let factors: [Double]
  /// Row i of P A is row `rows[i]` of A.
  private let rows: [Int]
  private let parity: Int

  /// Factorises A; a singular matrix has a factorisation too, and determinant 0.
  ///
  /// - Parameters:
  ///   - matrix: A, row-major.
  ///   - dimension: The number of rows, at least 1.
  /// - Throws: `GSLError`: `GSL_EDOM` when an entry is not finite, `GSL_EBADLEN` for another number of entries,
  ///   `GSL_EINVAL` for a dimension below 1.
  /// - Complexity: O(dimension³).
  public init(matrix: [Double], dimension: Int) throws(GSLError) {
    let function = "gsl_linalg_LU_decomp"
    try SquareMatrix.check(matrix, dimension: dimension, for: function)
    var factors = matrix
    var rows = [Int](repeating: 0, count: dimension)
    var sign: Int32 = 1
    let status = factors.withUnsafeMutableBufferPointer { entries in
      rows.withUnsafeMutableBytes { rows in
        var view = SquareMatrix.view(entries, dimension: dimension)
        // GSL counts rows in `size_t`, which Swift sees as Int; both have the width of a pointer.
        var permutation = gsl_permutation(size: dimension, data: rows.assumingMemoryBound(to: Int.self).baseAddress)
        return gsl_linalg_LU_decomp(&view, &permutation, &sign)
      }
    }
    try GSLLibrary.check(status, function)
    self.dimension = dimension
    self.factors = factors
    self.rows = rows
    parity = Int(sign)
  }

  /// det A; may overflow or underflow where `logAbsoluteDeterminant` does not.
  public var determinant: Double {
    var product = Double(parity)
    for i in 0..<dimension { product *= factors[i * dimension + i] }
    return product
  }

  /// ln |det A|; minus infinity for a singular matrix.
  public var logAbsoluteDeterminant: Double {
    var sum = 0.0
    for i in 0..<dimension { sum += log(abs(factors[i * dimension + i])) }
    return sum
  }

  /// The solution x of A x = b.
  ///
  /// - Throws: `GSLError`: `GSL_ESING` when A is exactly singular, `GSL_EBADLEN` when b does not have `dimension`
  ///   entries.
  public func solve(_ right: [Double]) throws(GSLError) -> [Double] {
    let function = "gsl_linalg_LU_solve"
    try SquareMatrix.check(vector: right, dimension: dimension, for: function)
    for i in 0..<dimension where factors[i * dimension + i] == 0 {
      throw GSLError(status: GSL_ESING, function: function, detail: "pivot \(i) of the matrix is 0")
    }
    var solution = rows.map { right[$0] }
    for row in 0..<dimension {
      var sum = solution[row]
      for column in 0..<row { sum -= factors[row * dimension + column] * solution[column] }
      solution[row] = sum
    }
    for row in (0..<dimension).reversed() {
      var sum = solution[row]
      for column in (row + 1)..<max(dimension, row + 1) { sum -= factors[row * dimension + column] * solution[column] }
      solution[row] = sum / factors[row * dimension + row]
    }
    return solution
  }
}
