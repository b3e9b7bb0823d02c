import LoschmidtDynamics
import LoschmidtNumerics
import LoschmidtReports
import Synchronization

/// What a miniature of an experiment, done once, says of how long the experiment takes: stage by stage, its observers,
/// verdicts and flows included, and the files.
///
/// The miniature has one block of the ensemble, of the same lanes, for some milliseconds. Each of its stages is timed, and
/// counts as many times as it grows.
struct Trial: Sendable {
  /// An ensemble of a miniature is broken off after this.
  static let longestEnsemble = Duration.milliseconds(60)
  /// So long steps are made of one block, to learn how many a miniature may have.
  private static let shortestEnsemble = 0.008

  /// The estimated seconds of all stages of a name together.
  private(set) var stages: [String: Double] = [:]
  /// The names of the stages that are ensembles.
  private(set) var paths: Set<String> = []
  /// The estimated seconds of making the files, pictures aside.
  private(set) var writing = 0.0
  /// How many figures there will be.
  private(set) var figures = 0
  /// The script of one of them.
  private(set) var script: (stem: String, script: String)?
  /// Whether the miniature came to its end; else stages are missing.
  private(set) var isWhole = true

  /// The seconds of all, but for pictures.
  var seconds: Double { stages.values.reduce(0, +) + writing }

  /// Tries an experiment; `nil` where it has no miniature, or where that fails.
  ///
  /// - Parameters:
  ///   - experiment: The experiment.
  ///   - seed: The seed of the scenario.
  ///   - index: The place of the experiment.
  ///   - threads: Those of the run; the trial takes one.
  ///   - limit: The miniature is broken off after so many seconds.
  ///   - isStopped: Whether to break it off at once, since the run is to stop.
  init?(
    _ experiment: any Experiment, seed: UInt64, index: Int, threads: Int, limit: Double,
    isStopped: @escaping @Sendable () -> Bool = { false }
  ) {
    guard let whole = experiment as? any MiniatureExperiment else { return nil }
    let start = ContinuousClock.now
    let time = { @Sendable in (ContinuousClock.now - start) / .seconds(1) }
    var (lanes, steps) = (2, 1)
    if let replayable = experiment as? any ReplayableExperiment,
      let ensemble = try? replayable.ensemble(RunContext(seed: seed, experimentIndex: index))
    {
      lanes = ensemble.lanes
      steps = Self.steps(of: ensemble, time)
    }
    guard let (small, scale) = try? whole.miniature(trajectories: lanes, steps: steps) else { return nil }
    let log = Mutex(StageLog())
    var context = RunContext(
      seed: seed, experimentIndex: index, isStopped: { time() > limit || isStopped() },
      progress: { fraction, _ in log.withLock { $0.tell(fraction, at: time()) } })
    context.begins = { stage in log.withLock { $0.begin(stage, at: time()) } }
    context.sizedFor = scale.trajectories.whole
    let result = try? StopRequest.listening(to: context.isStopped) { try small.run(context) }
    let end = time()
    log.withLock { $0.end(at: end) }
    isWhole = end <= limit
    for entry in log.withLock({ $0.entries }) {
      let isPaths = entry.stage.growth.contains(.paths) || entry.stage.growth.contains(.blocks)
      if isPaths { paths.insert(entry.stage.name) }
      let seconds = Self.seconds(of: entry, isBrokenOff: isPaths || !isWhole && entry.end == end)
      stages[entry.stage.name, default: 0] += seconds * scale.factor(entry.stage.growth, threads: threads)
    }
    if let result { addFiles(of: result, scale, threads: threads) }
  }

  /// The seconds of a stage of the miniature, to its end where it was broken off.
  private static func seconds(of entry: StageLog.Entry, isBrokenOff: Bool) -> Double {
    let (fraction, whole) = (entry.told.fraction, (entry.end ?? entry.start) - entry.start)
    guard isBrokenOff, fraction > 0, fraction < 1 else { return whole }
    return max(whole, (entry.told.time - entry.start) / fraction)
  }

  /// How many steps of a block are made in some milliseconds.
  private static func steps(of ensemble: Ensemble, _ time: () -> Double) -> Int {
    let block = try? TrajectoryBlock(
      ensemble.plan, start: ensemble.start, options: ensemble.options, key: ensemble.key, lanes: ensemble.lanes)
    guard let block else { return 1 }
    block.begin(firstTrajectory: ensemble.firstTrajectory, count: min(ensemble.lanes, ensemble.trajectories))
    let (start, total) = (time(), ensemble.burnIn + ensemble.steps)
    var made = 0
    while made < total, time() - start < shortestEnsemble, (try? block.step(made, draw: made)) != nil { made += 1 }
    return max(1, made)
  }

  /// Makes the files of the miniature, in memory.
  private mutating func addFiles(of result: ExperimentResult, _ scale: WorkScale, threads: Int) {
    let run = RunResult(
      scenario: "trial", title: nil, scenarioSHA256: String(repeating: "0", count: 64), seed: 0, threads: threads,
      wallSeconds: 0, experiments: [result])
    let start = ContinuousClock.now
    guard let documents = try? RunDocuments(undrawn: run.repaired().result) else { return }
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    let cells = Double(result.tables.reduce(0) { $0 + $1.1.rows.count * $1.1.columns.count })
    let samples = Double(result.samples.reduce(0) { $0 + ($1.values?.count ?? 0) })
    // What is always there counts as some cells.
    let fixed = 200.0
    let grown = fixed + cells * scale.factor(scale.cells, threads: 1) + samples * scale.sampleFactor
    writing = seconds * grown / (fixed + cells + samples)
    figures = documents.undrawn.count
    script = documents.undrawn.first
  }
}
