import Foundation
import Synchronization

/// What happens when the user stops a run with control-C, or the system asks it to end.
///
/// While a run is under way, the first signal asks it to stop, and what it has done is written into a folder that says so by
/// its name. A second one, or one at any other time, ends the program at once; a folder that is being written at that
/// moment becomes whole first.
enum Interruption {
  private static let writing = Mutex(())
  private static let signal = Atomic<Int32>(0)
  private static let isRunning = Atomic<Bool>(false)

  /// The number of the signal that asked the run to stop; 0 where none did.
  static var received: Int32 { signal.load(ordering: .relaxed) }

  /// The status by which a shell knows a program that a signal ended: 128 and the number of the signal.
  static var status: Int32 { 128 + received }

  /// Listens from now on; called before there are other threads.
  ///
  /// The signals are blocked in this thread and all that come after it, and one thread waits for them: so none is lost, and
  /// what is done about it may take locks, which a signal handler may not.
  static func listen() {
    var signals = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, SIGINT)
    sigaddset(&signals, SIGTERM)
    pthread_sigmask(SIG_BLOCK, &signals, nil)
    Thread.detachNewThread { [signals] in
      while true {
        var (awaited, number) = (signals, Int32(0))
        while sigwait(&awaited, &number) != 0 {}
        let (isFirst, _) = signal.compareExchange(expected: 0, desired: number, ordering: .relaxed)
        if isFirst, isRunning.load(ordering: .relaxed) {
          ProgressLine.clear()
          Terminal.complain("loschmidt: stopping; what is done will be written. Once more ends at once.")
        } else {
          end(by: number)
        }
      }
    }
  }

  /// Does a run that the first signal only asks to stop.
  static func mayStop<Value>(_ run: () throws -> Value) rethrows -> Value {
    isRunning.store(true, ordering: .relaxed)
    defer { isRunning.store(false, ordering: .relaxed) }
    return try run()
  }

  /// Does work that an interruption waits for.
  static func waits<Value: Sendable>(for work: () throws -> Value) rethrows -> Value {
    try writing.withLock { _ in try work() }
  }

  private static func end(by number: Int32) {
    writing.withLock { _ in
      ProgressLine.end()
      Terminal.complain("loschmidt: interrupted before the end; nothing of the unfinished run was written.")
      _exit(128 + number)
    }
  }
}
