import LoschmidtDynamics
import LoschmidtReports
import LoschmidtTestSupport
import Testing

@testable import LoschmidtExperiments

@Suite struct EntropyProductionExperimentTests {
  private func run(_ text: String, threads: Int = 2) throws -> RunResult {
    try Run(try good(text), bytes: Array(text.utf8), threads: threads).result()
  }

  private func figures(_ text: String) throws -> (ExperimentResult, [String: FigureValue]) {
    let result = try run(text).experiments[0]
    return (result, Dictionary(uniqueKeysWithValues: result.figures.map { ($0.name, $0.value) }))
  }

  /// The golden chain, whose A is not symmetric, as a force with η = 1.
  private func goldenChain(_ settings: String = "", trajectories: Int = 1000, steps: Int = 200) -> String {
    let process = """
      parameters: {x: "normal(0, 1.2)", y: "normal(0, 0.8)"}
      force: {x: -0.2*x + 0.15*y, y: -0.1*x - 0.3*y}
      gradient: {constant-covariance: {matrix: [[0.5, 0.1], [0.1, 0.3]]}}
      algorithm: {gradient-descent: {learning-rate: 1}}
      """
    return productionScenario(process, settings, trajectories: trajectories, steps: steps)
  }

  private func isWithinFive(_ figure: FigureValue?, of expected: Double) -> Bool {
    guard let value = figure?.value, let error = figure?.standardError else { return false }
    return abs(value - expected) < 5 * error
  }

  @Test func theGoldenChain() throws {
    let golden = ThermodynamicReference.entry("t1_gaussian_chain")["outputs"]["ep_per_step"].double
    let (result, value) = try figures(goldenChain("burn-in: 50"))
    #expect(agrees(value["exact.per-step"]?.value ?? 0, with: golden))
    #expect(value["exact.per-step"]?.exact == true)
    #expect(isWithinFive(value["per-step"], of: golden) && isWithinFive(value["housekeeping"], of: golden))
    #expect(isWithinFive(value["excess"], of: 0))
    // The control: a noise covariance that is 10 % wrong has 1/1.1 of the value, and must be told apart.
    #expect(!isWithinFive(value["per-step"], of: golden / 1.1))
    // The uncertainty relation: a bound that is below, and not far below.
    let bound = try #require(value["tur.bound"]?.value)
    #expect(bound < golden && bound > 0.5 * golden)
    #expect(result.verdicts.map(\.status) == [.pass] && result.verdicts[0].name == "exact.per-step")
    #expect(result.verdicts[0].claim.hasPrefix("exact.per-step"))
    #expect(result.remarks.isEmpty)
  }

  /// Samples with one minimum: θ arrives there to the last bit, the covariance of the noise vanishes, and only the ratio does
  /// not exist.
  @Test func whereTheCovarianceVanishesOnlyTheRatioIsMissing() throws {
    let process = """
      parameters: {x: "normal(0, 1)"}
      loss: 0.5*a*(x - y)^2
      data: {a: [0.5, 3.0], y: [1, 1]}
      gradient: {gaussian: {size: 1}}
      algorithm: {gradient-descent: {learning-rate: 0.3}}
      """
    let (result, value) = try figures(productionScenario(process, "burn-in: 3000"))
    for name in ["per-step", "medium"] {
      let figure = try #require(value[name])
      #expect(figure.value == nil && figure.reason?.hasPrefix("the log ratio of ") == true, "\(name)")
    }
    #expect(result.remarks.allSatisfy { !$0.contains("became infinite") }, "\(result.remarks)")
    #expect(result.verdicts.allSatisfy { $0.status == .undecided })
  }

  @Test func bothPicturesOfAMinibatch() throws {
    let row = ThermodynamicReference.entry("t6_minibatch_mixture")["outputs"].list[1]
    let process = """
      parameters: {x: "normal(0.05, 0.4)"}
      loss: 0.5*h*x^2 - c*x
      data: {h: [1, 0.6, 1.4, 0.8], c: [0.5, -0.4, 0.3, -0.2]}
      gradient: minibatch
      temperature: \(row["T"].double)
      algorithm: {gradient-descent: {learning-rate: 0.3}}
      """
    let (result, value) = try figures(
      productionScenario(process, "burn-in: 50", trajectories: 1000, steps: 400))
    let (extended, marginal) = (row["ep_extended"].double, row["ep_marginal"].double)
    #expect(isWithinFive(value["extended"], of: extended) && isWithinFive(value["per-step"], of: extended))
    #expect(isWithinFive(value["marginal"], of: marginal))
    #expect(agrees(value["exact.marginal"]?.value ?? 0, with: marginal))
    // The controls: neither is the other, and the limit that is often written, η E g²/T, is not the extended one.
    #expect(!isWithinFive(value["extended"], of: marginal) && !isWithinFive(value["marginal"], of: 0))
    #expect(!isWithinFive(value["extended"], of: row["naive_eta_E_g2"].double / 0.1))
    #expect(result.verdicts.map(\.status) == [.pass])
  }

  @Test func equilibriumProducesNothing() throws {
    let text = productionScenario(
      "parameters: {x: \"normal(0, 0.7)\", y: \"normal(0, 0.7)\"}\nloss: x^2 + y^2\ntemperature: 1", "burn-in: 40",
      trajectories: 500, steps: 100)
    let (result, value) = try figures(text)
    #expect(abs(value["exact.per-step"]?.value ?? 1) < ExactProduction.rounding)
    #expect(value["leading.per-step"]?.value == 0)
    #expect(result.verdicts.map(\.status) == [.pass] && result.verdicts[0].expected == 0)
    #expect(result.verdicts[0].claim.contains("nats per step"))
  }

  /// Far from the steady state and without burn-in nothing is said of it, and the reason and the remark say why.
  @Test func withoutBurnInTheWayIsCounted() throws {
    let text = productionScenario(
      "parameters: {x: 30, y: 0}\nforce: {x: y - x, y: -x - y}\ntemperature: 1", trajectories: 200, steps: 20)
    let (result, _) = try figures(text)
    #expect(result.verdicts.map(\.status) == [.undecided])
    #expect(result.verdicts[0].reason.hasPrefix("not stationary: "))
    #expect(result.remarks.contains { $0.contains("There is no burn-in") })
  }

  /// A start that leaves the numbers: no verdict that could pass.
  @Test func divergedTrajectoriesDecideNothing() throws {
    let text = productionScenario(
      "parameters: {x: \"normal(0, 2)\"}\nloss: x^2/2 + x^4/8\ntemperature: 1\n"
        + "algorithm: {gradient-descent: {learning-rate: 0.3}}", trajectories: 100, steps: 50)
    let (result, _) = try figures(text)
    #expect(result.remarks.contains { $0.contains("became infinite or NaN") })
    #expect(result.verdicts.map(\.status) == [.undecided])
  }

  @Test func theSameBytesForAnyNumberOfThreads() throws {
    func experiments(_ threads: Int) throws -> Substring {
      let document = try ResultsJSON.document(
        try run(goldenChain(trajectories: 333, steps: 20), threads: threads))
      let start = try #require(document.range(of: "\"experiments\":"))
      return document[start.lowerBound...]
    }
    let one = try experiments(1)
    #expect(try experiments(2) == one)
    #expect(try experiments(5) == one)
  }
}
