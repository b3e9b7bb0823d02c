/// The matrix Λ that multiplies the gradient.
///
/// It is symmetric and positive definite, and constant.
public enum Preconditioner: Sendable, Equatable {
  /// Λ = I.
  case identity
  /// Λ = diag(λ), one λ_i > 0 for each coordinate.
  case diagonal([Double])
  /// Λ itself, d × d, row by row.
  case matrix([Double], dimension: Int)

  /// The diagonal, `nil` where Λ has other entries.
  public func diagonal(dimension: Int) -> [Double]? {
    switch self {
    case .identity: [Double](repeating: 1, count: dimension)
    case .diagonal(let entries): entries
    case .matrix: nil
    }
  }

  /// Λ as a matrix, d × d, row by row.
  public func matrix(dimension: Int) -> [Double] {
    if case .matrix(let entries, _) = self { return entries }
    let entries = diagonal(dimension: dimension) ?? []
    var matrix = [Double](repeating: 0, count: dimension * dimension)
    for i in 0..<dimension { matrix[i * dimension + i] = entries[i] }
    return matrix
  }
}
