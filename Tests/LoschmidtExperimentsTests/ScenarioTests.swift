import Foundation
import LoschmidtDynamics
import Testing

@testable import LoschmidtExperiments

@Suite struct ScenarioTests {
  @Test func wholeExampleIsRead() throws {
    let scenario = try good(wholeExample)
    #expect(scenario.title == "SGD on a two-layer linear network")
    #expect(scenario.seed == 20_260_521)
    #expect(scenario.process.parameters.coordinateNames == ["u", "w"])
    #expect(scenario.process.initialLaw.point == [1.3, 0.4])
    #expect(scenario.process.landscape?.samples.count == 4)
    #expect(scenario.process.gradient as? Minibatch == Minibatch(size: 1, sampling: .withReplacement))
    #expect((scenario.process.algorithm as? GradientDescent)?.learningRate.constant == 0.05)
    #expect(scenario.process.temperature == .zero)
    #expect(scenario.process.generator == .philox)
    #expect(scenario.experiments.map(\.name) == ["potentials"])
    let settings = try #require(scenario.experiments[0].settings as? PotentialsSettings)
    #expect(settings.points == [[1.3, 0.4]])
    #expect(settings.learningRates.count == 9)
  }

  @Test func quotesAndJSONMakeNoDifference() throws {
    let yaml = try good(
      """
      loschmidt: 1
      seed: 7
      process: {parameters: {u: 1.5}, loss: u^2/2, algorithm: {gradient-descent: {learning-rate: 0.1}}}
      experiments: [potentials: {learning-rates: [0.1]}]
      """)
    let json = try good(
      """
      {"loschmidt":1,"seed":"7","process":{"parameters":{"u":"1.5"},"loss":"u^2/2",
      \t"algorithm":{"gradient-descent":{"learning-rate":"0.1"}}},"experiments":[{"potentials":{"learning-rates":["0.1"]}}]}
      """)
    #expect(yaml.seed == json.seed)
    #expect(yaml.process.initialLaw == json.process.initialLaw)
    #expect(yaml.process.landscape?.loss == json.process.landscape?.loss)
    #expect(
      yaml.experiments[0].settings as? PotentialsSettings == json.experiments[0].settings as? PotentialsSettings)
  }

  @Test func wordsThatYAMLTakesForTruthValuesAreNames() throws {
    let process = """
      parameters: {y: 1, n: 2, on: 3, null: 4, ~: 5}
      loss: y*n*on*null
      algorithm: {gradient-descent: {learning-rate: 0.1}}
      """
    #expect(
      report(scenario(process: process)) == """
        s.yaml:4:44: error: '~' cannot be the name of a parameter; allowed are letters, digits and _, beginning with a \
        letter or _
        """)
    let names = try good(scenario(process: process.replacing(", ~: 5", with: ""))).process.parameters.coordinateNames
    #expect(names == ["y", "n", "on", "null"])
  }

  @Test(arguments: [
    ("0", UInt64(0)), ("18446744073709551615", .max), ("1e6", 1_000_000), ("\"12\"", 12), ("0x10", nil),
  ])
  func seeds(text: String, value: UInt64?) {
    let result = reading(scenario().replacing("seed: 1", with: "seed: " + text))
    #expect(result.scenario?.seed == value)
  }

  @Test(arguments: [
    ("-1", "'seed' must be a whole number, 0 … 18446744073709551615, got '-1'"),
    ("18446744073709551616", "'seed' must be a whole number, 0 … 18446744073709551615, got '18446744073709551616'"),
    ("1.5", "'seed' must be a whole number, 0 … 18446744073709551615, got '1.5'"),
    ("yes", "'seed' must be a whole number, 0 … 18446744073709551615, got 'yes'"),
    ("", "'seed' must be a whole number, 0 … 18446744073709551615, got nothing"),
    ("[1, 2]", "'seed' must be a whole number, 0 … 18446744073709551615, got a list of 2"),
    (
      "010",
      "'seed' begins with a needless zero, got '010', which some readers of YAML take for an octal number; "
        + "write it without the zero"
    ),
  ])
  func wrongSeeds(text: String, message: String) {
    #expect(
      report(scenario().replacing("seed: 1", with: "seed: " + text))
        == "s.yaml:2:\(text.isEmpty ? 6 : 7): error: \(message)")
  }

  @Test func missingKeysAreAllReported() {
    #expect(
      report("title: nothing\n") == """
        s.yaml:1:1: error: 'scenario' needs the key 'loschmidt', which is missing
        s.yaml:1:1: error: 'scenario' needs the key 'seed', which is missing
        s.yaml:1:1: error: 'scenario' needs the key 'process', which is missing
        s.yaml:1:1: error: 'scenario' needs the key 'experiments', which is missing
        """)
  }

  @Test func misspeltKeysAreReportedOnceWithTheNearestName() {
    let text = scenario().replacing("seed:", with: "sede:").replacing("loss:", with: "los:")
      .replacing("learning-rate:", with: "learning_rate:")
    #expect(
      report(text) == """
        s.yaml:2:1: error: unknown key 'sede' in 'scenario'; did you mean 'seed'?
        s.yaml:5:3: error: unknown key 'los' in 'process'; did you mean 'loss'?
        s.yaml:7:34: error: unknown key 'learning_rate' in 'gradient-descent'; did you mean 'learning-rate'?
        """)
  }

  @Test func twoExperimentsWithATypoEach() {
    let text = """
      loschmidt: 1
      seed: 1
      process:
        parameters: {u: 1.3}
        loss: u^2
        algorithm: {gradient-descent: {learning-rate: 0.05}}
      experiments:
        - potentials: {learning-rates: [0.1], order: 2}
        - potentials:
            learning-rates: [0.1]
            pionts: [{u: 1}]

      """
    #expect(
      report(text) == """
        s.yaml:8:41: error: unknown key 'order' in 'potentials'; did you mean 'orders'?
        s.yaml:11:7: error: unknown key 'pionts' in 'potentials'; did you mean 'points'?
        """)
  }

  @Test func wrongTypesAndAnotherVersion() {
    let text = """
      loschmidt: 2
      title: [a]
      seed: 1
      process: 7
      experiments: potentials

      """
    #expect(
      report(text) == """
        s.yaml:1:12: error: 'loschmidt' is the version of the format, got 2; this program reads version 1
        s.yaml:2:8: error: 'title' must be a text, got a list of 1
        s.yaml:4:10: error: 'process' must be a map of keys and values, got '7'
        s.yaml:5:14: error: 'experiments' must be a list with at least one experiment, got 'potentials'
        """)
  }

  @Test func experimentsOfLaterVersionsAreRefusedByName() {
    let text = scenario().replacing("- potentials:", with: "- escape:")
    #expect(
      report(text).hasPrefix(
        "s.yaml:9:5: error: the experiment 'escape' is for a later version; this version runs potentials, "))
    let unknown = scenario().replacing("- potentials:", with: "- potential:")
    #expect(report(unknown) == "s.yaml:9:5: error: unknown experiment 'potential'; did you mean 'potentials'?")
  }

  @Test func mergeKeysAreRefused() {
    let text = "base: &b {a: 1}\n" + scenario().replacing("seed: 1", with: "seed: 1\n<<: *b")
    #expect(
      report(text) == """
        s.yaml:1:1: error: unknown key 'base' in 'scenario'; allowed are loschmidt, title, seed, process, experiments
        s.yaml:4:1: error: unknown key '<<' in 'scenario'; merge keys are not read, write the keys out
        """)
  }

  @Test func aListInPlaceOfAScenario() {
    #expect(
      report("- 1\n")
        == "s.yaml:1:1: error: a scenario is a map with the keys 'loschmidt', 'seed', 'process' and 'experiments', got a list of 1"
    )
  }
}

