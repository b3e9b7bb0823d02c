import Synchronization

/// Independent pieces of work on several threads, whose results are taken in the order of the pieces.
///
/// What is computed does not depend on the number of threads: pieces know nothing of each other, and the results are consumed one by one in
/// their order.
public enum OrderedMap {
  /// So many results for each thread wait to be consumed: a thread that is done early takes the next piece.
  static let piecesAhead = 16

  /// Runs `work` for every piece and hands the results on in order.
  ///
  /// - Parameters:
  ///   - count: The number of pieces.
  ///   - threads: How many may run at once.
  ///   - makeWorker: Makes what one thread needs for itself, such as storage; called once for each thread.
  ///   - work: The piece of work with this number.
  ///   - consume: Receives each result, in the order of the pieces, on the calling thread.
  /// - Throws: The error of the first piece, in their order, that fails; ``Stopped`` where a piece was not begun because of a
  ///   ``StopRequest``.
  public static func run<Worker, Result>(
    count: Int, threads: Int, makeWorker: () -> Worker, work: (Worker, Int) throws -> Result,
    consume: (Int, Result) throws -> Void
  ) throws {
    let width = max(1, min(threads, count))
    let workers = (0..<width).map { _ in makeWorker() }
    if width == 1 {
      for piece in 0..<count {
        try StopRequest.check()
        try consume(piece, try work(workers[0], piece))
      }
      return
    }
    let wave = width * piecesAhead
    for first in stride(from: 0, to: count, by: wave) {
      let pieces = min(wave, count - first)
      var results = [Swift.Result<Result, any Error>?](repeating: nil, count: pieces)
      let next = Atomic<Int>(0)
      results.withUnsafeMutableBufferPointer { slots in
        // Each piece is taken by one thread, which writes its slot and uses its own worker.
        nonisolated(unsafe) let slots = slots
        nonisolated(unsafe) let workers = workers
        nonisolated(unsafe) let work = work
        ThreadTeam.run(width) { thread in
          while true {
            let index = next.add(1, ordering: .relaxed).oldValue
            guard index < pieces else { return }
            slots[index] = Swift.Result {
              try StopRequest.check()
              return try work(workers[thread], first + index)
            }
          }
        }
      }
      for (index, result) in results.enumerated() {
        guard let result else { preconditionFailure("every piece of work leaves a result") }
        try consume(first + index, try result.get())
      }
    }
  }
}
