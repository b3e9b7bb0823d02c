import Foundation
import Loschmidt
import Testing

/// Every scenario of the project, at small size, with the verdicts and orders that its comment promises.
struct ScenarioVerdictTests {
  private static let folder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().appending(path: "scenarios")

  /// A comparison on real data that only shows that it runs.
  private static let tinyComparison = [
    "experiments.0.noise-comparison.trajectories=4", "experiments.0.noise-comparison.steps=4",
    "experiments.0.noise-comparison.burn-in=0", "experiments.0.noise-comparison.every=4",
    "experiments.0.noise-comparison.theorem-steps=1",
  ]

  /// Settings that make a scenario small; those that are not named run as they are.
  private static let small = [
    "four-potentials": ["experiments.0.potentials.learning-rates=[0.005]"],
    "tanh-network": ["experiments.0.potentials.learning-rates=[0.002]"],
    "wide-network": [
      "process.data.generate.count=2", "experiments.0.potentials.learning-rates=[0.001]",
      "process.parameters.W.shape=[24,26]", "process.parameters.b.shape=[24]", "process.parameters.a.shape=[24]",
      "process.data.generate.x.shape=[26]",
    ],
    "anisotropic-noise": [
      "experiments.0.entropy-production.trajectories=1000", "experiments.1.fluctuation-theorem.trajectories=30000",
    ],
    "anomalous-fluctuations": [
      "experiments.0.scaling.trajectories=100", "experiments.0.scaling.values=[0.06,0.08,0.1,0.12]",
      "experiments.0.scaling.burn-in=1500", "experiments.0.scaling.steps=1500",
      "experiments.1.scaling.trajectories=100", "experiments.1.scaling.values=[0.03,0.04,0.05,0.06]",
      "experiments.1.scaling.burn-in=500", "experiments.1.scaling.steps=500",
    ],
    "discretisation": [
      "experiments.0.entropy-production.trajectories=500", "experiments.0.entropy-production.steps=500",
    ],
    "double-well": ["experiments.0.fluctuation-theorem.trajectories=30000"],
    "dragged-trap": ["experiments.0.fluctuation-theorem.trajectories=30000"],
    "driven-trap": ["experiments.0.entropy-production.trajectories=1000"],
    "extended-production": ["experiments.0.scaling.trajectories=100"],
    "hatano-sasa": ["experiments.0.fluctuation-theorem.trajectories=20000"],
    "modified-sde": [
      "experiments.0.stationary.trajectories=400", "experiments.0.stationary.steps=300",
      "experiments.0.stationary.burn-in=100",
    ],
    "matrix-factorisation": ["experiments.0.symmetry.trajectories=20"],
    "relaxation": ["experiments.0.relaxation.trajectories=200"],
    "relu-rescaling": ["experiments.0.symmetry.trajectories=20"],
    "rescaling": ["experiments.0.symmetry.trajectories=20"],
    "reshuffling": [
      "experiments.0.scaling.trajectories=300", "experiments.0.scaling.values=[0.02,0.04,0.08]",
      "experiments.0.scaling.burn-in=600", "experiments.0.scaling.steps=400",
      "experiments.0.scaling.correction=none", "experiments.0.scaling.margin=0.2",
      "experiments.1.scaling.trajectories=300", "experiments.1.scaling.values=[0.02,0.04,0.08]",
      "experiments.1.scaling.burn-in=600", "experiments.1.scaling.steps=400",
      "experiments.1.scaling.correction=none", "experiments.1.scaling.margin=0.2",
    ],
    "scaling-learning-rate": [
      "experiments.0.scaling.trajectories=200", "experiments.1.scaling.trajectories=200",
    ],
    "sgd-stationary": ["experiments.0.stationary.trajectories=500"],
    "svag": ["experiments.0.scaling.trajectories=1000"],
    "noise-models": [
      "experiments.0.noise-comparison.trajectories=300", "experiments.0.noise-comparison.steps=40",
    ],
    "noise-models-diabetes": Self.tinyComparison, "noise-models-tanh": Self.tinyComparison,
    "noise-models-digits": Self.tinyComparison,
    "student-t": [
      "experiments.0.entropy-production.trajectories=2000", "experiments.0.entropy-production.steps=50",
      "experiments.1.fluctuation-theorem.trajectories=5000",
    ],
    "cauchy": [
      "experiments.0.entropy-production.trajectories=2000", "experiments.0.entropy-production.steps=50",
      "experiments.1.fluctuation-theorem.trajectories=20000",
    ],
    "sgld-diabetes": [
      "experiments.0.entropy-production.trajectories=4", "experiments.0.entropy-production.steps=20",
      "experiments.0.entropy-production.burn-in=20",
    ],
    "selection-descent": ["experiments.0.relaxation.trajectories=20"],
    "selection-factorisation": ["experiments.0.relaxation.trajectories=200"],
    "selection-relu": ["experiments.0.relaxation.trajectories=40"],
    "selection-rotation": ["experiments.0.relaxation.trajectories=200"],
    "selection-sgd": ["experiments.0.relaxation.trajectories=200"],
    "stiffness-ramp": ["experiments.0.fluctuation-theorem.trajectories=30000"],
    "two-heat-baths": ["experiments.0.entropy-production.trajectories=1000"],
    "undecided": ["experiments.0.fluctuation-theorem.trajectories=5000"],
    "verdict-errors": [
      "experiments.0.fluctuation-theorem.trajectories=2000",
      "experiments.0.fluctuation-theorem.calibration.repetitions=5",
    ],
    "wrong-noise": ["experiments.0.fluctuation-theorem.trajectories=40000"],
  ]

