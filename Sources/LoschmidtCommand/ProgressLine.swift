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
      let line = "\(percent < 10 ? " " : "")\(percent) % \(what)".prefix((Terminal.Stream.error.width ?? 80) - 1)
      put("\r\u{1b}[K\(line)")
      state.isShown = true
      state.lastChange = now
    }
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
