import LoschmidtNumerics
import LoschmidtTestSupport
import Testing

@Suite struct ContinuousLyapunovTests {
  /// vec Σ = (H⊗1 + 1⊗H)⁻¹ vec Q, a route without Cayley's transformation.
  @Test(arguments: 1...5) func agreesWithTheKroneckerSum(dimension: Int) throws {
    var random = TestRandom(seed: UInt64(200 + dimension))
    let raw = DenseMatrix(rows: dimension, columns: dimension, entries: random.vector(dimension * dimension))
    let drift = DenseMatrix.identity(dimension) + (0.9 / raw.frobeniusNorm) * raw
    let root = DenseMatrix(rows: dimension, columns: dimension, entries: random.vector(dimension * dimension))
    let noise = root * root.transposed
    let d = dimension
    var equation = DenseMatrix.zero(d * d)
    for i in 0..<d * d {
      for j in 0..<d * d {
        if i % d == j % d { equation[i, j] += drift[i / d, j / d] }
        if i / d == j / d { equation[i, j] += drift[i % d, j % d] }
      }
    }
    let expected = try LUFactorisation(equation).solve(noise.entries)
    let solution = try ContinuousLyapunov(drift: drift, noise: noise).solution
    // The symmetric part of H is between 0.1 and 1.9: a condition of at most 20, times a few operations.
    #expect(agrees(solution.entries, with: expected, relative: 1e-13))
  }

  @Test func refusesADriftThatDoesNotContract() {
    #expect(throws: DiscreteLyapunov.Failure.self) {
      try ContinuousLyapunov(drift: DenseMatrix([[1, 0], [0, -0.5]]), noise: .identity(2))
    }
    #expect(throws: DiscreteLyapunov.Failure.self) {
      try ContinuousLyapunov(drift: DenseMatrix([[0, 1], [-1, 0]]), noise: .identity(2))
    }
  }
}
