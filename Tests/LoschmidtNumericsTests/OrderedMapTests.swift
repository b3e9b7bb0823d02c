import Foundation
import Testing

@testable import LoschmidtNumerics

struct OrderedMapTests {
  struct Failure: Error, Equatable { var piece: Int }

  /// A number that several threads count up.
  final class Counter: @unchecked Sendable {
    private let lock = NSLock()
    private var number = 0

    var value: Int { lock.withLock { number } }

    func increment() { lock.withLock { number += 1 } }
  }

  /// What one thread has for itself.
  final class Worker {
    var calls = 0
  }

  @Test func resultsComeInOrderWhateverTheThreads() throws {
    for threads in [-1, 0, 1, 2, 3, 8, 100] {
      for count in [0, 1, 2, 7, 20] {
        var consumed: [String] = []
        try OrderedMap.run(
          count: count, threads: threads, makeWorker: { 0 },
          work: { _, piece in
            // Later pieces are done sooner.
            usleep(UInt32(max(0, 20 - piece) * 20))
            return piece * piece
          },
          consume: { consumed.append("\($0) \($1)") })
        #expect(consumed == (0..<count).map { "\($0) \($0 * $0)" })
      }
    }
  }

  @Test func everyThreadHasItsWorker() throws {
    var workers: [Worker] = []
    try OrderedMap.run(
      count: 12, threads: 3,
      makeWorker: {
        workers.append(Worker())
        return workers[workers.count - 1]
      },
      work: { worker, _ in worker.calls += 1 }, consume: { _, _ in })
    #expect(workers.count == 3)
    #expect(workers.reduce(0) { $0 + $1.calls } == 12)
  }

  @Test func theFirstErrorInOrderIsThrown() {
    for threads in [1, 4] {
      var consumed: [Int] = []
      #expect(throws: Failure(piece: 5)) {
        try OrderedMap.run(
          count: 20, threads: threads, makeWorker: { 0 },
          work: { _, piece in
            if piece == 5 { usleep(2000) }
            if piece >= 5 { throw Failure(piece: piece) }
          },
          consume: { piece, _ in consumed.append(piece) })
      }
      #expect(consumed == [0, 1, 2, 3, 4])
    }
  }

  @Test func anErrorOfTheConsumerEndsTheWork() {
    let started = Counter()
    #expect(throws: Failure(piece: 1)) {
      try OrderedMap.run(
        count: 1000, threads: 2, makeWorker: { 0 }, work: { _, _ in started.increment() },
        consume: { piece, _ in if piece == 1 { throw Failure(piece: 1) } })
    }
    // The pieces that were ahead of the consumer, and no others.
    #expect(started.value == 2 * OrderedMap.piecesAhead)
  }
}
