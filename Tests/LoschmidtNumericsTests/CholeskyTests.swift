import Foundation
import LoschmidtNumerics
import Testing

/// The Hilbert-like matrix 1/(i + j + 1), plus 1 on the diagonal: symmetric, eigenvalues in 1…3 by its row sums.
func wellConditioned(_ dimension: Int) -> [Double] {
  (0..<dimension * dimension).map { index in
    let (i, j) = (index / dimension, index % dimension)
    return 1 / Double(i + j + 1) + (i == j ? 1 : 0)
  }
}

/// A x for a row-major square matrix.
func multiply(_ matrix: [Double], _ vector: [Double]) -> [Double] {
  vector.indices.map { i in vector.indices.reduce(0) { $0 + matrix[i * vector.count + $1] * vector[$1] } }
}

@Suite("Cholesky factorisation")
struct CholeskyTests {
  @Test("the factor of a matrix with whole numbers is exact")
  func exact() throws {
    let cholesky = try Cholesky(matrix: [4, 12, -16, 12, 37, -43, -16, -43, 98], dimension: 3)
    #expect(cholesky.lower == [2, 0, 0, 6, 1, 0, -8, 5, 3])  // every intermediate number is whole
    #expect(abs(cholesky.logDeterminant - log(36)) <= 4 * log(36) * Double.ulpOfOne)  // three logarithms and a sum
    #expect(try cholesky.solve([4, 12, -16]) == [1, 0, 0])
    #expect(try cholesky.multiplyLower([1, 1, 1]) == [2, 7, 0])
    #expect(try cholesky.solveLower([2, 7, 0]) == [1, 1, 1])
  }

  @Test("only the lower triangle is read")
  func lowerTriangle() throws {
    let cholesky = try Cholesky(matrix: [4, -1000, 2, 5], dimension: 2)
    #expect(cholesky.lower == [2, 0, 1, 2])
  }

  @Test("solutions solve", arguments: [1, 2, 5, 40])
  func solutions(dimension: Int) throws {
    let matrix = wellConditioned(dimension)
    let right = (0..<dimension).map { cos(Double($0)) }
    let solution = try Cholesky(matrix: matrix, dimension: dimension).solve(right)
    let residual = zip(multiply(matrix, solution), right).map { abs($0 - $1) }.max() ?? 0
    // Backward stable: residual ≤ about dimension · ulp · |A| |x|, with |A| ≤ 3 and |x| ≤ √dimension.
    let allowed = 3 * Double(dimension) * Double(dimension).squareRoot() * Double.ulpOfOne
    #expect(residual <= 4 * allowed)
  }

  @Test("a matrix that is not positive definite is an error")
  func notPositiveDefinite() {
    expectError("GSL_EDOM") { try Cholesky(matrix: [1, 2, 2, 1], dimension: 2) }
    expectError("GSL_EDOM") { try Cholesky(matrix: [0], dimension: 1) }
    expectError("GSL_EDOM") { try Cholesky(matrix: [1, 1, 1, 1], dimension: 2) }
    expectError("GSL_EDOM") { try Cholesky(matrix: [1, 0, .nan, 1], dimension: 2) }
  }

  @Test("right sides of another dimension are errors")
  func sizes() throws {
    let cholesky = try Cholesky(matrix: [1, 0, 0, 1], dimension: 2)
    expectError("GSL_EBADLEN") { try cholesky.solve([1]) }
    expectError("GSL_EBADLEN") { try cholesky.solveLower([1, 2, 3]) }
    expectError("GSL_EBADLEN") { try cholesky.multiplyLower([]) }
  }
}
