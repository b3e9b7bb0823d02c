import Foundation
import LoschmidtDynamics
import LoschmidtThermodynamics

/// The memory of the largest ensembles: it may depend on the number of trajectories only, not on the steps.
struct EnsembleMemory {
  /// The most that a million trajectories may take, in bytes.
  static let limit = 200e6

  /// The table.
  func run() throws -> String {
    var table = TextTable(["memory of 10^6 trajectories with path ratios", "steps", "largest MB", "limit MB"])
    for steps in [4, 40] {
      let ensemble = try EnsembleCase.all[0].ensemble(trajectories: 1_000_000, steps: steps)
      let start = ensemble.start
      let result = try ensemble.run { PathRatioObserver(initial: start, final: start) }
      precondition(result.trajectories == 1_000_000, "all trajectories were simulated")
      table.append([
        EnsembleCase.all[0].name, "\(steps)", (Self.largest / 1e6).cell, (Self.limit / 1e6).cell,
      ])
    }
    return table.text
  }

  /// The largest resident memory that this program has had so far, in bytes.
  private static var largest: Double {
    var usage = rusage()
    #if os(Linux)
      getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
      return Double(usage.ru_maxrss) * 1024
    #else
      getrusage(RUSAGE_SELF, &usage)
      return Double(usage.ru_maxrss)
    #endif
  }
}
