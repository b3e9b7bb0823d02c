import LoschmidtDynamics

/// The trajectories of an ensemble that count: those that neither diverged nor were stopped.
struct FinishedTrajectories {
  /// How many there are.
  let count: Int

  /// Why a number made of them is not there, without a full stop: there are too few, or else it is not finite.
  var reason: String {
    switch count {
    case ...0: "no trajectory was finished"
    case 1: "fewer than two trajectories were finished"
    default: "a value is not finite along the trajectories that were finished, or exceeds the range of numbers"
    }
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