  /// The verdicts at full size, in their order, where they are not all passes.
  private static let full: [String: [VerdictStatus]] = [
    "relaxation": [], "selection-descent": [.undecided, .undecided], "sgld-diabetes": [],
    "undecided": [.undecided, .undecided], "verdict-errors": [.undecided],
    "wrong-noise": [.fail],
    "noise-models": [VerdictStatus](repeating: .pass, count: 9) + undecided(4) + [.pass] + undecided(1)
      + [.fail, .fail, .fail] + undecided(5),
    "noise-models-diabetes": [.undecided, .undecided, .undecided, .undecided, .undecided, .fail, .undecided],
    "noise-models-tanh": [.undecided, .fail], "noise-models-digits": [.undecided, .undecided, .fail],
  ]

  private static func undecided(_ count: Int) -> [VerdictStatus] {
    [VerdictStatus](repeating: .undecided, count: count)
  }

  /// The verdicts at small size, where they are not those at full size: fewer trajectories decide less.
  ///
  /// What is undecided here may also be decided as at full size, since chance has a part in it.
  private static let fewer: [String: [VerdictStatus]] = [
    "anomalous-fluctuations": [.undecided, .undecided], "discretisation": [.undecided],
    "double-well": [.undecided, .pass], "dragged-trap": [.undecided, .pass],
    "scaling-learning-rate": [.undecided, .pass],
    "selection-factorisation": [.undecided] + [VerdictStatus](repeating: .pass, count: 7),
    "selection-relu": [.undecided, .pass, .undecided, .undecided],
    "student-t": undecided(2), "cauchy": [.pass, .undecided],
    "noise-models": undecided(15) + [.fail] + undecided(1) + [.fail] + undecided(5),
    "noise-models-diabetes": undecided(7),
    "noise-models-tanh": undecided(2), "noise-models-digits": undecided(3), "svag": undecided(1),
  ]

  static let names: [String] = {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return files.filter { $0.hasSuffix(".yaml") }.map { String($0.dropLast(5)) }.sorted()
  }()

  @Test func thereAreScenarios() {
    #expect(Self.names.contains("four-potentials"))
  }

  @Test(arguments: names) func limitsAreOneAndRemaindersAreOfTheirOrder(name: String) throws {
    let result = try result(of: name, Self.small[name] ?? [])
    expect(result, fewer: Self.fewer[name], full: Self.full[name])
    #expect(Explanations.missing(in: result) == [], "loschmidt explain has to know every name of a result")
    try expectToBeReadBack(result, name)
    for experiment in result.experiments {
      for (figure, value) in experiment.figures where figure.hasPrefix("series-remainder.") {
        // Either the series is the force, or the remainder begins with the first power left out, η⁵ (η⁶ where that term
        // vanishes). The slopes are extrapolated from few η; their own errors, in table `limits`, stay below 0.05.
        let order = value.value ?? (value.reason == "exact" ? .infinity : -.infinity)
        #expect(order > 4.98, "\(figure): \(String(describing: value.value)) \(value.reason ?? "")")
      }
    }
  }

