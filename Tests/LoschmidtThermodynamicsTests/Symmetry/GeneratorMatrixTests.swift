import LoschmidtNumerics
import LoschmidtTestSupport
import LoschmidtThermodynamics
import Testing

@Suite struct GeneratorMatrixTests {
  private let matrix = GeneratorMatrix(
    dimension: 3,
    entries: [
      .init(row: 2, column: 0, value: 4), .init(row: 0, column: 1, value: 1), .init(row: 0, column: 1, value: 2),
      .init(row: 1, column: 1, value: 5), .init(row: 1, column: 2, value: 1), .init(row: 1, column: 2, value: -1),
    ])

  @Test func entriesAreMergedAndOrdered() {
    #expect(
      matrix.entries == [
        .init(row: 0, column: 1, value: 3), .init(row: 1, column: 1, value: 5), .init(row: 2, column: 0, value: 4),
      ])
    #expect(matrix.norm == 50.squareRoot())
    #expect(
      matrix.transposed.entries == [
        .init(row: 0, column: 2, value: 4), .init(row: 1, column: 0, value: 3), .init(row: 1, column: 1, value: 5),
      ])
  }

  @Test func symmetricAndAntisymmetricParts() {
    let (even, odd) = (matrix.symmetricPart, matrix.antisymmetricPart)
    #expect(even.isSymmetric && !even.isAntisymmetric && odd.isAntisymmetric && !odd.isSymmetric)
    #expect(!matrix.isSymmetric && !matrix.isAntisymmetric)
    // K + Kᵀ has 3 twice, 4 twice and 10 once.
    #expect(matrix.isometryDefect == 150.squareRoot() && odd.isometryDefect == 0)
    var random = TestRandom(seed: 2)
    let (x, y) = (random.vector(3), random.vector(3))
    // A few products of numbers below 10.
    #expect(abs(even.form(x, y) + odd.form(x, y) - matrix.form(x, y)) < 1e-14)
    #expect(abs(odd.form(x, x)) < 1e-14)
    let zero = GeneratorMatrix(dimension: 2, entries: [])
    #expect(zero.isSymmetric && zero.isAntisymmetric && zero.isometryDefect == 0)
  }

  @Test func formsOfEveryLane() {
    var block = Block(dimension: 3, lanes: 2)
    block.entries = [1, 2, 3, 4, 5, 6]
    // (1, 3, 5): 3·1·3 + 5·9 + 4·5·1, and (2, 4, 6): 3·2·4 + 5·16 + 4·6·2.
    #expect(matrix.forms(block) == [74, 152])
    #expect(matrix.form([1, 3, 5], [1, 3, 5]) == 74)
  }

  /// Entries that rounding has moved are still those of a rotation; a thousandth of a millionth is no rounding.
  @Test func roundingDoesNotDecide() {
    func rotation(_ excess: Double) -> GeneratorMatrix {
      GeneratorMatrix(
        dimension: 2,
        entries: [.init(row: 0, column: 1, value: -1), .init(row: 1, column: 0, value: 1 + excess)])
    }
    #expect(rotation(2 * .ulpOfOne).isAntisymmetric && !rotation(1e-9).isAntisymmetric)
  }
}
