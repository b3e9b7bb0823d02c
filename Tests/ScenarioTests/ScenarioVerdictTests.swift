import Foundation
import Loschmidt
import Testing

/// Every scenario of the project, at small size, with the verdicts and orders that its comment promises.
struct ScenarioVerdictTests {
  private static let folder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().appending(path: "scenarios")

  /// Settings that make a scenario small; those that are not named run as they are.
  private static let small = [
    "four-potentials": ["experiments.0.potentials.learning-rates=[0.005]"],
    "tanh-network": ["experiments.0.potentials.learning-rates=[0.002]"],
    "wide-network": ["process.data.generate.count=2", "experiments.0.potentials.learning-rates=[0.001]"],
  ]

  static let names: [String] = {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return files.filter { $0.hasSuffix(".yaml") }.map { String($0.dropLast(5)) }.sorted()
  }()

  @Test func thereAreScenarios() {
    #expect(Self.names.contains("four-potentials"))
  }

  @Test(arguments: names) func limitsAreOneAndRemaindersAreOfTheirOrder(name: String) throws {
    let path = Self.folder.appending(path: "\(name).yaml").path
    let overrides = try (Self.small[name] ?? []).map { try #require(ScenarioOverride($0)) }
    let reading = Scenario.read(path: path, overrides: overrides)
    #expect(reading.diagnostics.map(\.description) == [])
    let scenario = try #require(reading.scenario)
    let result = try Run(scenario, bytes: reading.bytes, overrides: overrides, threads: 2).result()
    for experiment in result.experiments {
      #expect(experiment.verdicts.allSatisfy { $0.status == .pass }, "\(experiment.verdicts)")
      for (figure, value) in experiment.figures where figure.hasPrefix("series-remainder.") {
        // Either the series is the force, or the remainder begins with the first power left out, η⁵ (η⁶ where that term
        // vanishes). The slopes are extrapolated from few η; their own errors, in table `limits`, stay below 0.05.
        let order = value.value ?? (value.reason == "exact" ? .infinity : -.infinity)
        #expect(order > 4.98, "\(figure): \(String(describing: value.value)) \(value.reason ?? "")")
      }
    }
  }
}
