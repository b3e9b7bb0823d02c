import Loschmidt
import Synchronization

/// One line on standard error that says how far a long run is, and goes away at its end.
///
/// It shows only on a terminal, only after a second, and changes at most ten times a second.
enum ProgressLine {
  private struct State {
    var isOn = false
    var isShown = false
    var start = ContinuousClock.now
    var lastChange = ContinuousClock.now
  }

  private static let state = Mutex(State())

  /// Begins the progress of one scenario, if there is a terminal to show it.
  static func begin(quiet: Bool) {
    let isOn = !quiet && Terminal.Stream.error.isTerminal
    state.withLock { $0 = State(isOn: isOn) }
  }

  /// Says how far the run is; any thread may call it at any rate.
  static func show(_ fraction: Double, _ what: String) {
    state.withLock { state in
      let now = ContinuousClock.now
      guard state.isOn, now - state.start > .seconds(1), now - state.lastChange > .milliseconds(100) else { return }
      let percent = Int((min(max(fraction, 0), 1) * 100).rounded(.down))
      let text = "\(percent < 10 ? " " : "")\(percent) %\(timeLeft(fraction, since: state.start)) \(what)"
      let line = text.prefix((Terminal.Stream.error.width ?? 80) - 1)
      put("\r\u{1b}[K\(line)")
      state.isShown = true
      state.lastChange = now
    }
  }

  /// The time left, if the rest goes on as it went so far: ` 2 min 10 s left,`; nothing before anything can be said.
  private static func timeLeft(_ fraction: Double, since start: ContinuousClock.Instant) -> String {
    guard fraction > 0.01, fraction < 1 else { return "" }
    let elapsed = (ContinuousClock.now - start) / .seconds(1)
    let seconds = Int((elapsed * (1 - fraction) / fraction).rounded(.up))
    let (hours, minutes) = (seconds / 3600, seconds / 60 % 60)
    if hours > 0 { return " \(hours) h \(minutes) min left," }
    return minutes > 0 ? " \(minutes) min \(seconds % 60) s left," : " \(seconds) s left,"
  }

  /// Removes the line.
  static func clear() {
    state.withLock { state in
      if state.isShown { put("\r\u{1b}[K") }
      state.isShown = false
    }
  }

  private static func put(_ text: String) {
    // Progress that cannot be shown is no reason to stop.
    _ = FileSystem.writeAll(text, to: Terminal.Stream.error.rawValue)
  }
}
