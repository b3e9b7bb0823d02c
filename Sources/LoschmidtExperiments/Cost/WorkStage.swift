/// What the time of a stage grows with, from a miniature of an experiment to the whole.
enum WorkGrowth: Sendable, Hashable {
  /// Blocks of trajectories times their steps, on all threads.
  case paths
  /// Blocks of trajectories on all threads, with the steps of the miniature.
  case blocks
  /// The steps.
  case steps
  /// The trajectories, on one thread.
  case trajectories
  /// Pairs of points, of which a limited number is compared.
  case pairs
  /// The points of parameter space.
  case points
  /// The learning rates that were asked for.
  case learningRates
  /// Fresh ensembles of a calibration.
  case repetitions
}

/// A stage of an experiment's work: an ensemble, verdicts, flows.
struct WorkStage: Sendable, Equatable {
  /// Its name, the same in a miniature and in the whole.
  var name: String
  /// The share of what begins in all stages of that name.
  var share = 1.0
  /// What its time grows with.
  var growth: [WorkGrowth] = []
}

/// When stages began and how far they were, by a clock that is handed in.
struct StageLog {
  /// A stage that has begun.
  struct Entry {
    let stage: WorkStage
    let start: Double
    /// When the next one began; `nil` for the last.
    var end: Double?
    /// The fraction that was done when it was last told, and when that was.
    var told = (fraction: 0.0, time: 0.0)
  }

  private(set) var entries: [Entry] = []

  /// Ends the stage at work, and begins another.
  mutating func begin(_ stage: WorkStage, at time: Double) {
    end(at: time)
    entries.append(Entry(stage: stage, start: time, told: (0, time)))
  }

  /// The stage at work is so far.
  mutating func tell(_ fraction: Double, at time: Double) {
    guard let last = entries.indices.last, fraction.isFinite else { return }
    entries[last].told = (max(entries[last].told.fraction, min(max(fraction, 0), 1)), time)
  }

  /// Ends the stage at work.
  mutating func end(at time: Double) {
    if let last = entries.indices.last, entries[last].end == nil { entries[last].end = time }
  }
}