extension String {
  /// The text with every occurrence of a piece replaced; the piece must occur.
  func replacing(_ piece: String, with other: String) -> String {
    precondition(contains(piece), "the piece to replace occurs")
    return replacingOccurrences(of: piece, with: other)
  }
}

/// The whole example of the format's description, without the experiments of later versions.
let wholeExample = """
  loschmidt: 1                                    # format version, required
  title: SGD on a two-layer linear network
  seed: 20260521

  process:
    parameters: {u: 1.3, w: 0.4}                  # θ, in this order; see "Parameters"
    loss: 0.5*(u*w*x - y)^2                       # ℓ(θ; sample)
    data:
      x: [1.0, -0.5, 2.0, 0.3]
      y: [0.8, -0.1, 1.7, 0.4]
    gradient: {minibatch: {size: 1, sampling: with-replacement}}
    algorithm: {gradient-descent: {learning-rate: 0.05}}
    temperature: 0                                # thermal noise √(2ηT) ζ added to every step

  experiments:
    - potentials:
        learning-rates: {from: 0.1, to: 0.001, count: 9}

  """

/// A small scenario with the lines of `process` and of the settings of `potentials`.
///
/// The process begins at line 4, column 3; the settings stand after it.
func scenario(process: String = goodProcess, potentials: String = "learning-rates: [0.1]") -> String {
  func indented(_ text: String, by spaces: Int) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.isEmpty ? "" : String(repeating: " ", count: spaces) + $0 }.joined(separator: "\n")
  }
  return """
    loschmidt: 1
    seed: 1
    process:
    \(indented(process, by: 2))
    experiments:
      - potentials:
    \(indented(potentials, by: 6))

    """
}

let goodProcess = """
  parameters: {u: 1.3, w: 0.4}
  loss: 0.5*(u*w*x - y)^2
  data: {x: [1, 2], y: [3, 4]}
  algorithm: {gradient-descent: {learning-rate: 0.05}}
  """

/// Reads a text as the file `s.yaml`.
func reading(_ text: String, overrides: [ScenarioOverride] = []) -> ScenarioReading {
  Scenario.read(bytes: Array(text.utf8), path: "s.yaml", overrides: overrides)
}

/// The diagnostics of a text, one a line, as they are printed.
func report(_ text: String, overrides: [ScenarioOverride] = []) -> String {
  reading(text, overrides: overrides).diagnostics.map(\.description).joined(separator: "\n")
}

/// A text read without any problem.
func good(
  _ text: String, overrides: [ScenarioOverride] = [], sourceLocation: SourceLocation = #_sourceLocation
) throws -> Scenario {
  let result = reading(text, overrides: overrides)
  #expect(result.diagnostics.map(\.description) == [], sourceLocation: sourceLocation)
  return try #require(result.scenario, sourceLocation: sourceLocation)
}
