import LoschmidtNumerics
import LoschmidtTestSupport
import Testing

@Suite struct DenseMatrixTests {
  private let left = DenseMatrix([[1, 2, 3], [4, 5, 6]])
  private let right = DenseMatrix([[1, 0], [-1, 2], [3, 1]])

  /// All numbers are whole, so that all results are exact.
  @Test func arithmeticOnWholeNumbersIsExact() {
    #expect((left * right).rowVectors == [[8, 7], [17, 16]])
    #expect(left.transposed.rowVectors == [[1, 4], [2, 5], [3, 6]])
    #expect((left + 2 * left - right.transposed).rowVectors == [[2, 7, 6], [12, 13, 17]])
    #expect(left.applied(to: [1, 0, -1]) == [-2, -2])
    #expect(left.form([1, 1], [1, 0, -1]) == -4)
    #expect((left * right).symmetrised.rowVectors == [[8, 12], [12, 16]])
    #expect((left * right).trace == 24)
    #expect(left.inner(right.transposed) == 24)
    #expect(DenseMatrix([[3, 0], [0, -4]]).frobeniusNorm == 5)
    #expect(DenseMatrix([[3, 0], [0, -4]]).largestEntry == 4)
    #expect(DenseMatrix.outer([1, 2], [3, 4]).rowVectors == [[3, 4], [6, 8]])
    #expect(DenseMatrix.diagonal([2, 3]) * .identity(2) == DenseMatrix([[2, 0], [0, 3]]))
  }

  @Test func vectorsAddAndMultiply() {
    #expect(Vectors.inner([1, 2], [3, 4]) == 11)
    #expect(Vectors.sum([1, 2], [3, 4], times: -2) == [-5, -6])
    #expect(Vectors.scaled([1, 2], by: 3) == [3, 6])
  }

  @Test(arguments: 1...6) func solutionsSolve(dimension: Int) throws {
    var random = TestRandom(seed: UInt64(dimension))
    let root = DenseMatrix(rows: dimension, columns: dimension, entries: random.vector(dimension * dimension))
    let matrix = root * root.transposed + .identity(dimension)
    let right = DenseMatrix(rows: dimension, columns: 2, entries: random.vector(2 * dimension))
    let cholesky = try Cholesky(matrix)
    // Eigenvalues between 1 and 1 + d²: solutions lose at most that factor of the last place.
    let bound = 1e-14 * Double(dimension * dimension + 1)
    #expect((matrix * cholesky.solve(right) - right).largestEntry < bound)
    #expect((cholesky.lowerMatrix * cholesky.solveLower(right) - right).largestEntry < bound)
    #expect((matrix * cholesky.inverse - .identity(dimension)).largestEntry < bound)
    #expect(cholesky.inverse == cholesky.inverse.transposed)
    let shifted = matrix + DenseMatrix.outer(random.vector(dimension, in: 0...1), random.vector(dimension, in: 0...1))
    let solution = try LUFactorisation(shifted).solve(right)
    // The rank one term keeps the norm of the inverse below 2 + d.
    #expect((shifted * solution - right).largestEntry < 10 * bound)
  }
}
