import LoschmidtTestSupport
import Testing

@testable import LoschmidtNumerics

struct BlockTests {
  private func random(_ dimension: Int, _ lanes: Int, seed: UInt64) -> Block {
    var random = TestRandom(seed: seed)
    var block = Block(dimension: dimension, lanes: lanes)
    block.entries = random.vector(dimension * lanes)
    return block
  }

  @Test func layoutIsCoordinateMajor() {
    var block = Block(dimension: 2, lanes: 3)
    block[1, 2] = 7
    #expect(block.entries == [0, 0, 0, 0, 0, 7])
    #expect(block[1, 2] == 7 && block.vector(lane: 2) == [0, 7])
    #expect(Block(broadcasting: [1, 2], lanes: 3).entries == [1, 1, 1, 2, 2, 2])
    #expect(Block(dimension: 2, lanes: 2) { for k in $0.indices { $0[k] = Double(k) } }.entries == [0, 1, 2, 3])
  }

  @Test func arithmeticEntryByEntry() {
    let (a, b) = (random(3, 5, seed: 1), random(3, 5, seed: 2))
    #expect((a + b).entries == zip(a.entries, b.entries).map { $0 + $1 })
    #expect((a - b).entries == zip(a.entries, b.entries).map { $0 - $1 })
    #expect((0.3 * a).entries == a.entries.map { 0.3 * $0 })
    var sum = a
    sum.add(b, times: -2)
    #expect(sum.entries == zip(a.entries, b.entries).map { $0 - 2 * $1 })
    let products = a.innerProducts(with: b)
    for lane in 0..<5 {
      #expect(products[lane] == (0..<3).reduce(0.0) { $0 + a[$1, lane] * b[$1, lane] })
    }
  }

  @Test func emptyBlocks() {
    let none = Block(dimension: 0, lanes: 4)
    #expect(none.innerProducts(with: none) == [0, 0, 0, 0])
    #expect((none + none).entries.isEmpty && (none - none).entries.isEmpty && none.isFinite)
    #expect(none.vector(lane: 3).isEmpty)
    #expect(Block(dimension: 0, lanes: 4) { _ in }.entries.isEmpty)
  }

  @Test func finiteness() {
    var block = Block(dimension: 1, lanes: 2, repeating: 1)
    #expect(block.isFinite)
    for value in [Double.infinity, -.infinity, .nan] {
      block[0, 1] = value
      #expect(!block.isFinite)
    }
  }
}
