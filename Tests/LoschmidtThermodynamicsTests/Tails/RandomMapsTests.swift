import LoschmidtDynamics
import LoschmidtNumerics
import LoschmidtTestSupport
import Testing

@testable import LoschmidtThermodynamics

@Suite struct RandomMapsTests {
  private func list(_ maps: [DenseMatrix]) -> RandomMaps {
    let share = 1 / Double(maps.count)
    return RandomMaps(
      outcomes: maps.map { RandomMaps.Weighted(map: $0, weight: share) }, exactOrder: nil,
      mean: share * maps.reduce(DenseMatrix.zero(maps[0].rows)) { $0 + $1 })
  }

  /// The dense Kronecker power of another route: E m⊗m⊗m⊗m on all d⁴ entries.
  @Test func theKroneckerPower() throws {
    let maps = [DenseMatrix([[0.5, -0.2], [0.1, 0.9]]), DenseMatrix([[-0.3, 0.4], [0.6, 0.2]])]
    func kronecker(_ left: DenseMatrix, _ right: DenseMatrix) -> DenseMatrix {
      DenseMatrix(
        (0..<left.rows * right.rows).map { i in
          (0..<left.columns * right.columns).map { j in
            left[i / right.rows, j / right.columns] * right[i % right.rows, j % right.columns]
          }
        })
    }
    var sum = DenseMatrix.zero(16)
    for map in maps {
      let square = kronecker(map, map)
      sum = sum + 0.5 * kronecker(square, square)
    }
    let wanted = try sum.spectralRadius()
    let found = try #require(list(maps).radius(order: 4))
    // An eigenvalue of a matrix of 16 rows.
    #expect(abs(found - wanted) <= 1e-13)
  }

  /// Where the operator is too large for its eigenvalues, it is iterated: seven coordinates that do not mix.
  @Test func iteration() throws {
    let diagonals = [[0.9, 0.5, -0.3, 0.8, 0.1, 0.6, 1.05], [0.2, 0.7, 0.4, 0.95, -0.9, 0.3, 0.7]]
    let radius = try #require(list(diagonals.map { .diagonal($0) }).radius(order: 4))
    // The largest of the means of fourth powers: ½(1.05⁴ + 0.7⁴); the next one is 0.9 of it.
    let wanted = 0.5 * (1.21550625 + 0.2401)
    #expect(abs(radius - wanted) <= 1e-7)
  }

  @Test func whatIsTooLarge() {
    let many = list((0..<40).map { _ in DenseMatrix.identity(12) })
    #expect(many.radius(order: 4) == nil && many.radius(order: 2) != nil)
  }
}
