import Dispatch
import Foundation
import Synchronization

/// What happens when the user stops a run with control-C, or the system asks it to end.
///
/// A folder that is being written at that moment becomes whole first; a run that is not at its end leaves none.
enum Interruption {
  private static let writing = Mutex(())

  /// Listens from now on.
  static func listen() {
    _ = sources
  }

  /// Does work that an interruption waits for.
  static func waits<Value: Sendable>(for work: () throws -> Value) rethrows -> Value {
    try writing.withLock { _ in try work() }
  }

  /// The sources live as long as the process; they are made once and only kept, so nothing can race.
  private nonisolated(unsafe) static let sources: [any DispatchSourceSignal] = {
    let queue = DispatchQueue(label: "interruption")
    return [SIGINT, SIGTERM].map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
      source.setEventHandler { end(by: number) }
      source.resume()
      return source
    }
  }()

  private static func end(by number: Int32) {
    writing.withLock { _ in
      Terminal.complain("loschmidt: interrupted before the end; nothing of the unfinished run was written.")
      // The status by which a shell knows a program that a signal ended: 128 and the number of the signal.
      _exit(128 + number)
    }
  }
}
