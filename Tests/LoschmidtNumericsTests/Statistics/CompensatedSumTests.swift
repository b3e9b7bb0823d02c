import LoschmidtNumerics
import LoschmidtTestSupport
import Testing

@Suite struct CompensatedSumTests {
  @Test(arguments: [1, 2, 3] as [UInt64]) func cancellingSumsAgreeWithWholeNumbers(seed: UInt64) {
    var random = TestRandom(seed: seed)
    // Multiples of 1 up to 2⁵²: every term is exact, and Int adds them exactly.
    let terms = (0..<1000).map { _ in Int(random.next() >> 12) - (1 << 51) }
    let cancelled = terms + terms.dropLast().map { -$0 }.shuffled(using: &random)
    var sum = CompensatedSum()
    for term in cancelled { sum.add(Double(term)) }
    // One rounding of the total: the terms n² u² Σ|x| ≈ 4e6 × 1e-32 × 2e18 are far below.
    #expect(abs(sum.total - Double(terms[999])) <= Double(terms[999]).ulp)
  }

  @Test func halvesAddUpWithTheirKeptErrors() {
    var (left, right) = (CompensatedSum(), CompensatedSum())
    for _ in 0..<10 {
      left.add(1e16)
      left.add(1)
      right.add(-1e16)
      right.add(1)
    }
    left.add(right)
    #expect(left.total == 20)
  }

  @Test func infinityStays() {
    var sum = CompensatedSum()
    sum.add(.infinity)
    sum.add(1)
    #expect(sum.total == .infinity)
  }
}
