import LoschmidtReports
import Synchronization

/// The stages of a run, experiments and files, with the time that is left.
///
/// A run that is done in no time is not tried. Of one that lasts, the miniatures are done once, on the thread that is
/// telling how far it is; before there is no time left to show. Those that were broken off are done again later, for longer.
public final class RunSchedule: Sendable {
  private struct State {
    var time = RemainingTime()
    var shares = RunShares([])
    var paths: Set<String> = []
    var estimate: (@Sendable (_ limit: Double) -> TimeEstimate)?
    /// When the miniatures are done next; `nil` once they came to their end.
    var nextTrial: Double?
    /// The seconds of all of them together; a picture comes on top.
    var limit = 0.4
    var picture = 0.0
    var index = 0
    /// The stages that have begun in this experiment.
    var begun = 0
    var fraction = 0.0
    var what = ""
  }

  private let state = Mutex(State())
  private let clock: @Sendable () -> Double
  private let gnuplot: Gnuplot?
  /// Miniatures that were broken off are done again once the run has lasted so many times as long as they may then.
  private static let thrift = 5.0
  /// Nor do they ever take longer than this.
  private static let longest = 2.5

  /// A schedule without stages.
  ///
  /// - Parameters:
  ///   - gnuplot: What draws the figures; `nil` where none are drawn.
  ///   - patience: A run that lasts less than so many seconds is not tried.
  ///   - clock: The time in seconds; that of the machine where it is `nil`.
  public init(gnuplot: Gnuplot? = nil, patience: Double = 0.8, clock: (@Sendable () -> Double)? = nil) {
    let start = ContinuousClock.now
    self.clock = clock ?? { (ContinuousClock.now - start) / .seconds(1) }
    self.gnuplot = gnuplot
    state.withLock { $0.nextTrial = patience }
  }

  /// Takes the experiments of the run; once that is to stop nothing is tried any more.
  func take(
    _ experiments: [any Experiment], seed: UInt64, threads: Int, isStopped: @escaping @Sendable () -> Bool
  ) {
    let gnuplot = gnuplot
    state.withLock {
      $0.shares = RunShares(experiments.map(\.estimatedSampleGradients))
      $0.estimate = { limit in
        TimeEstimate(experiments, seed: seed, threads: threads, limit: limit, gnuplot: gnuplot, isStopped: isStopped)
      }
    }
  }

  /// A stage of an experiment begins.
  func begin(_ stage: WorkStage, of index: Int) {
    let now = clock()
    state.withLock { state in
      if index != state.index {
        state.time.end(at: now)
        state.time.forget("\(state.index)/")
        (state.index, state.begun) = (index, 0)
      }
      var stage = stage
      stage.name = "\(index)/\(stage.name)"
      state.begun += 1
      state.time.begin(stage, at: now)
    }
  }

  /// The files are made and written from now on.
  public func beginWriting() -> RunProgress { beginFiles("writing", "writing files") }

  /// So many figures are drawn from now on.
  public func beginDrawing(_ count: Int) -> RunProgress {
    state.withLock { state in
      if state.picture > 0 { state.time.estimate(["figures": state.picture * Double(count)]) }
    }
    return beginFiles("figures", "drawing \(count) figures")
  }

  private func beginFiles(_ name: String, _ what: String) -> RunProgress {
    let now = clock()
    return state.withLock { state in
      state.time.end(at: now)
      state.time.forget("\(state.index)/")
      state.index = state.shares.costs.count
      state.time.begin(WorkStage(name: name), at: now)
      state.what = what
      return progress(state: &state, now)
    }
  }

  /// The stage at work of the files is so far.
  public func told(_ fraction: Double) -> RunProgress {
    let now = clock()
    return state.withLock { state in
      state.time.tell(fraction, at: now)
      return progress(state: &state, now)
    }
  }

  /// The stage at work of an experiment is so far.
  func told(_ fraction: Double, of index: Int, _ what: String) -> RunProgress {
    let start = clock()
    let trial = state.withLock { state -> (@Sendable () -> TimeEstimate)? in
      guard let next = state.nextTrial, start > next, let estimate = state.estimate else { return nil }
      state.nextTrial = nil
      let limit = state.limit
      return { estimate(limit) }
    }
    // Other threads are at work meanwhile, and tell how far they are.
    if let trial { take(trial()) }
    let now = clock()
    return state.withLock { state in
      if index == state.index { state.time.tell(fraction, at: now) }
      state.what = what
      if state.time.fraction(at: now) == nil {
        // Nothing is known of stages to come: each takes half of what is left of its experiment.
        let part = 1 - pow2(state.begun - 1) * (1 - 0.5 * min(max(fraction, 0), 1))
        state.fraction = max(state.fraction, state.shares.progress(of: index, at: part, what).fraction)
      }
      return progress(state: &state, now)
    }
  }

  /// 2^−n.
  private func pow2(_ n: Int) -> Double { n > 0 ? Double(sign: .plus, exponent: -min(n, 60), significand: 1) : 1 }

  private func take(_ estimate: TimeEstimate) {
    var seconds: [String: Double] = ["writing": 0, "figures": 0]
    var paths: Set<String> = []
    for index in estimate.trials.indices {
      for (name, value) in estimate.stages(of: index) { seconds["\(index)/\(name)"] = value }
      guard let trial = estimate.trials[index] else { continue }
      paths.formUnion(trial.paths.map { "\(index)/\($0)" })
      seconds["writing", default: 0] += trial.writing
      seconds["figures", default: 0] += estimate.picture * Double(trial.figures)
    }
    state.withLock { state in
      state.time.estimate(seconds)
      for index in 0..<state.index { state.time.forget("\(index)/") }
      state.paths = paths
      state.picture = estimate.picture
      if estimate.isBrokenOff, state.limit < Self.longest {
        state.limit *= 2.5
        state.nextTrial = Self.thrift * state.limit
      }
    }
  }

  private func progress(state: inout State, _ now: Double) -> RunProgress {
    if let fraction = state.time.fraction(at: now) { state.fraction = max(state.fraction, fraction) }
    let isTried = state.time.fraction(at: now) != nil
    return RunProgress(
      fraction: state.fraction, sampleGradients: gradients(state, now), what: state.what,
      secondsLeft: isTried ? state.time.left(at: now) : nil)
  }

  /// The gradients that have been taken: those of the experiments that are done, and of the ensembles of this one.
  private func gradients(_ state: State, _ now: Double) -> Double? {
    guard state.shares.isKnown, state.index < state.shares.costs.count else { return nil }
    let before = state.shares.costs[..<state.index].reduce(0, +)
    let names = state.paths.filter { $0.hasPrefix("\(state.index)/") }
    return state.time.fraction(of: names, at: now).map { before + $0 * state.shares.costs[state.index] }
  }
}
