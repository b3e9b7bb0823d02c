import LoschmidtTestSupport
import Testing

@testable import LoschmidtNumerics

struct CompensatedVectorTests {
  @Test func smallTermsSurviveLargeOnes() {
    var sum = CompensatedVector(count: 2)
    for term in [[1e16, 1], [1, 1e100], [1, 1], [-1e16, -1e100]] { sum.add(term) }
    #expect(sum.total == [2, 2])
    #expect(CompensatedVector(count: 1).total == [0])
  }

  /// Multiples of 2⁻⁴⁰ of size up to 2⁸ are added exactly as integers; 10⁴ of them need more than 53 bits.
  @Test func agreesWithExactSums() {
    var random = TestRandom(seed: 11)
    var (sum, exact) = (CompensatedVector(count: 1), 0)
    for _ in 0..<10_000 {
      let term = random.next(in: -0.1...1) * [0x1p8, 1, 0x1p-25][Int.random(in: 0..<3, using: &random)]
      let whole = Int((term * 0x1p40).rounded())
      sum.add([Double(whole) * 0x1p-40])
      exact += whole
    }
    // One rounding of each of the two; the corrections are multiples of 2⁻⁴⁰ below 2¹³ and so are added exactly.
    #expect(abs(sum.total[0] - Double(exact) * 0x1p-40) <= sum.total[0].ulp)
  }

  @Test func infinitiesStay() {
    var sum = CompensatedVector(count: 3)
    let large = Double.infinity
    let terms: [[Double]] = [[1, large, large], [large, 1, 1], [1, 1, -large], [2, 2, 0]]
    for term in terms { sum.add(term) }
    #expect(sum.total[0] == large && sum.total[1] == large && sum.total[2].isNaN)
  }

  @Test func weightedSumsOfLanes() {
    var random = TestRandom(seed: 5)
    for lanes in [1, 2, 3, 4, 5, 8, 11] {
      var block = Block(dimension: 3, lanes: lanes)
      block.entries = random.vector(3 * lanes)
      let weights = random.vector(lanes)
      let sums = block.weightedSum(weights)
      for i in 0..<3 {
        let terms = (0..<lanes).map { weights[$0] * block[i, $0] }
        // Two orders of the same sum of n products: at most n roundings each of terms of this size.
        let bound = 2 * Double(lanes) * 0x1p-53 * terms.reduce(0) { $0 + abs($1) }
        #expect(abs(sums[i] - terms.reduce(0, +)) <= bound)
      }
    }
  }
}
