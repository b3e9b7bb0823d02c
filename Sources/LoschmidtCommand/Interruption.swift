import Foundation
import Loschmidt
import Synchronization

/// The one way in which a run ends early: by a signal, by `--max-seconds`, or by a fault of the program.
///
/// A thread of its own waits for signals and for the clock. The first request asks the run to stop, and what it has done is
/// written into a folder that says so by its name. Where the run does not hear of it in time, or where it cannot, because a
/// fault ended its thread, what it kept last is written from here, and the command ends. A second signal ends the command at
/// once, unless it comes within a second of the first: `timeout`, for one, sends two. A folder that is being written at that
/// moment becomes whole first.
enum Interruption {
  /// What the command is doing, as far as it matters for how it is stopped.
  private enum Phase: Int {
    /// Nothing that takes long, and there is nothing to be lost.
    case other
    /// Experiments.
    case running
    /// The files of what was computed; that is waited for.
    case writing
    /// Figures; the numbers are written.
    case drawing
    /// What was kept is being written from the thread of this type; the command ends with it.
    case rescuing
  }

  private static let writing = Mutex(())
  private static let signal = Atomic<Int32>(0)
  private static let phase = Atomic<Int>(Phase.other.rawValue)
  /// Whether the files of the run that began last are written.
  private static let isWritten = Atomic<Bool>(false)
  private static let rescue = Mutex<(@Sendable () -> Void)?>(nil)

  /// The signals that ask the command to end.
  private static let requests = [SIGINT, SIGTERM, SIGHUP]
  /// The signal by which the thread of this type is told of a crash.
  private static let crash = SIGUSR1
  /// A signal this soon after the first is the same request.
  private static let echo = Duration.seconds(1)
  /// So long a run may take to stop by itself.
  private static let patience = Duration.milliseconds(2500)

  /// The number of the signal that asked the run to stop; 0 where none did.
  static var received: Int32 { signal.load(ordering: .relaxed) }

  /// The status by which a shell knows a program that a signal ended: 128 and the number of the signal.
  static var status: Int32 { 128 + received }

  // MARK: Listening

  /// Listens from now on; called before there are other threads.
  ///
  /// The signals are blocked in this thread and all that come after it, and one thread waits for them: so none is lost, and
  /// what is done about it may take locks, which a signal handler may not. Where there can be no such thread, signals only ask
  /// the run to stop.
  ///
  /// - Parameter seconds: After so many seconds the command behaves as if it got SIGTERM; `nil` for never.
  static func listen(maxSeconds seconds: Double? = nil) {
    Crash.becomesStatus()
    var signals = sigset_t()
    sigemptyset(&signals)
    for number in heard + [crash] { sigaddset(&signals, number) }
    pthread_sigmask(SIG_BLOCK, &signals, nil)
    let listener = Unmanaged.passRetained(Listener(signals, seconds))
    var thread = pthread_t()
    let status = pthread_create(
      &thread, nil,
      { listener in
        if let listener { Unmanaged<Listener>.fromOpaque(listener).takeRetainedValue().listen() }
        return nil
      }, listener.toOpaque())
    if status == 0 {
      pthread_detach(thread)
      Crash.tell(signal: crash)
    } else {
      listener.release()
      pthread_sigmask(SIG_UNBLOCK, &signals, nil)
      listenWithoutThread(seconds)
    }
  }

  /// What is listened to: `nohup` asks that the end of the terminal be ignored.
  private static var heard: [Int32] {
    requests.filter { number in
      var action = sigaction()
      sigaction(number, nil, &action)
      // The handler is a number in disguise; 1 is SIG_IGN.
      let isIgnored = withUnsafeBytes(of: &action) { $0.load(as: UInt.self) } == 1
      return number != SIGHUP || !isIgnored
    }
  }

  /// Handlers that set what the run asks for, and do nothing else.
  private static func listenWithoutThread(_ seconds: Double?) {
    for number in heard {
      Foundation.signal(number) { number in
        let (isFirst, _) = Interruption.signal.compareExchange(
          expected: 0, desired: number, ordering: .relaxed)
        if !isFirst { _exit(128 + number) }
      }
    }
    guard let seconds else { return }
    Foundation.signal(SIGALRM) { _ in
      _ = Interruption.signal.compareExchange(expected: 0, desired: SIGTERM, ordering: .relaxed)
    }
    alarm(UInt32(min(seconds.rounded(.up), 1e9)))
  }

  /// The thread that waits.
  private final class Listener {
    private var signals: sigset_t
    private var limit: ContinuousClock.Instant?
    private let seconds: Double?
    /// When the run was asked to stop.
    private var first: ContinuousClock.Instant?

    init(_ signals: sigset_t, _ seconds: Double?) {
      self.signals = signals
      self.seconds = seconds
      limit = seconds.map { .now + .seconds($0) }
    }

