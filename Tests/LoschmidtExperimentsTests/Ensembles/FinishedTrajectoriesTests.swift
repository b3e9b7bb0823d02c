import LoschmidtDynamics
import LoschmidtReports
import Testing

@testable import LoschmidtExperiments

@Suite struct FinishedTrajectoriesTests {
  @Test func aReasonIsGivenOnlyWhereItIsTrue() {
    #expect(FinishedTrajectories(count: 0).reason == "no trajectory was finished")
    #expect(FinishedTrajectories(count: 1).reason == "fewer than two trajectories were finished")
    #expect(FinishedTrajectories(count: 3).reason(needed: 4) == "fewer than four trajectories were finished")
    for count in [2, 35] {
      #expect(FinishedTrajectories(count: count).reason.hasPrefix("a value is not finite along the trajectories"))
    }
  }

  private func run(_ text: String, threads: Int = 1) throws -> ExperimentResult {
    let result = try Run(try good(text), bytes: [], threads: threads).result()
    try result.validate()
    return result.experiments[0]
  }

  /// 29 of 64 leave in the burn-in; the number is that of `replay` of each of the 64.
  @Test func theMeanSquareOfTheOthers() throws {
    let process = """
      parameters: {x: "uniform(4.3, 4.6)"}
      loss: x^4/4
      algorithm: {gradient-descent: {learning-rate: 0.1}}
      temperature: 0.01
      """
    let experiment = "stationary: {burn-in: 20, steps: 10, trajectories: 64, observables: {x2: x^2}}"
    let result = try run(scenario(process: process, experiment: experiment))
    #expect(result.remarks.contains { $0.hasPrefix("29 of 64 trajectories of the ensemble became infinite or NaN") })
    #expect(
      result.remarks.contains(
        "All averages of the ensemble, at every step, are of the 35 trajectories that were finished; leaving the others "
          + "out selects."))
    let moments = try #require(result.tables.first { $0.name == "moments" }?.table)
    // Four digits are known of both.
    #expect(abs(try moments.number(0, "mean") - 0.1485) < 5e-5)
    #expect(abs(try moments.number(0, "mean_se") - 0.0151) < 5e-5)
    #expect(try moments.number(0, "variance") > 0 && moments.number(0, "variance_se") > 0)
    #expect(
      result.verdicts.allSatisfy { $0.status == .undecided && $0.reason.contains("29 of 64 trajectories diverged") })
  }

  // MARK: All experiments on ensembles

  /// An experiment of which some trajectories diverge, and one number of it from the states of a survivor.
  struct Case: Sendable, CustomStringConvertible {
    let description: String
    let process: String
    /// The settings but for the number of trajectories.
    let settings: String
    /// The number in the result.
    let found: @Sendable (ExperimentResult) throws -> Double
    /// The number of a trajectory, of which the mean over survivors is taken.
    let value: @Sendable (_ states: [ReplayedState]) -> Double
  }

  private static let burnIn = 4
  private static let quartic = """
    parameters: {u: "normal(0, 4)", w: "normal(0, 1)"}
    loss: u^4/4 + w^2/2
    algorithm: {gradient-descent: {learning-rate: 0.1}}
    temperature: 0.05
    """
  private static let samples = """
    parameters: {u: "normal(0, 4)", w: "normal(0, 1)"}
    loss: u^4/4 + w^2/2 + a*u
    data: {a: [1, -1, 0.5, -0.5]}
    algorithm: {gradient-descent: {learning-rate: 0.1}}
    """
  private static let rescaling = """
    parameters: {u: 4, w: 0.4}
    loss: 0.5*(u*w*x - y)^2
    data: {x: [1, -0.5, 2, 0.3], y: [0.8, -0.1, 1.7, 0.4]}
    gradient: minibatch
    algorithm: {gradient-descent: {learning-rate: 0.083}}
    """

  private static func figure(_ name: String) -> @Sendable (ExperimentResult) throws -> Double {
    { try #require($0.figures.first { $0.name == name }?.value.value) }
  }

  /// The number in a column of the first row that has a text in some cell.
  private static func cell(
    _ table: String, _ text: String?, _ column: String
  ) -> @Sendable (ExperimentResult) throws -> Double {
    { result in
      let table = try #require(result.tables.first { $0.name == table }?.table)
      let row = try #require(table.rows.firstIndex { row in text.map { row.contains(.text($0)) } ?? true })
      return try table.number(row, column)
    }
  }

  private static func mean(_ states: [ReplayedState], _ value: (ReplayedState) -> Double) -> Double {
    let counted = states.dropFirst(burnIn + 1)
    return counted.reduce(0) { $0 + value($1) } / Double(counted.count)
  }

  static let cases = [
    Case(
      description: "stationary", process: quartic, settings: "burn-in: 4, steps: 12, observables: {m: u^2}",
      found: cell("moments", "m", "mean"), value: { mean($0) { $0.theta[0] * $0.theta[0] } }),
    Case(
      description: "relaxation", process: quartic, settings: "burn-in: 4, steps: 12, every: 6, observables: {m: u^2}",
      // The first record, at which more trajectories are alive than are finished.
      found: cell("path", "m", "mean"), value: { $0[burnIn].theta[0] * $0[burnIn].theta[0] }),
    Case(
      description: "scaling", process: quartic,
      settings: "burn-in: 4, steps: 12, over: learning-rate, values: [0.1, 0.11, 0.12], statistic: mean, "
        + "observable: u^2", found: cell("scan", nil, "statistic"), value: { mean($0) { $0.theta[0] * $0.theta[0] } }),
    Case(
      description: "entropy-production", process: quartic, settings: "burn-in: 4, steps: 12",
      found: figure("medium"), value: { $0.last?.medium ?? .nan }),
    Case(
      description: "fluctuation-theorem", process: quartic, settings: "steps: 16, theorems: integral",
      found: figure("medium.mean"), value: { $0.last?.medium ?? .nan }),
    Case(
      description: "noise-comparison", process: samples,
      settings: "burn-in: 4, steps: 12, models: [minibatch, gaussian], observables: {m: u}",
      found: cell("observables", "m", "mean"), value: { mean($0) { $0.theta[0] } }),
    Case(
      description: "symmetry", process: rescaling,
      settings: "steps: 30, generators: {g: {u: u*exp(s), w: w*exp(-s)}}",
      found: cell("charges", "g", "end_mean"),
      value: { $0.last.map { $0.theta[0] * $0.theta[0] - $0.theta[1] * $0.theta[1] } ?? .nan }),
  ]

  @Test func allExperimentsOnEnsemblesAreHere() {
    let names = Catalogue.entries(in: .experiments).filter { !$0.isLater && $0.name != "potentials" }.map(\.name)
    #expect(Set(names) == Set(Self.cases.map(\.description)))
  }

  @Test(arguments: cases, [33, 64, 65, 300]) func resultsAreOfTheSurvivors(test: Case, size: Int) throws {
    let text = scenario(
      process: test.process, experiment: "\(test.description): {trajectories: \(size), \(test.settings)}")
    let result = try run(text)
    let scenario = try good(text)
    let made = try scenario.experiments[0].settings.experiment(on: scenario.process)
    let ensemble = try #require(made as? any ReplayableExperiment).ensemble(RunContext(seed: scenario.seed))
    var values: [Double] = []
    for number in 0..<size {
      var states: [ReplayedState] = []
      if try ensemble.replay(trajectory: number, show: { states.append($0) }) == nil {
        values.append(test.value(states))
      }
    }
    #expect(values.count > 4 && values.count < size - 1)
    let expected = values.reduce(0, +) / Double(values.count)
    // Some hundred numbers of the size of 1 to 100.
    #expect(abs(try test.found(result) - expected) < 1e-11 * max(1, abs(expected)), "\(expected)")
    #expect(result.remarks.contains { $0.contains("are of the \(values.count) trajectories that were finished") })
    // What is said of a point, not of trajectories, may pass.
    let decided = result.verdicts.filter { !$0.name.hasPrefix("invariance") && !$0.name.hasPrefix("emergent-force") }
    #expect(!decided.contains { $0.status == .pass })
    // As text, which gives every number to its last digit.
    #expect("\(try run(text, threads: 3))" == "\(result)")
  }
}
