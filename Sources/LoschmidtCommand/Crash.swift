import Foundation

/// A broken precondition is a fault of the program, and its exit status says so.
enum Crash {
  /// From now on a crash ends the process with status 70 instead of with a signal.
  ///
  /// Not where the user has asked the Swift runtime for a backtrace.
  static func becomesStatus() {
    guard ProcessInfo.processInfo.environment["SWIFT_BACKTRACE"] == nil else { return }
    for number in [SIGILL, SIGTRAP, SIGABRT, SIGSEGV, SIGBUS, SIGFPE] {
      // Only what POSIX allows in a handler: no memory is taken. The runtime has said before what is broken.
      signal(number) { _ in
        let sentence: StaticString = "loschmidt: error: a fault of the program, please report it\n"
        _ = write(2, sentence.utf8Start, sentence.utf8CodeUnitCount)
        _exit(70)
      }
    }
  }
}
