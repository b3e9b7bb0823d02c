import Foundation
import LoschmidtNumerics
import Testing

@Suite("LU factorisation")
struct LUFactorisationTests {
  @Test("determinants of small matrices")
  func determinants() throws {
    #expect(try LUFactorisation(matrix: [0, 1, 1, 0], dimension: 2).determinant == -1)  // one exchange, exact
    let matrix = try LUFactorisation(matrix: [2, 1, 0, 4, 3, 1, 8, 7, 9], dimension: 3)
    #expect(abs(matrix.determinant - 12) <= 12 * 10 * Double.ulpOfOne)  // some ten operations
    #expect(abs(matrix.logAbsoluteDeterminant - log(12)) <= 10 * Double.ulpOfOne * 12)  // the same, in the logarithm
    #expect(try LUFactorisation(matrix: [1, 2, 2, 4], dimension: 2).determinant == 0)
    #expect(try LUFactorisation(matrix: [1, 2, 2, 4], dimension: 2).logAbsoluteDeterminant == -.infinity)
  }

  @Test("solutions solve", arguments: [1, 2, 5, 40])
  func solutions(dimension: Int) throws {
    var matrix = wellConditioned(dimension)
    for i in 0..<dimension { matrix[i * dimension + (i + 1) % dimension] += 2 }  // not symmetric, needs exchanges
    let right = (0..<dimension).map { cos(Double($0)) }
    let solution = try LUFactorisation(matrix: matrix, dimension: dimension).solve(right)
    let residual = zip(multiply(matrix, solution), right).map { abs($0 - $1) }.max() ?? 0
    let size = solution.map(abs).max() ?? 0
    // Backward stable with exchanges: residual ≤ about dimension · ulp · |A|∞ |x|∞, with |A|∞ ≤ 3 + ln 80 < 8.
    #expect(residual <= 8 * Double(dimension) * size * Double.ulpOfOne)
  }

  @Test("a singular matrix has no solution, and says so")
  func singular() throws {
    let singular = try LUFactorisation(matrix: [1, 2, 2, 4], dimension: 2)
    expectError("GSL_ESING") { try singular.solve([1, 1]) }
  }

  @Test("wrong sizes and entries are errors")
  func sizes() throws {
    expectError("GSL_EDOM") { try LUFactorisation(matrix: [.infinity], dimension: 1) }
    let identity = try LUFactorisation(matrix: [1, 0, 0, 1], dimension: 2)
    expectError("GSL_EBADLEN") { try identity.solve([1]) }
  }
}
