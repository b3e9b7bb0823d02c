import LoschmidtDynamics
import LoschmidtNumerics
import LoschmidtReports
import LoschmidtThermodynamics

/// What an experiment is given besides its settings.
public struct RunContext: Sendable {
  /// The seed of the scenario.
  public var seed: UInt64
  /// The place of the experiment in the scenario, from 0; with the seed it names the random stream.
  public var experimentIndex: Int
  /// How many statistical verdicts the scenario has: they share the level α.
  public var sharedTests: Int
  /// How many threads may be used; results must not depend on it.
  public var threads: Int
  /// Takes the finished fraction of the stage at work, 0 to 1, and what is being done; any thread may call it at any rate.
  public var progress: @Sendable (_ fraction: Double, _ what: String) -> Void

  /// What the exact values that verdicts compare with are multiplied by: tests make a claim wrong with it, to see that no
  /// wrong claim passes.
  var expectedFactor = 1.0

  /// Whether the run is to stop with what is done; any thread may ask at any rate.
  public var isStopped: @Sendable () -> Bool

  /// Takes what the experiment has so far, whole stages only.
  ///
  /// It stands for the result should the experiment not come to its end. Each call replaces what was taken before.
  public var keep: @Sendable (ExperimentResult) -> Void = { _ in }

  /// Hears where a stage of the work begins; on the thread of the experiment.
  var begins: @Sendable (WorkStage) -> Void = { _ in }

  /// The experiment is the miniature of one with so many trajectories, tried for its time; `nil` for one in earnest.
  var sizedFor: Int?

  /// What comes before the names of stages, where the experiment is a part of another one; else empty.
  var stagePrefix = ""

  /// A context; by default nobody listens or stops the run.
  public init(
    seed: UInt64, experimentIndex: Int = 0, sharedTests: Int = 1, threads: Int = 1,
    isStopped: @escaping @Sendable () -> Bool = { false },
    progress: @escaping @Sendable (_ fraction: Double, _ what: String) -> Void = { _, _ in }
  ) {
    self.sharedTests = sharedTests
    self.isStopped = isStopped
    self.seed = seed
    self.experimentIndex = experimentIndex
    self.threads = threads
    self.progress = progress
  }
}

extension RunContext {
  /// The key of the random numbers of this experiment.
  public var key: StreamKey { StreamKey(seed: seed, experiment: experimentIndex) }

  /// The level of each statistical verdict, where the scenario's verdicts share α.
  public func level(_ alpha: Double) -> SharedLevel { SharedLevel(alpha: alpha, tests: max(1, sharedTests)) }

  /// Begins a stage that is an ensemble.
  ///
  /// - Parameters:
  ///   - what: What is being done, for people.
  ///   - stage: The name of the stage; `what` where it is `nil`.
  ///   - share: The share of this ensemble in all of that name.
  ///   - more: What the work grows with besides the paths.
  /// - Returns: Who watches it.
  func watch(_ what: String, stage: String? = nil, share: Double = 1, growing more: [WorkGrowth] = []) -> RunWatch {
    begin(stage ?? what, share: share, growing: [.paths] + more, telling: what)
    guard sizedFor != nil else {
      return RunWatch(threads: threads, progress: { progress($0, what) }, isStopped: isStopped)
    }
    let deadline = ContinuousClock.now + Trial.longestEnsemble
    return RunWatch(
      threads: threads, progress: { progress($0, what) },
      isStopped: { isStopped() || ContinuousClock.now > deadline })
  }

  /// Begins a stage, and says so.
  ///
  /// - Parameters:
  ///   - stage: Its name.
  ///   - share: The share of what begins in all stages of that name.
  ///   - growth: What its time grows with; by default it is the same in a miniature.
  ///   - what: What is being done, for people; the name where it is `nil`.
  func begin(_ stage: String, share: Double = 1, growing growth: [WorkGrowth] = [], telling what: String? = nil) {
    begins(WorkStage(name: stagePrefix + stage, share: share, growth: growth))
    progress(0, what ?? stage)
  }
}

/// One question about a process, ready to be answered.
///
/// What can be known to be wrong before the run is refused when the experiment is built, with its position in the
/// scenario. What turns up later is part of the result: a missing figure with its reason, an undecided verdict.
public protocol Experiment: Sendable {
  /// Finds the answer; equal contexts give equal results, whatever the number of threads.
  ///
  /// - Throws: What the program did not foresee.
  func run(_ context: RunContext) throws -> ExperimentResult

  /// The settings as they were understood, key by key in the words of the scenario format, defaults included.
  var resolved: [(key: String, value: String)] { get }

  /// About how many gradients of one sample the run takes; `nil` where nobody knows.
  var estimatedSampleGradients: Double? { get }

  /// About how many bytes the run allocates besides what the process occupies already, with so many threads.
  func estimatedBytes(threads: Int) -> Double

  /// What may go wrong although the scenario is sound, in full sentences: a learning rate that is too large, say.
  ///
  /// It may take some work, and is asked for only by `loschmidt check`.
  var warnings: [String] { get }
}

extension Experiment {
  /// No settings to show.
  public var resolved: [(key: String, value: String)] { [] }
  /// Unknown.
  public var estimatedSampleGradients: Double? { nil }
  /// Nothing to speak of.
  public func estimatedBytes(threads: Int) -> Double { 0 }
  /// None.
  public var warnings: [String] { [] }
}
