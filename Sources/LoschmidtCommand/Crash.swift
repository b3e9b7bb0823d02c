import Foundation
import Synchronization

/// A broken precondition is a fault of the program, and its exit status says so.
enum Crash {
  /// The signal by which another thread hears of a crash; 0 where there is none to hear.
  private static let listener = Atomic<Int32>(0)
  private static let flag = Atomic<Bool>(false)
  /// Whether there was a crash.
  static var happened: Bool { flag.load(ordering: .relaxed) }
  /// After so many seconds the command ends, whatever the other thread does.
  private static let patience: UInt32 = 10

  /// From now on a crash ends the process with status 70 instead of with a signal.
  ///
  /// Not where the user has asked the Swift runtime for a backtrace.
  static func becomesStatus() {
    guard ProcessInfo.processInfo.environment["SWIFT_BACKTRACE"] == nil else { return }
    // Made here, since the first use of a static property may take a lock.
    listener.store(0, ordering: .relaxed)
    flag.store(false, ordering: .relaxed)
    for number in [SIGILL, SIGTRAP, SIGABRT, SIGSEGV, SIGBUS, SIGFPE] {
      // Only what POSIX allows in a handler: no memory is taken. The runtime has said before what is broken.
      signal(number) { _ in
        let sentence: StaticString = "loschmidt: error: a fault of the program, please report it\n"
        _ = write(2, sentence.utf8Start, sentence.utf8CodeUnitCount)
        Crash.flag.store(true, ordering: .relaxed)
        let number = Crash.listener.load(ordering: .relaxed)
        if number == 0 { _exit(70) }
        // Another thread writes what was done before, and ends the command; should it not, the clock does.
        signal(SIGALRM) { _ in _exit(70) }
        alarm(Crash.patience)
        kill(getpid(), number)
        while true { pause() }
      }
    }
  }

  /// A crash is told to the process by this signal, for a thread that waits for it and ends the command.
  static func tell(signal: Int32) { listener.store(signal, ordering: .relaxed) }
}
