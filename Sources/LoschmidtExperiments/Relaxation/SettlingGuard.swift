import LoschmidtNumerics
import LoschmidtThermodynamics

/// What keeps a claim about the balanced point from being judged on the way there.
///
/// E ΔQ = η² E ĝᵀKĝ holds in every step, so that E ĝᵀKĝ = 0 in every state in which the mean of the charge Q has settled, and a
/// drift that is not 0 alone says only that Q still moves. So the drift fails the claim only where the charge itself, which is a
/// second measurement, does not move as much. The drift at the end is its mean over the second half of the records, which is the
/// motion of the charge, plus what it changed since; a fail stands only beyond the largest sum of both that is not excluded.
struct SettlingGuard {
  /// The change of the charge in the second half as a mean drift, in the unit of the estimate.
  var motion: Uncertain
  /// The drift at the end minus its mean over the second half, in the unit of the estimate.
  var change: Uncertain
  /// The number of trajectories.
  var count: Int
  /// The level of one test.
  var level: Double

  /// The outcome, where it is a fail made undecided if the charge may still move.
  ///
  /// - Parameters:
  ///   - outcome: What was decided as if the state had settled.
  ///   - again: Decides once more, where deviations up to a number count as none.
  /// - Returns: The same, or undecided.
  func honoured(_ outcome: VerdictOutcome, again: (_ allowance: Double) -> VerdictOutcome) -> VerdictOutcome {
    guard outcome.status == .fail else { return outcome }
    guard [motion.value, motion.error, change.value, change.error].allSatisfy(\.isFinite), count > 1,
      let quantile = try? TailProbabilities.studentTTailQuantile(level / 2, degreesOfFreedom: Double(count - 1))
    else { return undecided(outcome, .motionPossible(explained: .infinity)) }
    let explained = abs(motion.value) + abs(change.value) + quantile * (motion.error + change.error)
    if again(explained).status == .fail { return outcome }
    let isSeen = abs(motion.value) > quantile * motion.error
    return undecided(
      outcome,
      isSeen
        ? .notSettled(motion: motion.value, standardError: motion.error) : .motionPossible(explained: explained))
  }

  private func undecided(_ outcome: VerdictOutcome, _ reason: VerdictReason) -> VerdictOutcome {
    var outcome = outcome
    outcome.status = .undecided
    outcome.reasons.insert(reason, at: 0)
    outcome.trajectoriesToDecide = nil
    return outcome
  }
}

/// A number with its standard error, where nothing is known about the correlation with others.
///
/// Errors add by their sizes, which is what they are at most whatever the correlation: √Var(a + b) ≤ √Var a + √Var b.
struct Uncertain: Equatable {
  var value: Double
  var error: Double

  init(value: Double, error: Double) {
    self.value = value
    self.error = error
  }

  /// The mean of replicas.
  init(_ moments: Moments) { self.init(value: moments.mean, error: moments.standardError) }

  static func + (a: Uncertain, b: Uncertain) -> Uncertain {
    Uncertain(value: a.value + b.value, error: a.error + b.error)
  }

  static func * (a: Uncertain, factor: Double) -> Uncertain {
    Uncertain(value: a.value * factor, error: a.error * abs(factor))
  }

  static func / (a: Uncertain, b: Uncertain) -> Uncertain {
    let value = a.value / b.value
    return Uncertain(value: value, error: (a.error + abs(value) * b.error) / abs(b.value))
  }
}
