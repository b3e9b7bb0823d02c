import LoschmidtNumerics

/// Symmetric matrices of one size as vectors of their entries a ≤ b, and linear maps between them as matrices.
struct SymmetricSpace: Sendable {
  /// The number d of rows of the matrices.
  let dimension: Int
  /// The places a ≤ b, row by row.
  let pairs: [(Int, Int)]

  /// Symmetric d × d matrices.
  init(dimension: Int) {
    self.dimension = dimension
    pairs = (0..<dimension).flatMap { a in (a..<dimension).map { (a, $0) } }
  }

  /// d(d + 1)/2.
  var size: Int { pairs.count }

  /// The entries of a matrix, of its symmetric part.
  func coordinates(of matrix: DenseMatrix) -> [Double] {
    let symmetric = matrix.symmetrised
    return pairs.map { symmetric[$0.0, $0.1] }
  }

  /// The matrix with these entries.
  func matrix(of coordinates: [Double]) -> DenseMatrix {
    var result = DenseMatrix.zero(dimension)
    for ((row, column), value) in zip(pairs, coordinates) {
      result[row, column] = value
      result[column, row] = value
    }
    return result
  }

  /// Adds M ↦ weight · BMBᵀ to an operator.
  func add(congruence map: DenseMatrix, weight: Double = 1, to sum: inout DenseMatrix) {
    let (size, dimension) = (pairs.count, map.rows)
    sum.entries.withUnsafeMutableBufferPointer { target in
      map.entries.withUnsafeBufferPointer { map in
        for (row, (c, d)) in pairs.enumerated() {
          for (column, (a, b)) in pairs.enumerated() {
            let straight = map[c * dimension + a] * map[d * dimension + b]
            let crossed = a == b ? 0 : map[c * dimension + b] * map[d * dimension + a]
            target[row * size + column] += weight * (straight + crossed)
          }
        }
      }
    }
  }

  /// Adds M ↦ tr(KM) N to an operator; K and N are symmetric.
  func add(functional: DenseMatrix, times direction: DenseMatrix, to sum: inout DenseMatrix) {
    let values = coordinates(of: direction)
    for (column, (a, b)) in pairs.enumerated() {
      let weight = (a == b ? 1 : 2) * functional[a, b]
      for row in values.indices { sum[row, column] += values[row] * weight }
    }
  }
}

extension DenseMatrix {
  /// The spectral radius.
  ///
  /// - Throws: `GaussianFailure.linearAlgebra`.
  func spectralRadius() throws(GaussianFailure) -> Double {
    do {
      return try GeneralEigenvalues(matrix: entries, dimension: rows).spectralRadius
    } catch { throw .linearAlgebra(error) }
  }
}
