import Foundation
import Synchronization

/// Another program, run to its end in a process group of its own.
///
/// So it is ended together with whatever it started, and a signal to the terminal's group does not reach it.
struct ChildProcess {
  /// How it ended.
  enum End: Sendable, Equatable {
    /// It ended with this status.
    case status(Int32)
    /// A signal ended it.
    case signal(Int32)
    /// It took too long and was ended.
    case overdue
    /// It was ended because the run is to stop.
    case stopped
    /// It could not be started, in the words of the system.
    case notStarted(String)
  }

  /// The program.
  var path: String
  /// What it is told, without its own name.
  var arguments: [String]
  /// Its environment, and nothing else.
  var environment: [String: String]
  /// The folder that it runs in.
  var folder: String
  /// The file that its standard error goes to; it reads nothing, and what it writes elsewhere is thrown away.
  var errors: String

  /// The process group that runs now; 0 for none.
  private static let current = Atomic<Int32>(0)

  /// Runs it.
  ///
  /// - Parameters:
  ///   - timeLimit: After so many seconds it is ended.
  ///   - isStopped: Whether to end it; asked a hundred times a second.
  /// - Returns: How it ended.
  func run(timeLimit: Double, isStopped: () -> Bool) -> End {
    let child: pid_t
    switch start() {
    case .success(let started): child = started
    case .failure(let failure): return .notStarted(failure.reason)
    }
    Self.current.store(child, ordering: .sequentiallyConsistent)
    defer {
      // What it left running is of no use to anybody.
      kill(-child, SIGKILL)
      Self.current.store(0, ordering: .sequentiallyConsistent)
    }
    let start = ContinuousClock.now
    var status: Int32 = 0
    while true {
      let ended = waitpid(child, &status, WNOHANG)
      if ended == child { break }
      if ended < 0, errno != EINTR { return .notStarted(FileSystem.reason()) }
      let isOverdue = ContinuousClock.now - start > .seconds(timeLimit)
      if isOverdue || isStopped() {
        kill(-child, SIGKILL)
        while waitpid(child, &status, 0) < 0, errno == EINTR {}
        return isOverdue ? .overdue : .stopped
      }
      usleep(10_000)
    }
    let signal = status & 0x7F
    return signal == 0 ? .status((status >> 8) & 0xFF) : .signal(signal)
  }

  /// Ends the process that runs, with its group, on whatever thread it is waited for.
  static func endCurrent() {
    let group = current.load(ordering: .sequentiallyConsistent)
    if group > 0 { kill(-group, SIGKILL) }
  }

  private struct Failure: Error { var reason: String }

  private func start() -> Result<pid_t, Failure> {
    var actions = posix_spawn_file_actions_t()
    var attributes = posix_spawnattr_t()
    posix_spawn_file_actions_init(&actions)
    posix_spawnattr_init(&attributes)
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
    }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 2, errors, O_WRONLY | O_APPEND, 0)
    // Signals that this program waits for are blocked in it, and would be in the other one.
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setpgroup(&attributes, 0)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK))
    // A shell goes to the folder and becomes the program: not every system can start a program elsewhere.
    guard access(path, X_OK) == 0 else { return .failure(Failure(reason: FileSystem.reason())) }
    let shell = "/bin/sh"
    let line = [shell, "-c", "cd \"$0\" && exec \"$@\"", folder, path]
    let words = (line + arguments).map { strdup($0) } + [nil]
    let settings = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for word in words + settings { free(word) } }
    var child = pid_t()
    let status = posix_spawn(&child, shell, &actions, &attributes, words, settings)
    return status == 0 ? .success(child) : .failure(Failure(reason: String(cString: strerror(status))))
  }
}
