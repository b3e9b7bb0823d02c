import LoschmidtDynamics
import LoschmidtReports

/// A sound scenario as `loschmidt check` shows it: the process and the experiments as they were understood, the cost.
public struct CheckText {
  /// The text, of lines no longer than the width where words allow it.
  public let document: String
  /// What may go wrong although the scenario is sound, in full sentences, each with the name of its experiment.
  public let warnings: [String]

  /// Why a run would be refused, without a full stop; `nil` where it fits into memory.
  public let refusal: String?

  /// All trials together take no more seconds than this.
  private static let trialLimit = 3.0

  /// Looks at a scenario; without a width lines are as long as they need.
  ///
  /// - Parameters:
  ///   - scenario: A sound scenario.
  ///   - width: The columns of a line.
  ///   - limit: What a run may take of memory.
  ///   - threads: Those of a run.
  /// - Throws: What an experiment says about its settings.
  public init(
    _ scenario: Scenario, width: Int? = nil, limit: MemoryLimit = .ofThisMachine, threads: Int = 1
  ) throws {
    let width = width ?? .max
    var blocks = [Prose.wrapped(scenario.title ?? Run.stem(of: scenario.path), width: width)]
    var warnings: [String] = []
    let outside = scenario.outsideFiles.map { ("file", "\($0), which is not in the folder of the scenario") }
    let process = scenario.process.resolved + outside + [("seed", String(scenario.seed))]
    blocks.append(["process"] + Self.lines(process, width: width))
    let experiments = try scenario.experiments.map { try $0.settings.experiment(on: scenario.process) }
    let memory = MemoryEstimate(experiments, threads: threads)
    refusal = memory.refusal(limit, of: scenario.experiments.map(\.name))
    // What would be refused is not tried either.
    let times =
      refusal == nil
      ? TimeEstimate(
        experiments, seed: scenario.seed, threads: threads, limit: Self.trialLimit, gnuplot: .installed()) : nil
    for (index, (specification, experiment)) in zip(scenario.experiments, experiments).enumerated() {
      let cost = experiment.estimatedSampleGradients.map {
        "about \(NumberText.rounded($0, digits: 2)) sample gradients"
      }
      let time = times?.text(of: index).map { [("time", "\($0) on this machine")] } ?? []
      let settings = experiment.resolved + [("cost", cost ?? "unknown")] + time
      blocks.append(["experiment \(index): \(specification.name)"] + Self.lines(settings, width: width))
      warnings += experiment.warnings.map { "experiment \(index) (\(specification.name)): \($0)" }
    }
    blocks.append(
      ["memory"]
        + Self.lines(
          [
            ("needed", "about \(MemoryLimit.text(memory.bytes))"), ("allowed", MemoryLimit.text(limit.bytes)),
          ], width: width))
    document = blocks.map { $0.joined(separator: "\n") + "\n" }.joined(separator: "\n")
    self.warnings = warnings
  }

  private static func lines(_ settings: [(key: String, value: String)], width: Int) -> [String] {
    let keyWidth = settings.map(\.key.count).max() ?? 0
    return settings.flatMap { key, value in
      Prose.hanging("  " + Prose.padded(key, to: keyWidth + 2), value, width: width)
    }
  }
}
