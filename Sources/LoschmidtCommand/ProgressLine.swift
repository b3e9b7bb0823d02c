import Foundation
import Loschmidt
import Synchronization

/// Says on standard error how far a long run is.
///
/// On a terminal it is one line with a bar that changes at most ten times a second and goes away at its end. Elsewhere, in
/// a log for instance, it is a plain line now and then. A run that is done in no time shows neither.
enum ProgressLine {
  private struct State {
    var style = Style.none
    var colour = false
    var isShown = false
    var start = ContinuousClock.now
    var lastChange: ContinuousClock.Instant?
    /// What was shown when, about twice as many as are looked back at.
    var history: [(time: Double, fraction: Double)] = []

    /// The fraction a second over the second half of the time so far.
    mutating func pace(_ fraction: Double, at elapsed: Double) -> Double? {
      history.append((elapsed, fraction))
      // The half that is looked back at begins later and later.
      if let first = history.firstIndex(where: { $0.time >= elapsed / 2 }), first > 0 { history.removeFirst(first - 1) }
      guard let then = history.first, elapsed - then.time > 0.25 * elapsed, fraction > then.fraction else { return nil }
      return (fraction - then.fraction) / (elapsed - then.time)
    }
  }

  private enum Style {
    case none, bar, lines

    /// How long nothing is shown, and then how long it stays as it is.
    var pace: (first: Duration, next: Duration) {
      switch self {
      case .none: (.zero, .zero)
      case .bar: (.seconds(1), .milliseconds(100))
      case .lines: (.seconds(10), .seconds(10))
      }
    }
  }

  private static let state = Mutex(State())

  /// Begins the progress of one scenario.
  static func begin(quiet: Bool) {
    let style: Style = quiet ? .none : Terminal.Stream.error.isTerminal ? .bar : .lines
    state.withLock { $0 = State(style: style, colour: Terminal.Stream.error.hasColour) }
  }

  /// Says how far the run of a file is; any thread may call it at any rate.
  static func show(_ progress: RunProgress, of file: String) {
    state.withLock { state in
      let now = ContinuousClock.now
      guard state.style != .none, isDue(state, now) else { return }
      let elapsed = (now - state.start) / .seconds(1)
      var text = ProgressText(
        fraction: progress.fraction, elapsed: elapsed,
        sampleGradients: progress.sampleGradients, what: "\(file): \(progress.what)")
      text.secondsLeft = progress.secondsLeft
      if progress.secondsLeft == nil { text.pace = state.pace(progress.fraction, at: elapsed) }
      if state.style == .bar {
        // The last column stays free: some terminals begin a new line once it is used.
        put(
          "\r\u{1b}[K"
            + text.bar(width: (Terminal.Stream.error.width ?? 80) - 1, colour: state.colour))
        state.isShown = true
      } else {
        put(text.plain + "\n")
      }
      state.lastChange = now
    }
  }

  private static func isDue(_ state: State, _ now: ContinuousClock.Instant) -> Bool {
    let pace = state.style.pace
    guard let last = state.lastChange else { return now - state.start >= pace.first }
    return now - last >= pace.next
  }

  /// Removes the line; it comes back if the run goes on.
  static func clear() {
    state.withLock { remove(&$0) }
  }

  /// Removes the line for good.
  static func end() {
    state.withLock { state in
      remove(&state)
      state.style = .none
    }
  }

  private static func remove(_ state: inout State) {
    if state.isShown { put("\r\u{1b}[K") }
    state.isShown = false
  }

  private static func put(_ text: String) {
    // Progress that cannot be shown is no reason to stop.
    _ = FileSystem.writeAll(text, to: Terminal.Stream.error.rawValue)
  }
}
