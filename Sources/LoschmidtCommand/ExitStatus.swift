import ArgumentParser
import Loschmidt

/// What the exit status of the command says, from the best to the worst.
enum ExitStatus: Int32, Comparable, CaseIterable {
  /// No verdict fails.
  case success = 0
  /// No verdict fails, some are undecided, and that was to be strict about.
  case undecided = 2
  /// A verdict fails.
  case failure = 1
  /// The command line is wrong.
  case usage = 64
  /// The scenario is wrong.
  case scenario = 65
  /// Results cannot be written.
  case cannotWrite = 74
  /// The program is wrong.
  case fault = 70
  /// The user stopped the run; with another signal it is another number.
  case interrupted = 130

  static func < (better: ExitStatus, worse: ExitStatus) -> Bool {
    let order = Self.allCases
    return order.firstIndex(of: better)! < order.firstIndex(of: worse)!
  }

  /// What the verdicts of a run amount to.
  init(verdicts: [Verdict], strict: Bool) {
    if verdicts.contains(where: { $0.status == .fail }) {
      self = .failure
    } else if strict, verdicts.contains(where: { $0.status == .undecided }) {
      self = .undecided
    } else {
      self = .success
    }
  }

  /// Ends the command with this status.
  var exit: ExitCode { ExitCode(rawValue) }
}
