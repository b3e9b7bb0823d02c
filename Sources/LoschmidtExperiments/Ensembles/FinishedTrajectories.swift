import LoschmidtDynamics

/// The trajectories of an ensemble that count: those that neither diverged nor were stopped.
struct FinishedTrajectories {
  /// How many there are.
  let count: Int

  /// Why a number that takes two of them is not there, without a full stop: there are too few, or it is not finite.
  var reason: String { reason(needed: 2) }

  /// The same of a number that takes two of them, or four as the error of a variance does.
  func reason(needed: Int) -> String {
    if count <= 0 { return "no trajectory was finished" }
    if count < needed { return "fewer than \(needed == 2 ? "two" : "four") trajectories were finished" }
    return "a value is not finite along the trajectories that were finished, or exceeds the range of numbers"
  }
}

extension EnsembleResult {
  /// Those of the blocks that were simulated to their end.
  var finished: FinishedTrajectories { FinishedTrajectories(count: trajectories - divergedCount) }

  /// A sentence on what averages are of, where some trajectories diverged; `nil` where none or all did.
  func remarkOnSurvivors(of name: String) -> String? {
    guard divergedCount > 0, finished.count > 0 else { return nil }
    let those = finished.count == 1 ? "the one trajectory that was" : "the \(finished.count) trajectories that were"
    return "All averages of \(name), at every step, are of \(those) finished; leaving the others out selects."
  }
}
