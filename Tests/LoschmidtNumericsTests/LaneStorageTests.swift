import LoschmidtNumerics
import LoschmidtTestSupport
import Testing

@Suite struct LaneStorageTests {
  @Test func entriesAreCoordinateMajor() {
    let storage = LaneStorage(dimension: 3, lanes: 8)
    #expect(storage.count == 24 && (0..<24).allSatisfy { storage.pointer[$0] == 0 })
    storage[2, 5] = 7
    #expect(storage.pointer[2 * 8 + 5] == 7 && storage.row(2)[5] == 7 && storage.vector(lane: 5) == [0, 0, 7])
  }

  @Test func everyBlockBeginsACacheLine() {
    for (dimension, lanes) in [(0, 4), (1, 4), (5, 12), (3, 256)] {
      #expect(Int(bitPattern: LaneStorage(dimension: dimension, lanes: lanes).pointer) % 64 == 0)
    }
  }

  @Test func fillingBroadcastingAndCopying() {
    let storage = LaneStorage(dimension: 2, lanes: 4)
    storage.broadcast([1, -2])
    #expect((0..<4).allSatisfy { storage.vector(lane: $0) == [1, -2] })
    let other = LaneStorage(dimension: 2, lanes: 4)
    other.copy(storage)
    storage.fill(9)
    #expect(other.vector(lane: 3) == [1, -2] && storage.vector(lane: 0) == [9, 9])
  }

  @Test func blocksComeAndGo() {
    var random = TestRandom(seed: 1)
    let block = Block(dimension: 3, lanes: 4) { for k in $0.indices { $0[k] = random.next(in: -1...1) } }
    let storage = LaneStorage(dimension: 3, lanes: 4)
    storage.copy(block)
    #expect(storage.block == block)
  }
}
