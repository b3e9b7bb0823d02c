/// The eigenvalues of a symmetric tridiagonal matrix, with the first and the last component of every unit eigenvector.
///
/// The first components are what a Gauss quadrature needs, the last ones what the residuals of Lanczos' method need;
/// without the others the cost is quadratic.
///
/// - Complexity: O(n²) for n rows.
/// - Source: Golub and Welsch, Math. Comp. 23 (1969) 221; the implicit QL step as in EISPACK's `imtql2`.
public struct TridiagonalEigen: Sendable, Equatable {
  /// The eigenvalues, ascending.
  public let eigenvalues: [Double]
  /// The first component of the eigenvector of each eigenvalue.
  public let firstComponents: [Double]
  /// The last component of the eigenvector of each eigenvalue.
  public let lastComponents: [Double]

  /// Diagonalises the matrix with these entries; `nil` when one is not finite or an eigenvalue takes over 60 iterations.
  ///
  /// - Parameters:
  ///   - diagonal: The n entries of the diagonal, n ≥ 1.
  ///   - offDiagonal: The n − 1 entries beside it.
  public init?(diagonal: [Double], offDiagonal: [Double]) {
    let count = diagonal.count
    precondition(count >= 1, "a tridiagonal matrix has at least one row")
    precondition(offDiagonal.count == count - 1, "a tridiagonal matrix of n rows has n − 1 entries beside the diagonal")
    guard diagonal.allSatisfy(\.isFinite), offDiagonal.allSatisfy(\.isFinite) else { return nil }
    var work = Work(diagonal: diagonal, offDiagonal: offDiagonal)
    for index in 0..<count {
      guard work.isolate(index) else { return nil }
    }
    let order = (0..<count).sorted { work.values[$0] < work.values[$1] }
    eigenvalues = order.map { work.values[$0] }
    firstComponents = order.map { work.first[$0] }
    lastComponents = order.map { work.last[$0] }
  }

  private struct Work {
    var values: [Double]
    var beside: [Double]
    var first: [Double]
    var last: [Double]

    init(diagonal: [Double], offDiagonal: [Double]) {
      values = diagonal
      beside = offDiagonal + [0]
      first = [Double](repeating: 0, count: diagonal.count)
      last = first
      first[0] = 1
      last[diagonal.count - 1] = 1
    }

    /// Iterates until the entry beside `index` is negligible.
    mutating func isolate(_ index: Int) -> Bool {
      for _ in 0..<60 {
        let end = negligible(from: index)
        if end == index { return true }
        sweep(from: index, to: end)
      }
      return false
    }

    private func negligible(from index: Int) -> Int {
      var end = index
      while end < values.count - 1 {
        let scale = abs(values[end]) + abs(values[end + 1])
        if abs(beside[end]) <= scale * 0x1p-53 { break }  // half a unit in the last place of the neighbours
        end += 1
      }
      return end
    }

    /// One implicit QL step with Wilkinson's shift on the rows from `start` to `end`.
    private mutating func sweep(from start: Int, to end: Int) {
      var g = (values[start + 1] - values[start]) / (2 * beside[start])
      let root = (g * g + 1).squareRoot()
      g = values[end] - values[start] + beside[start] / (g + (g < 0 ? -root : root))
      var (sine, cosine, shift) = (1.0, 1.0, 0.0)
      for i in stride(from: end - 1, through: start, by: -1) {
        let f = sine * beside[i]
        let b = cosine * beside[i]
        let length = (f * f + g * g).squareRoot()
        beside[i + 1] = length
        if length == 0 {
          values[i + 1] -= shift
          beside[end] = 0
          return
        }
        sine = f / length
        cosine = g / length
        g = values[i + 1] - shift
        let r = (values[i] - g) * sine + 2 * cosine * b
        shift = sine * r
        values[i + 1] = g + shift
        g = cosine * r - b
        rotate(i, sine: sine, cosine: cosine)
      }
      values[start] -= shift
      beside[start] = g
      beside[end] = 0
    }

    private mutating func rotate(_ i: Int, sine: Double, cosine: Double) {
      (first[i], first[i + 1]) = (cosine * first[i] - sine * first[i + 1], sine * first[i] + cosine * first[i + 1])
      (last[i], last[i + 1]) = (cosine * last[i] - sine * last[i + 1], sine * last[i] + cosine * last[i + 1])
    }
  }
}
