import LoschmidtNumerics
import Testing

/// Expects `body` to throw the `GSLError` whose status has this name.
func expectError<Value>(
  _ name: String, sourceLocation: SourceLocation = #_sourceLocation, _ body: () throws -> Value
) {
  let error = #expect(throws: GSLError.self, sourceLocation: sourceLocation) { _ = try body() }
  #expect(error?.name == name, sourceLocation: sourceLocation)
}

@Suite("Errors of the GNU Scientific Library")
struct GSLErrorTests {
  @Test("an error says which function failed, how, and on what")
  func content() throws {
    let error = try #require(throws: GSLError.self) { try Cholesky(matrix: [1, 2, 2, 1], dimension: 2) }
    #expect(error.status == 1)
    #expect(error.name == "GSL_EDOM")
    #expect(error.function == "gsl_linalg_cholesky_decomp1")
    #expect(error.message == "input domain error: the matrix is not positive definite")
  }
}
