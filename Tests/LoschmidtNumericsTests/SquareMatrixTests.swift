import LoschmidtNumerics
import Testing

@Suite("Checks of square matrices")
struct SquareMatrixTests {
  @Test("every factorisation refuses a wrong number of entries and a dimension below 1")
  func sizes() {
    for (matrix, dimension, name) in [([1.0, 2, 3], 2, "GSL_EBADLEN"), ([], 0, "GSL_EINVAL"), ([1], -1, "GSL_EINVAL")] {
      expectError(name) { try Cholesky(matrix: matrix, dimension: dimension) }
      expectError(name) { try LUFactorisation(matrix: matrix, dimension: dimension) }
      expectError(name) { try SymmetricEigen(matrix: matrix, dimension: dimension) }
      expectError(name) { try GeneralEigenvalues(matrix: matrix, dimension: dimension) }
    }
    expectError("GSL_EBADLEN") { try Cholesky(matrix: [1], dimension: 1 << 40) }  // whose square overflows
  }

  @Test("an entry that is not finite is named")
  func entries() throws {
    let error = try #require(throws: GSLError.self) { try Cholesky(matrix: [1, 0, 0, .infinity], dimension: 2) }
    #expect(error.message == "input domain error: entry (1, 1) is inf, allowed are finite numbers")
  }
}
