import Foundation
import LoschmidtDynamics

/// About how long the ensembles of a run take on this machine, from a few milliseconds of the process itself.
public struct TimeEstimate: Sendable {
  /// How long is tried, in seconds.
  private static let trial = 0.02

  /// The seconds of an experiment with so many threads; `nil` where it simulates nothing, or does not know its work.
  ///
  /// One block of the ensemble makes steps until the trial is over; the rest of the work is to that as its gradients are.
  /// Verdicts, tables and figures come on top.
  public static func seconds(_ experiment: any Experiment, seed: UInt64, index: Int, threads: Int) -> Double? {
    guard let work = experiment.estimatedSampleGradients, work > 0,
      let replayable = experiment as? any ReplayableExperiment,
      let ensemble = try? replayable.ensemble(RunContext(seed: seed, experimentIndex: index))
    else { return nil }
    let lanes = ensemble.lanes
    guard
      let block = try? TrajectoryBlock(
        ensemble.plan, start: ensemble.start, options: ensemble.options, key: ensemble.key, lanes: lanes)
    else { return nil }
    block.begin(firstTrajectory: ensemble.firstTrajectory, count: min(lanes, ensemble.trajectories))
    let start = ContinuousClock.now
    var made = 0
    let total = ensemble.burnIn + ensemble.steps
    while made < total, (ContinuousClock.now - start) / .seconds(1) < trial {
      guard (try? block.step(made, draw: made)) != nil else { return nil }
      made += 1
    }
    guard made > 0 else { return nil }
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    var tried = EnsembleSettings(trajectories: lanes, steps: made)
    tried.burnIn = 0
    let isMarginal = !ensemble.options.marginalNoiseFactors.isEmpty
    let gradients = tried.estimatedSampleGradients(ensemble.plan, isMarginal: isMarginal)
    guard gradients > 0 else { return nil }
    let blocks = (Double(ensemble.trajectories) / Double(lanes)).rounded(.up)
    return seconds * work / gradients / min(Double(threads), max(1, blocks))
  }

  /// A time for people, such as 2 min.
  public static func text(_ seconds: Double) -> String {
    switch seconds {
    case ..<1: "under a second"
    case ..<100: "about \(Int(seconds.rounded())) s"
    case ..<6000: "about \(Int((seconds / 60).rounded())) min"
    case ..<(100 * 3600): "about \(Int((seconds / 3600).rounded())) h"
    default: seconds < 3e15 ? "about \(Int((seconds / 86400).rounded())) days" : "longer than a hundred million years"
    }
  }
}
