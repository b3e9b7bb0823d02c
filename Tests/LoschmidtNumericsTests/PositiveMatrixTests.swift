import Foundation
import LoschmidtNumerics
import LoschmidtTestSupport
import Testing

@Suite struct PositiveMatrixTests {
  private static let lower: [Double] = [2, 0, 0, 0.5, 1.5, 0, -1, 0.25, 0.75]
  private static let cases: [PositiveMatrix] = [
    .identity, .diagonal([0.5, 2, 3]), .factored(lower: lower, dimension: 3),
  ]

  private func block() -> Block {
    var random = TestRandom(seed: 1)
    var block = Block(dimension: 3, lanes: 4)
    block.entries = random.vector(12)
    return block
  }

  @Test(arguments: cases) func factorsMakeTheMatrix(matrix: PositiveMatrix) {
    let block = block()
    let product = matrix.multiplyFactor(matrix.multiplyTransposedFactor(block))
    // A few roundings of entries of order ten.
    #expect(deviation(of: product.entries, from: matrix.multiply(block).entries) < 1e-14)
    #expect(deviation(of: matrix.solve(matrix.multiply(block)).entries, from: block.entries) < 1e-13)
    #expect(deviation(of: matrix.solveFactor(matrix.multiplyFactor(block)).entries, from: block.entries) < 1e-14)
  }

  @Test func multipliesLikeTheWrittenMatrix() {
    let lower = Self.lower
    let matrix = PositiveMatrix.factored(lower: lower, dimension: 3)
    let block = block()
    let product = matrix.multiply(block)
    for lane in 0..<4 {
      let expected = (0..<3).map { i in
        (0..<3).reduce(0.0) { sum, j in
          sum + (0..<3).reduce(0.0) { $0 + lower[i * 3 + $1] * lower[j * 3 + $1] } * block[j, lane]
        }
      }
      #expect(deviation(of: product.vector(lane: lane), from: expected) < 1e-14)
    }
  }

  @Test(arguments: cases) func measuresInTheInverse(matrix: PositiveMatrix) {
    let block = block()
    let direct = block.innerProducts(with: matrix.solve(block))
    // Condition number below 100.
    #expect(deviation(of: matrix.inverseProducts(block, block), from: direct) < 1e-13)
    #expect(deviation(of: matrix.inverseNorms(block).map { $0 * $0 }, from: direct) < 1e-13)
  }

  @Test func knowsTheDeterminant() {
    #expect(PositiveMatrix.identity.logDeterminant == 0)
    #expect(abs(PositiveMatrix.diagonal([0.5, 2, 3]).logDeterminant - log(3)) < 1e-15)
    #expect(abs(Self.cases[2].logDeterminant - 2 * log(2 * 1.5 * 0.75)) < 1e-15)
  }
}
