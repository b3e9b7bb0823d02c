import LoschmidtThermodynamics
import Testing

@Suite struct EndValuesTests {
  @Test func blocksFollowEachOther() {
    var (first, second) = (EndValues(quantities: 2), EndValues(quantities: 2))
    first.add([1, 10])
    second.add([2, 20])
    second.add([3, 30])
    var all = EndValues()
    for part in [first, second] { all.merge(part) }
    #expect(all.rows == [[1, 2, 3], [10, 20, 30]])
  }

  /// Whatever the blocks, the first trajectories are kept.
  @Test func noMoreThanTheLimitIsKept() {
    var all = EndValues()
    var number = 0.0
    for size in [10_000, 5000, 5000, 7] {
      var block = EndValues(quantities: 1)
      for _ in 0..<size {
        block.add([number])
        number += 1
      }
      all.merge(block)
    }
    #expect(all.rows == [(0..<EndValues.limit).map(Double.init)])
  }
}
