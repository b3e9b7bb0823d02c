import Foundation
import LoschmidtNumerics
import LoschmidtReports
import Synchronization

/// The whole arrow: scenario ▶ process ▶ experiments ▶ results ▶ folder.
public struct Run: Sendable {
  /// The scenario: the process and the experiments on it, read and found sound.
  public var scenario: Scenario
  /// The bytes of its file.
  public var bytes: [UInt8]
  /// Keys of it that the command line overrode.
  public var overrides: [ScenarioOverride]
  /// How many threads may be used.
  public var threads: Int

  /// A run of a scenario.
  public init(_ scenario: Scenario, bytes: [UInt8], overrides: [ScenarioOverride] = [], threads: Int = 1) {
    self.scenario = scenario
    self.bytes = bytes
    self.overrides = overrides
    self.threads = threads
  }

  /// Why the run must not begin, without a full stop: its memory would exceed the limit; `nil` where it fits.
  public func refusal(_ limit: MemoryLimit) throws -> String? {
    let experiments = try scenario.experiments.map { try $0.settings.experiment(on: scenario.process) }
    return MemoryEstimate(experiments, threads: threads).refusal(limit, of: scenario.experiments.map(\.name))
  }

  /// Does the experiments one after the other.
  ///
  /// An experiment that the program fails at has what it kept until then, and a remark; the others are done all the same.
  ///
  /// - Parameters:
  ///   - isStopped: Whether to end early: then the experiments done so far make up the result, the last one with what it
  ///     has. Once true it stays so.
  ///   - schedule: Knows the stages and the time left, and those of the files that the caller makes after it.
  ///   - progress: Is told how far the run is; any thread may call it at any rate.
  ///   - keep: Takes the result so far, as one that was stopped, whenever there is more of it; called on the same thread.
  /// - Returns: What was found, experiment by experiment.
  /// - Throws: What the program did not foresee before the first experiment.
  public func result(
    isStopped: @escaping @Sendable () -> Bool = { false }, schedule: RunSchedule? = nil,
    progress: (@Sendable (RunProgress) -> Void)? = nil,
    keep: @escaping @Sendable (RunResult) -> Void = { _ in }
  ) throws -> RunResult {
    let tests = scenario.experiments.reduce(0) { $0 + $1.settings.statisticalVerdicts }
    var whole = empty
    let start = ContinuousClock.now
    try StopRequest.listening(to: isStopped) {
      let experiments = try scenario.experiments.map { try $0.settings.experiment(on: scenario.process) }
      // Who listens to nothing needs no schedule.
      let stages = progress.map { _ in schedule ?? RunSchedule() }
      stages?.take(experiments, seed: scenario.seed, threads: threads, isStopped: isStopped)
      for (index, (specification, experiment)) in zip(scenario.experiments, experiments).enumerated()
      where !isStopped() {
        var context = RunContext(
          seed: scenario.seed, experimentIndex: index, sharedTests: tests, threads: threads, isStopped: isStopped
        ) { fraction, what in
          if let stages { progress?(stages.told(fraction, of: index, "\(specification.name), \(what)")) }
        }
        context.begins = { stages?.begin($0, of: index) }
        let kept = Mutex<ExperimentResult?>(nil)
        let before = whole
        context.keep = { part in
          kept.withLock { $0 = part }
          keep(before.stopped(after: start, with: specification.labelled(part)))
        }
        do {
          whole.experiments.append(specification.labelled(try experiment.run(context)))
        } catch {
          var part = kept.withLock { $0 } ?? ExperimentResult(kind: specification.name)
          if error is Stopped {
            part.remarks.append("The experiment was stopped before its end.")
          } else {
            let sentence = "A fault of the program ended the experiment, please report it: \(error)."
            part.remarks.append(sentence)
            whole.faults.append(sentence)
          }
          whole.experiments.append(specification.labelled(part))
        }
        keep(whole.stopped(after: start))
      }
    }
    whole.wallSeconds = Self.seconds(since: start)
    whole.isInterrupted = isStopped()
    return whole
  }

  /// The result before the first experiment.
  private var empty: RunResult {
    RunResult(
      scenario: Self.stem(of: scenario.path), title: scenario.title, scenarioSHA256: SHA256.hexadecimal(of: bytes),
      seed: scenario.seed, overrides: overrides.map { "\($0.key)=\($0.value)" }, threads: threads, wallSeconds: 0,
      experiments: [], subject: subject)
  }

  /// The elapsed time, to a millisecond.
  fileprivate static func seconds(since start: ContinuousClock.Instant) -> Double {
    ((ContinuousClock.now - start) / .milliseconds(1)).rounded() / 1000
  }

  /// What the run is about, for its report.
  public var subject: RunSubject {
    let process = scenario.process
    return RunSubject(
      source: String(decoding: bytes, as: UTF8.self), formulas: ProcessFormulas(process).formulas,
      settings: process.resolved.map { .init(key: $0.key, value: $0.value) },
      topics: [process.gradient.name, process.algorithm.name, process.generator.rawValue])
  }

  /// The name of a file without its folder and its extension.
  public static func stem(of path: String) -> String {
    if path == ScenarioFile.standardInput { return "stdin" }
    return URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent
  }
}

extension RunResult {
  /// The result as that of a run which was stopped now, with a part of the next experiment.
  fileprivate func stopped(after start: ContinuousClock.Instant, with part: ExperimentResult? = nil) -> RunResult {
    var result = self
    result.experiments += part.map { [$0] } ?? []
    result.wallSeconds = Run.seconds(since: start)
    result.isInterrupted = true
    return result
  }
}

extension ExperimentSpecification {
  /// The result with the title and the claim that the scenario gives the experiment, where it does not have its own.
  fileprivate func labelled(_ result: ExperimentResult) -> ExperimentResult {
    var result = result
    result.title = result.title ?? settings.title
    for index in result.verdicts.indices where result.verdicts[index].note == nil {
      result.verdicts[index].note = settings.claim
    }
    return result
  }
}
