/// Times pieces of work side by side, so that what disturbs the machine disturbs all of them alike.
struct Stopwatch {
  /// How many turns each piece of work has.
  let rounds: Int
  /// How long a turn lasts about.
  let turn: Duration

  /// The nanoseconds of every turn divided by `units`, for each piece of work.
  ///
  /// Each piece runs once to warm up, and once to learn how often it fits into a turn; then the pieces take turns.
  func measure(_ pieces: [(units: Double, run: () -> Void)]) -> [[Double]] {
    let counts = pieces.map { piece -> Int in
      piece.run()
      return max(1, Int(turn / max(time(1, piece.run), .nanoseconds(1))))
    }
    var times = [[Double]](repeating: [], count: pieces.count)
    for _ in 0..<rounds {
      for (index, piece) in pieces.enumerated() {
        let duration = time(counts[index], piece.run)
        times[index].append(duration / .nanoseconds(1) / Double(counts[index]) / piece.units)
      }
    }
    return times
  }

  private func time(_ count: Int, _ run: () -> Void) -> Duration {
    let start = ContinuousClock.now
    for _ in 0..<count { run() }
    return start.duration(to: .now)
  }
}

extension [Double] {
  /// The number with as many below it as above.
  var median: Double { quantile(0.5) }

  /// The number that a fraction of all numbers does not exceed.
  func quantile(_ fraction: Double) -> Double {
    sorted()[Swift.min(count - 1, Int(fraction * Double(count)))]
  }
}
