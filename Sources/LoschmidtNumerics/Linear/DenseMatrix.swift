/// A small dense real matrix with its arithmetic, row-major.
///
/// It is meant for exact results of linear processes, of which there are a few per run; blocks of trajectories live in
/// `Block`. Shapes that do not fit are mistakes of the program.
public struct DenseMatrix: Sendable, Equatable {
  /// The number of rows, at least 1.
  public let rows: Int
  /// The number of columns, at least 1.
  public let columns: Int
  /// The entries, row by row.
  public var entries: [Double]

  /// The matrix with these entries, row by row.
  public init(rows: Int, columns: Int, entries: [Double]) {
    precondition(rows >= 1 && columns >= 1, "a matrix has at least one row and one column")
    precondition(entries.count == rows * columns, "a matrix needs rows × columns entries")
    self.rows = rows
    self.columns = columns
    self.entries = entries
  }

  /// The matrix with these rows, all of one length.
  public init(_ rows: [[Double]]) {
    let columns = rows.first?.count ?? 0
    precondition(rows.allSatisfy { $0.count == columns }, "the rows of a matrix have one length")
    self.init(rows: rows.count, columns: columns, entries: rows.flatMap { $0 })
  }

  /// A matrix of zeros; square unless the number of columns is given.
  public static func zero(_ rows: Int, _ columns: Int? = nil) -> DenseMatrix {
    let columns = columns ?? rows
    return DenseMatrix(rows: rows, columns: columns, entries: [Double](repeating: 0, count: rows * columns))
  }

  /// The square matrix with these numbers on its diagonal and zeros beside it.
  public static func diagonal(_ values: [Double]) -> DenseMatrix {
    var matrix = zero(values.count)
    for (index, value) in values.enumerated() { matrix[index, index] = value }
    return matrix
  }

  /// The identity.
  public static func identity(_ dimension: Int) -> DenseMatrix {
    diagonal([Double](repeating: 1, count: dimension))
  }

  /// a bᵀ.
  public static func outer(_ left: [Double], _ right: [Double]) -> DenseMatrix {
    DenseMatrix(rows: left.count, columns: right.count, entries: left.flatMap { entry in right.map { entry * $0 } })
  }

  /// The entry in a row and a column, both counted from 0.
  public subscript(row: Int, column: Int) -> Double {
    get { entries[row * columns + column] }
    set { entries[row * columns + column] = newValue }
  }

  /// The entries of row after row, as a list of rows.
  public var rowVectors: [[Double]] {
    (0..<rows).map { Array(entries[($0 * columns)..<(($0 + 1) * columns)]) }
  }

  /// The transposed matrix.
  public var transposed: DenseMatrix {
    var result = DenseMatrix.zero(columns, rows)
    for row in 0..<rows {
      for column in 0..<columns { result[column, row] = self[row, column] }
    }
    return result
  }

  /// ½ (M + Mᵀ) of a square matrix.
  public var symmetrised: DenseMatrix {
    precondition(rows == columns, "only a square matrix has a symmetric part")
    var result = self
    for row in 0..<rows {
      for column in 0..<row {
        let mean = 0.5 * (self[row, column] + self[column, row])
        result[row, column] = mean
        result[column, row] = mean
      }
    }
    return result
  }

  /// Σ Mᵢᵢ.
  public var trace: Double { (0..<min(rows, columns)).reduce(0) { $0 + self[$1, $1] } }

  /// √(Σ Mᵢⱼ²).
  public var frobeniusNorm: Double { entries.reduce(0) { $0 + $1 * $1 }.squareRoot() }

  /// The largest modulus of an entry.
  public var largestEntry: Double { entries.reduce(0) { max($0, abs($1)) } }

  /// The sum of the products of corresponding entries, tr(MᵀN).
  public func inner(_ other: DenseMatrix) -> Double {
    requireShape(of: other)
    return Vectors.inner(entries, other.entries)
  }

  /// M x.
  public func applied(to vector: [Double]) -> [Double] {
    precondition(vector.count == columns, "a matrix acts on vectors with as many entries as it has columns")
    return entries.withUnsafeBufferPointer { entries in
      (0..<rows).map { row in
        var sum = 0.0
        for column in 0..<columns { sum += entries[row * columns + column] * vector[column] }
        return sum
      }
    }
  }

  /// xᵀ M y.
  public func form(_ left: [Double], _ right: [Double]) -> Double { Vectors.inner(left, applied(to: right)) }

  /// M N.
  public static func * (left: DenseMatrix, right: DenseMatrix) -> DenseMatrix {
    precondition(left.columns == right.rows, "the columns of the left factor are the rows of the right one")
    let (rows, inner, columns) = (left.rows, left.columns, right.columns)
    var product = zero(rows, columns)
    product.entries.withUnsafeMutableBufferPointer { target in
      left.entries.withUnsafeBufferPointer { left in
        right.entries.withUnsafeBufferPointer { right in
          for row in 0..<rows {
            for k in 0..<inner {
              let factor = left[row * inner + k]
              for column in 0..<columns { target[row * columns + column] += factor * right[k * columns + column] }
            }
          }
        }
      }
    }
    return product
  }

