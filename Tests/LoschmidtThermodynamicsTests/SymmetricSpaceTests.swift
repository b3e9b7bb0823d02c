import LoschmidtNumerics
import LoschmidtTestSupport
import Testing

@testable import LoschmidtThermodynamics

@Suite struct SymmetricSpaceTests {
  private let space = SymmetricSpace(dimension: 3)

  private func matrix(_ random: inout TestRandom) -> DenseMatrix {
    DenseMatrix(rows: 3, columns: 3, entries: random.vector(9))
  }

  @Test func coordinatesAreTheEntriesOnAndAboveTheDiagonal() {
    let matrix = DenseMatrix([[1, 2, 3], [2, 4, 5], [3, 5, 6]])
    #expect(space.size == 6 && space.coordinates(of: matrix) == [1, 2, 3, 4, 5, 6])
    #expect(space.matrix(of: [1, 2, 3, 4, 5, 6]) == matrix)
  }

  @Test func operatorsActAsTheirFormulas() {
    var random = TestRandom(seed: 3)
    let (map, functional) = (matrix(&random), matrix(&random).symmetrised)
    let (direction, argument) = (matrix(&random).symmetrised, matrix(&random).symmetrised)
    var sum = DenseMatrix.zero(6)
    space.add(congruence: map, weight: 0.7, to: &sum)
    space.add(functional: functional, times: direction, to: &sum)
    let value = space.matrix(of: sum.applied(to: space.coordinates(of: argument)))
    let expected =
      0.7 * (map * argument * map.transposed) + (functional * argument).trace * direction
    // Sums of some twenty terms of order 1.
    #expect(agrees(value.entries, with: expected.entries, relative: 1e-14))
  }

  @Test func theRadiusOfARotation() throws {
    let turn = DenseMatrix([[0.3, -0.4], [0.4, 0.3]])
    #expect(abs(try turn.spectralRadius() - 0.5) < 1e-15)
  }
}
