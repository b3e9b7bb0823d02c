import Foundation
import LoschmidtReports

/// About how long a run takes on this machine, from miniatures of its experiments.
public struct TimeEstimate: Sendable {
  /// The trials, one for each experiment; `nil` where there is none.
  let trials: [Trial?]
  /// The seconds of each experiment with its files and pictures; `nil` where nobody knows.
  public let seconds: [Double?]
  /// The seconds of one picture; 0 where none is drawn.
  let picture: Double
  /// Whether a miniature was broken off, so that the times are too small.
  public let isAtLeast: [Bool]

  /// The estimate.
  ///
  /// - Parameters:
  ///   - experiments: The experiments of the run.
  ///   - seed: The seed of the scenario.
  ///   - threads: Those of the run.
  ///   - limit: The seconds for all trials together. Experiments that come too late are compared by their gradients with
  ///     those that were tried.
  ///   - gnuplot: What draws the figures; `nil` where none are drawn.
  ///   - isStopped: Whether to try no more, since the run is to stop.
  init(
    _ experiments: [any Experiment], seed: UInt64, threads: Int, limit: Double, gnuplot: Gnuplot? = nil,
    isStopped: @escaping @Sendable () -> Bool = { false }
  ) {
    let start = ContinuousClock.now
    var trials: [Trial?] = []
    for (index, experiment) in experiments.enumerated() {
      let left = limit - (ContinuousClock.now - start) / .seconds(1)
      // Half of what is left: that there is some for the others.
      let share = index == experiments.count - 1 ? left : left / 2
      trials.append(
        left > 0.02 * limit && !isStopped()
          ? Trial(
            experiment, seed: seed, index: index, threads: threads, limit: max(0.02, share), isStopped: isStopped)
          : nil)
    }
    self.trials = trials
    picture =
      trials.lazy.compactMap { $0?.script }.first.map {
        Self.seconds(drawing: $0, isStopped() ? nil : gnuplot)
      } ?? 0
    let gradients = experiments.map(\.estimatedSampleGradients)
    let tried = zip(trials, gradients).filter { $0.0 != nil && ($0.1 ?? 0) > 0 }
    let (all, work) = (tried.reduce(0) { $0 + ($1.0?.seconds ?? 0) }, tried.reduce(0) { $0 + ($1.1 ?? 0) })
    let each = picture
    seconds = zip(trials, gradients).map { trial, gradients in
      if let trial { return trial.seconds + each * Double(trial.figures) }
      return work > 0 ? gradients.map { all * $0 / work } : nil
    }
    isAtLeast = trials.map { $0.map { !$0.isWhole } ?? false }
  }

  /// Whether a miniature was broken off, or did not get its turn.
  var isBrokenOff: Bool { isAtLeast.contains(true) || trials.contains { $0 == nil } }

  /// The seconds that one picture takes.
  private static func seconds(drawing figure: (stem: String, script: String), _ gnuplot: Gnuplot?) -> Double {
    guard let gnuplot else { return 0 }
    let start = ContinuousClock.now
    _ = Gnuplot(path: gnuplot.path, timeLimit: 1.5).draw(figure.script, stem: figure.stem)
    return (ContinuousClock.now - start) / .seconds(1)
  }

  /// The stages of one experiment with their seconds.
  func stages(of index: Int) -> [String: Double] {
    if let trial = trials[index] { return trial.stages }
    return seconds[index].map { ["": $0] } ?? [:]
  }

  /// The time of an experiment for people; `nil` where nobody knows.
  public func text(of index: Int) -> String? {
    seconds[index].map { (isAtLeast[index] ? "more than " : "") + Self.text($0, isAtLeast: isAtLeast[index]) }
  }

  /// A time for people, such as about 2 min.
  public static func text(_ seconds: Double, isAtLeast: Bool = false) -> String {
    let about = isAtLeast ? "" : "about "
    return switch seconds {
    case ..<1: isAtLeast ? "a second" : "under a second"
    case ..<100: "\(about)\(Int(seconds.rounded())) s"
    case ..<6000: "\(about)\(Int((seconds / 60).rounded())) min"
    case ..<(100 * 3600): "\(about)\(Int((seconds / 3600).rounded())) h"
    default:
      seconds < 3e15 ? "\(about)\(Int((seconds / 86400).rounded())) days" : "longer than a hundred million years"
    }
  }
}
