import LoschmidtNumerics
import Testing

@testable import LoschmidtThermodynamics

@Suite struct SymmetricPowerTests {
  private let map = DenseMatrix([[0.5, -1.25, 0.25], [2, 0.75, -0.5], [-1, 0.125, 1.5]])

  private func powers(_ point: [Double], _ order: Int) -> [Double] {
    // All monomials with ascending variables, in the order of nested loops.
    func extend(_ product: Double, _ left: Int, _ first: Int) -> [Double] {
      left == 0 ? [product] : (first..<point.count).flatMap { extend(product * point[$0], left - 1, $0) }
    }
    return extend(1, order, 0)
  }

  /// The monomials of mx are the symmetric power times those of x: for one point, exactly.
  @Test(arguments: [1, 2, 3, 4, 8]) func monomialsOfTheImage(order: Int) {
    let power = SymmetricPower(dimension: 3, order: order)
    var operation = DenseMatrix.zero(power.size)
    power.add(map, weight: 1, to: &operation)
    let point = [0.5, -1, 2]
    let (found, wanted) = (operation.applied(to: powers(point, order)), powers(map.applied(to: point), order))
    // Sums of at most 6561 terms of sizes up to 1e4 times that of the result.
    #expect(zip(found, wanted).allSatisfy { abs($0 - $1) <= 1e-9 * max(1, abs($1)) })
    #expect(power.size == [1: 3, 2: 6, 3: 10, 4: 15, 8: 45][order])
    #expect(power.work == SymmetricPower.work(dimension: 3, order: order))
  }

  @Test func theNormAndThePurePowers() {
    let power = SymmetricPower(dimension: 3, order: 4)
    let point = [0.5, -1, 2]
    let value = Vectors.inner(power.norm, powers(point, 4))
    // (0.25 + 1 + 4)².
    #expect(abs(value - 5.25 * 5.25) <= 1e-13)
    #expect(power.diagonalSum(power.norm) == 3)
    #expect(power.place([2, 0, 1, 0]) == power.place([0, 0, 1, 2]))
  }
}
