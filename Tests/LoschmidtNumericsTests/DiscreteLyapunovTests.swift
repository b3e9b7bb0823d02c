import LoschmidtNumerics
import LoschmidtTestSupport
import Testing

@Suite struct DiscreteLyapunovTests {
  /// vec Σ = (1 − A⊗A)⁻¹ vec D, a route without doubling.
  static func kronecker(_ map: DenseMatrix, _ noise: DenseMatrix) throws -> [Double] {
    let d = map.rows
    var equation = DenseMatrix.identity(d * d)
    for i in 0..<d * d {
      for j in 0..<d * d { equation[i, j] -= map[i / d, j / d] * map[i % d, j % d] }
    }
    return try LUFactorisation(equation).solve(noise.entries)
  }

  @Test(arguments: 1...5) func agreesWithTheKroneckerProduct(dimension: Int) throws {
    var random = TestRandom(seed: UInt64(100 + dimension))
    let root = DenseMatrix(rows: dimension, columns: dimension, entries: random.vector(dimension * dimension))
    let noise = root * root.transposed
    let raw = DenseMatrix(rows: dimension, columns: dimension, entries: random.vector(dimension * dimension))
    let map = (0.9 / raw.frobeniusNorm) * raw
    let equation = try DiscreteLyapunov(map: map, noise: noise)
    #expect(equation.solution == equation.solution.transposed)
    #expect(equation.spectralRadius <= 0.9)
    // ‖A⊗A‖ ≤ 0.81, so both routes lose less than a factor 10 of the last place.
    #expect(agrees(equation.solution.entries, with: try Self.kronecker(map, noise), relative: 1e-14))
    #expect(equation.residual <= 1e-15 * Double(dimension) * equation.solution.frobeniusNorm)
  }

  @Test func staysAccurateCloseToTheEdge() throws {
    // 1 − a² is exact for a = 1 − 2⁻²⁰; D/(1 − a²) is off by its own rounding only.
    let a = 1 - 0x1p-20
    let equation = try DiscreteLyapunov(map: DenseMatrix([[a]]), noise: DenseMatrix([[3]]))
    // The residual is known to an ulp of Σ, which the equation magnifies by 1/(1 − a²) = 2¹⁹.
    #expect(agrees(equation.solution[0, 0], with: 3 / ((1 - a) * (1 + a)), relative: 4 * 0x1p19 * 0x1p-52))
  }

  @Test func refusesAnUnstableMap() throws {
    // The eigenvalues of the rotation times 1.25 have modulus 1.25.
    let map = DenseMatrix([[0.75, -1], [1, 0.75]])
    let failure = #expect(throws: DiscreteLyapunov.Failure.self) {
      try DiscreteLyapunov(map: map, noise: .identity(2))
    }
    guard case .unstable(let radius) = failure else {
      Issue.record("unexpected \(String(describing: failure))")
      return
    }
    #expect(agrees(radius, with: 1.25, relative: 1e-14))
    #expect(throws: DiscreteLyapunov.Failure.unstable(spectralRadius: 1)) {
      try DiscreteLyapunov(map: .identity(1), noise: .identity(1))
    }
    #expect(throws: DiscreteLyapunov.Failure.self) {
      try DiscreteLyapunov(map: DenseMatrix([[.nan]]), noise: .identity(1))
    }
  }
}
