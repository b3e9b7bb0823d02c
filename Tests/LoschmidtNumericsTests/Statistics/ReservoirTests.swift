import LoschmidtNumerics
import LoschmidtTestSupport
import Testing

@Suite struct ReservoirTests {
  /// A few of the priorities are equal.
  static func priority(_ index: Int) -> UInt64 {
    var random = TestRandom(seed: UInt64(index))
    return random.next() % 5000
  }

  @Test("the smallest priorities are kept, however the stream is divided", arguments: [1, 3, 10])
  func division(parts: Int) {
    var reservoirs = [Reservoir<Int>](repeating: Reservoir(capacity: 50), count: parts)
    for index in (0..<2000).reversed() {
      reservoirs[index % parts].offer(index, priority: Self.priority(index), index: index)
    }
    var total = Reservoir<Int>(capacity: 50)
    for one in reservoirs.reversed() { total.merge(one) }
    let order = (0..<2000).sorted { (Self.priority($0), $0) < (Self.priority($1), $1) }
    #expect(total.elements == order.prefix(50).sorted())
    #expect(total.offered == 2000)
  }

  @Test func fewItemsAreAllKept() {
    var reservoir = Reservoir<String>(capacity: 5)
    reservoir.offer("b", priority: 1, index: 1)
    reservoir.offer("a", priority: 9, index: 0)
    #expect(reservoir.elements == ["a", "b"])
  }
}