  /// What the comment of a scenario promises, at full size, with the command that `make build` builds for speed.
  @Test(.enabled(if: ProcessInfo.processInfo.environment["LOSCHMIDT_LONG_TESTS"] == "1"), arguments: names)
  func verdictsAtFullSize(name: String) throws {
    struct Results: Decodable {
      struct Experiment: Decodable {
        struct Verdict: Decodable { var name, status, reason: String }
        var verdicts: [Verdict]
      }
      var experiments: [Experiment]
    }
    let command = Self.folder.deletingLastPathComponent().appending(path: ".build/release/loschmidt")
    try #require(FileManager.default.isExecutableFile(atPath: command.path), "make build comes before")
    try Program.inScratch { (program: Program) throws in
      let scenario = Self.folder.appending(path: "\(name).yaml").path
      let outcome = try program.shell("'\(command.path)' run '\(scenario)' --output out --format json", seconds: 900)
      let results = try JSONDecoder().decode(Results.self, from: Data(outcome.output.utf8))
      let verdicts = results.experiments.flatMap(\.verdicts)
      let expected = Self.full[name]?.map(\.rawValue) ?? [String](repeating: "pass", count: max(1, verdicts.count))
      #expect(verdicts.map(\.status) == expected, "\(verdicts)")
      #expect(outcome.status == (expected.contains("fail") ? 1 : 0))
    }
  }

  /// What is read from `results.json` makes the same files to the byte.
  ///
  /// With `LOSCHMIDT_RESULTS=DIR` the folder stays as `DIR/<name>`, for `scripts/check-python`.
  private func expectToBeReadBack(_ result: RunResult, _ name: String) throws {
    let files = try RunDocuments(result, gnuplot: nil).files
    var again = try ResultsJSON.read(files[0].bytes, file: "results.json")
    again.subject.source = result.subject.source
    let made = try RunDocuments(again, gnuplot: nil).files
    // The numbers of samples are in their own files alone.
    let wanted = files.filter { !$0.name.hasSuffix(".npy") }
    let different = zip(wanted, made).filter { $0 != $1 }.map(\.0.name)
    #expect(different.isEmpty && made.count == wanted.count)
    if let folder = ProcessInfo.processInfo.environment["LOSCHMIDT_RESULTS"] {
      _ = try ResultFolder(.named("\(folder)/\(name)", force: true)).write(files)
    }
  }

  private func result(of name: String, _ settings: [String]) throws -> RunResult {
    let path = Self.folder.appending(path: "\(name).yaml").path
    let overrides = try settings.map { try #require(ScenarioOverride($0)) }
    let reading = Scenario.read(path: path, overrides: overrides)
    #expect(reading.diagnostics.map(\.description) == [])
    let scenario = try #require(reading.scenario)
    let result = try Run(scenario, bytes: reading.bytes, overrides: overrides, threads: 2).result()
    let cited = Set(scenario.citations.map(\.key))
    #expect(References.used(by: result).filter { !cited.contains($0.key) }.map(\.key) == [], "loschmidt cite")
    return result
  }

  /// Compares the verdicts of all experiments; without a list they are one or more and all passes.
  private func expect(_ result: RunResult, fewer: [VerdictStatus]?, full: [VerdictStatus]?) {
    let verdicts = result.experiments.flatMap(\.verdicts)
    let hasNone = full?.isEmpty == true
    let full = full ?? [VerdictStatus](repeating: .pass, count: verdicts.count)
    let expected = fewer ?? full
    #expect(verdicts.isEmpty == hasNone, "\(verdicts)")
    #expect(verdicts.count == expected.count && verdicts.count == full.count, "\(verdicts)")
    for (index, (verdict, expected)) in zip(verdicts, expected).enumerated() {
      let isDecidedAsFull = expected == .undecided && index < full.count && verdict.status == full[index]
      #expect(verdict.status == expected || isDecidedAsFull, "\(verdict)")
    }
  }
}