  /// a M.
  public static func * (factor: Double, matrix: DenseMatrix) -> DenseMatrix {
    DenseMatrix(rows: matrix.rows, columns: matrix.columns, entries: Vectors.scaled(matrix.entries, by: factor))
  }

  /// M + N.
  public static func + (left: DenseMatrix, right: DenseMatrix) -> DenseMatrix {
    left.requireShape(of: right)
    return DenseMatrix(
      rows: left.rows, columns: left.columns, entries: Vectors.sum(left.entries, right.entries))
  }

  /// M − N.
  public static func - (left: DenseMatrix, right: DenseMatrix) -> DenseMatrix {
    left.requireShape(of: right)
    return DenseMatrix(
      rows: left.rows, columns: left.columns, entries: Vectors.sum(left.entries, right.entries, times: -1))
  }

  private func requireShape(of other: DenseMatrix) {
    precondition(rows == other.rows && columns == other.columns, "the two matrices need one shape")
  }
}

/// Sums and products of vectors that are plain arrays.
public enum Vectors {
  /// aᵀ b.
  public static func inner(_ left: [Double], _ right: [Double]) -> Double {
    precondition(left.count == right.count, "an inner product needs two vectors of one length")
    var sum = 0.0
    for index in left.indices { sum += left[index] * right[index] }
    return sum
  }

  /// a + s b.
  public static func sum(_ left: [Double], _ right: [Double], times factor: Double = 1) -> [Double] {
    precondition(left.count == right.count, "a sum needs two vectors of one length")
    var result = left
    for index in result.indices { result[index] += factor * right[index] }
    return result
  }

  /// s a.
  public static func scaled(_ vector: [Double], by factor: Double) -> [Double] {
    vector.map { factor * $0 }
  }
}

extension Cholesky {
  /// Factorises a symmetric matrix.
  ///
  /// - Throws: `GSLError`: `GSL_EDOM` when it is not positive definite or not finite.
  public init(_ matrix: DenseMatrix) throws(GSLError) {
    precondition(matrix.rows == matrix.columns, "only a square matrix has a Cholesky factor")
    try self.init(matrix: matrix.entries, dimension: matrix.rows)
  }

  /// L as a matrix.
  public var lowerMatrix: DenseMatrix { DenseMatrix(rows: dimension, columns: dimension, entries: lower) }

  /// A⁻¹, symmetric to the last bit.
  public var inverse: DenseMatrix { solve(.identity(dimension)).symmetrised }

  /// The solution X of A X = B.
  public func solve(_ right: DenseMatrix) -> DenseMatrix {
    let half = solveLower(right)
    var result = half
    for row in (0..<dimension).reversed() {
      for column in 0..<right.columns {
        var sum = result[row, column]
        for other in (row + 1)..<max(dimension, row + 1) {
          sum -= lower[other * dimension + row] * result[other, column]
        }
        result[row, column] = sum / lower[row * dimension + row]
      }
    }
    return result
  }

  /// The solution Z of L Z = B.
  public func solveLower(_ right: DenseMatrix) -> DenseMatrix {
    precondition(right.rows == dimension, "the right side needs as many rows as the matrix")
    let columns = right.columns
    var result = right
    result.entries.withUnsafeMutableBufferPointer { target in
      lower.withUnsafeBufferPointer { lower in
        for row in 0..<dimension {
          for other in 0..<row {
            let factor = lower[row * dimension + other]
            for column in 0..<columns {
              target[row * columns + column] -= factor * target[other * columns + column]
            }
          }
          let pivot = lower[row * dimension + row]
          for column in 0..<columns { target[row * columns + column] /= pivot }
        }
      }
    }
    return result
  }
}

extension LUFactorisation {
  /// Factorises a square matrix.
  ///
  /// - Throws: `GSLError`: `GSL_EDOM` when an entry is not finite.
  public init(_ matrix: DenseMatrix) throws(GSLError) {
    precondition(matrix.rows == matrix.columns, "only a square matrix is factorised into L and U")
    try self.init(matrix: matrix.entries, dimension: matrix.rows)
  }

  /// The solution X of A X = B.
  ///
  /// - Throws: `GSLError`: `GSL_ESING` when A is exactly singular.
  public func solve(_ right: DenseMatrix) throws(GSLError) -> DenseMatrix {
    var result = right
    for column in 0..<right.columns {
      let solution = try solve((0..<right.rows).map { right[$0, column] })
      for row in 0..<right.rows { result[row, column] = solution[row] }
    }
    return result
  }
}