    func listen() {
      while true {
        let now = ContinuousClock.now
        if let limit, first == nil, now >= limit {
          stop(SIGTERM, "--max-seconds \(NumberText.rounded(seconds ?? 0)) have passed")
        }
        if let first, now >= first + patience { Interruption.rescueNow(128 + received) }
        switch wait(until: first.map { $0 + patience } ?? limit) {
        case crash where Crash.happened: Interruption.rescueNow(ExitStatus.fault.rawValue)
        case let number where requests.contains(number): take(number)
        default: break
        }
      }
    }

    /// The next signal; 0 where none comes until then.
    private func wait(until end: ContinuousClock.Instant?) -> Int32 {
      // An hour is as good as for ever, since the caller waits again.
      let left = min(end.map { $0 - .now } ?? .seconds(3600), .seconds(3600))
      let (seconds, attoseconds) = max(left, .milliseconds(1)).components
      var time = timespec(tv_sec: Int(seconds), tv_nsec: Int(attoseconds / 1_000_000_000))
      return max(0, sigtimedwait(&signals, nil, &time))
    }

    private func take(_ number: Int32) {
      guard let first else { return stop(number, nil) }
      if .now - first >= echo { Interruption.end(by: number) }
    }

    private func stop(_ number: Int32, _ reason: String?) {
      first = .now
      signal.store(number, ordering: .relaxed)
      let phase = Interruption.phase.load(ordering: .sequentiallyConsistent)
      guard phase != Phase.other.rawValue else { return Interruption.end(by: number) }
      ProgressLine.clear()
      let start = reason.map { "\($0): " } ?? ""
      Terminal.complain(
        "loschmidt: \(start)stopping; what is done will be written. Once more ends at once.")
    }
  }

  // MARK: What is stopped

  /// Does a run that the first request only asks to stop; its results are to be written then, until ``isDone()``.
  ///
  /// - Parameters:
  ///   - save: Writes what the run kept; called on another thread where the run does not stop, and then the command ends.
  ///   - run: The run.
  /// - Returns: What the run returns.
  static func mayStop<Value>(
    orElse save: @escaping @Sendable () -> Void, _ run: () throws -> Value
  ) rethrows -> Value {
    rescue.withLock { $0 = save }
    isWritten.store(false, ordering: .sequentiallyConsistent)
    phase.store(Phase.running.rawValue, ordering: .sequentiallyConsistent)
    defer {
      let (isOurs, _) = phase.compareExchange(
        expected: Phase.running.rawValue, desired: Phase.writing.rawValue, ordering: .sequentiallyConsistent)
      // The other thread writes and ends the command; nothing may be written beside it.
      if !isOurs { while true { pause() } }
      rescue.withLock { $0 = nil }
    }
    return try run()
  }

  /// Draws figures, which the first request ends.
  static func drawing<Value>(_ work: () throws -> Value) rethrows -> Value {
    phase.store(Phase.drawing.rawValue, ordering: .sequentiallyConsistent)
    defer { phase.store(Phase.writing.rawValue, ordering: .sequentiallyConsistent) }
    return try work()
  }

  /// The run is over, and its results are written.
  static func isDone() {
    phase.store(Phase.other.rawValue, ordering: .sequentiallyConsistent)
  }

  /// Writes files, which an interruption waits for.
  static func waits<Value: Sendable>(for work: () throws -> Value) rethrows -> Value {
    try writing.withLock { _ in
      let value = try work()
      isWritten.store(true, ordering: .sequentiallyConsistent)
      return value
    }
  }

  /// Writes what the run kept, and ends the command.
  private static func rescueNow(_ status: Int32) {
    let (isOurs, current) = phase.compareExchange(
      expected: Phase.running.rawValue, desired: Phase.rescuing.rawValue, ordering: .sequentiallyConsistent)
    guard isOurs else {
      // The run has stopped meanwhile, and writes what it has; only drawing may still hang.
      if current == Phase.drawing.rawValue || status == ExitStatus.fault.rawValue { leave(status) }
      return
    }
    ProgressLine.end()
    rescue.withLock { $0 }?()
    leave(status)
  }

  private static func end(by number: Int32) {
    let isDrawing = phase.load(ordering: .sequentiallyConsistent) == Phase.drawing.rawValue
    writing.withLock { _ in
      ProgressLine.end()
      Terminal.complain(
        isDrawing
          ? "loschmidt: interrupted before the figures were drawn; the numbers are written."
          : isWritten.load(ordering: .sequentiallyConsistent)
            ? "loschmidt: interrupted before the end; what was done is written."
            : "loschmidt: interrupted before the end; nothing of the unfinished run was written.")
      Gnuplot.abandon()
      _exit(128 + number)
    }
  }

  private static func leave(_ status: Int32) {
    writing.withLock { _ in
      Gnuplot.abandon()
      _exit(status)
    }
  }
}
