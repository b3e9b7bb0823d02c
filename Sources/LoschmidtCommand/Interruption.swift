import Foundation
import Synchronization

/// What happens when the user stops a run with control-C, or the system asks it to end.
///
/// A folder that is being written at that moment becomes whole first; a run that is not at its end leaves none.
enum Interruption {
  private static let writing = Mutex(())

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
      var (awaited, number) = (signals, Int32(0))
      while sigwait(&awaited, &number) != 0 {}
      end(by: number)
    }
  }

  /// Does work that an interruption waits for.
  static func waits<Value: Sendable>(for work: () throws -> Value) rethrows -> Value {
    try writing.withLock { _ in try work() }
  }

  private static func end(by number: Int32) {
    writing.withLock { _ in
      Terminal.complain("loschmidt: interrupted before the end; nothing of the unfinished run was written.")
      // The status by which a shell knows a program that a signal ended: 128 and the number of the signal.
      _exit(128 + number)
    }
  }
}
