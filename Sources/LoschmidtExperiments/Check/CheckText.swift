import LoschmidtDynamics
import LoschmidtReports

/// A sound scenario as `loschmidt check` shows it: the process and the experiments as they were understood, the cost.
public struct CheckText {
  /// The text, of lines no longer than the width where words allow it.
  public let document: String
  /// What may go wrong although the scenario is sound, in full sentences, each with the name of its experiment.
  public let warnings: [String]

  /// Looks at a scenario; without a width lines are as long as they need.
  public init(_ scenario: Scenario, width: Int? = nil) throws {
    let width = width ?? .max
    var blocks = [Prose.wrapped(scenario.title ?? Run.stem(of: scenario.path), width: width)]
    var warnings: [String] = []
    let outside = scenario.outsideFiles.map { ("file", "\($0), which is not in the folder of the scenario") }
    let process = scenario.process.resolved + outside + [("seed", String(scenario.seed))]
    blocks.append(["process"] + Self.lines(process, width: width))
    for (index, specification) in scenario.experiments.enumerated() {
      let experiment = try specification.settings.experiment(on: scenario.process)
      let cost = experiment.estimatedSampleGradients.map {
        "about \(NumberText.rounded($0, digits: 2)) sample gradients"
      }
      let settings = experiment.resolved + [("cost", cost ?? "unknown")]
      blocks.append(["experiment \(index): \(specification.name)"] + Self.lines(settings, width: width))
      warnings += experiment.warnings.map { "experiment \(index) (\(specification.name)): \($0)" }
    }
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
