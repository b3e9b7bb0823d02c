/// How long a run of many stages still takes: by its pace in the stage at work, and by what was estimated of the others.
///
/// Times are seconds of a clock that is handed in. What stages took compared with their estimates corrects the estimates of
/// those to come: the machine may be busier than it was at the trial.
struct RemainingTime {
  /// The estimated seconds of all stages of a name together.
  private var estimates: [String: Double] = [:]
  private var log = StageLog()
  /// Stages whose names begin with these will not come, unless they have begun.
  private var forgotten: Set<String> = []
  /// So many seconds count as gone by as estimated before anything was measured.
  private static let prior = 0.5
  /// Estimates are corrected by no more than this, and its inverse.
  private static let largestCorrection = 6.0

  /// Takes estimates for stages, begun or to come; those of other names stay.
  mutating func estimate(_ seconds: [String: Double]) { estimates.merge(seconds) { $1 } }

  /// The names that belong to stages with this prefix, and that have not begun, will not come.
  mutating func forget(_ prefix: String) { forgotten.insert(prefix) }

  /// Ends the stage at work, and begins another.
  mutating func begin(_ stage: WorkStage, at time: Double) { log.begin(stage, at: time) }

  /// The stage at work is so far.
  mutating func tell(_ fraction: Double, at time: Double) { log.tell(fraction, at: time) }

  /// Ends the last stage.
  mutating func end(at time: Double) { log.end(at: time) }

  /// The seconds that are left.
  func left(at time: Double) -> Double {
    let factor = correction(at: time)
    guard let last = log.entries.last, last.end == nil else { return factor * pending }
    return current(last, factor, at: time) + factor * pending
  }

  /// The finished share of the estimated time of all stages, 0 to 1; `nil` without estimates.
  func fraction(at time: Double) -> Double? { fraction(at: time) { _ in true } }

  /// The finished share of the stages with these names; `nil` without estimates.
  func fraction(of names: Set<String>, at time: Double) -> Double? {
    fraction(at: time) { names.contains($0) }
  }

  private func fraction(at time: Double, where counts: (String) -> Bool) -> Double? {
    let total = estimates.reduce(0) { sum, estimate in
      guard counts(estimate.key) else { return sum }
      return sum + (isForgotten(estimate.key) ? begun(estimate.key) : estimate.value)
    }
    guard total > 0 else { return nil }
    let done = log.entries.reduce(0) { sum, entry in
      guard counts(entry.stage.name) else { return sum }
      return sum + estimated(entry.stage) * (entry.end == nil ? progress(entry, at: time) : 1)
    }
    return min(1, max(0, done / total))
  }

  /// The estimated seconds of one stage.
  private func estimated(_ stage: WorkStage) -> Double { (estimates[stage.name] ?? 0) * stage.share }

  private func isForgotten(_ name: String) -> Bool { forgotten.contains { name.hasPrefix($0) } }

  /// The estimated seconds of what has begun under a name.
  private func begun(_ name: String) -> Double {
    log.entries.reduce(0) { $0 + ($1.stage.name == name ? estimated($1.stage) : 0) }
  }

  /// The estimated seconds of all stages that have not begun.
  private var pending: Double {
    var pending = estimates.filter { !isForgotten($0.key) }
    for entry in log.entries { pending[entry.stage.name]? -= estimated(entry.stage) }
    return pending.values.reduce(0) { $0 + max(0, $1) }
  }

  /// How far a stage at work is: as it told, or by the clock where it tells nothing.
  private func progress(_ entry: StageLog.Entry, at time: Double) -> Double {
    if entry.told.fraction > 0 { return entry.told.fraction }
    let (elapsed, expected) = (time - entry.start, estimated(entry.stage))
    return elapsed > 0 ? elapsed / (elapsed + max(expected - elapsed, 0.25 * elapsed)) : 0
  }

  /// How much longer stages take than was estimated.
  private func correction(at time: Double) -> Double {
    var (taken, expected) = (Self.prior, Self.prior)
    for entry in log.entries {
      let estimate = estimated(entry.stage)
      guard estimate > 0 else { continue }
      if let end = entry.end {
        taken += end - entry.start
        expected += estimate
      } else if entry.told.fraction > 0 {
        taken += entry.told.time - entry.start
        expected += estimate * entry.told.fraction
      }
    }
    // The square root is half-way between a machine that is busier, for all stages alike, and one estimate that is wrong.
    return min(max(taken / expected, 1 / Self.largestCorrection), Self.largestCorrection).squareRoot()
  }

  /// The seconds that are left of the stage at work.
  private func current(_ entry: StageLog.Entry, _ factor: Double, at time: Double) -> Double {
    let elapsed = time - entry.start
    let expected = factor * estimated(entry.stage)
    let fraction = entry.told.fraction
    // What does not say how far it is lasts as long as was expected, and then a while.
    guard fraction > 0 else { return max(expected - elapsed, 0.25 * elapsed) }
    let since = entry.told.time - entry.start
    let measured = max(0, since * (1 - fraction) / fraction - (time - entry.told.time))
    guard expected > 0 else { return measured }
    // Of the first moments the pace says little.
    let weight = since / (since + Self.prior)
    return weight * measured + (1 - weight) * expected * (1 - fraction)
  }
}
