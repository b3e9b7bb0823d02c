import LoschmidtDynamics
import LoschmidtReports
import LoschmidtTestSupport
import LoschmidtThermodynamics
import Testing

@testable import LoschmidtExperiments

@Suite struct StationaryExperimentTests {
  private static let reference = ThermodynamicReference.entry("t5_linear_regression")

  /// The regression of the reference as a scenario.
  private func regression(_ more: String, experiments: String) -> String {
    let inputs = Self.reference["inputs"]
    let rows = inputs["X"].rows
    return """
      loschmidt: 1
      seed: 17
      process:
        parameters: {u: 1, w: 0.2}
        loss: 0.5*(a*u + b*w - y)^2
        data: {a: \(rows.map { $0[0] }), b: \(rows.map { $0[1] }), y: \(inputs["y"].doubles)}
        algorithm: {gradient-descent: {learning-rate: \(inputs["eta"].double)}}
      \(more.split(separator: "\n").map { "  " + $0 }.joined(separator: "\n"))
      experiments:
      \(experiments.split(separator: "\n").map { "  " + $0 }.joined(separator: "\n"))

      """
  }

  private func run(_ text: String, threads: Int = 1) throws -> RunResult {
    let result = try Run(try good(text), bytes: Array(text.utf8), threads: threads).result()
    try result.validate()
    return result
  }

  private static let usual =
    "- stationary: {trajectories: 160, steps: 500, burn-in: 100, observables: {sum: u + w, square: u^2}}"

  private static let models: [(name: String, process: String)] = [
    ("minibatch_with_replacement", "gradient: {minibatch: {size: 2}}"),
    ("minibatch_without_replacement_in_batch", "gradient: {minibatch: {size: 2, sampling: without-replacement}}"),
    ("sgld_minibatch_wr", "gradient: {minibatch: {size: 2}}\ntemperature: 0.05"),
    ("langevin_full_batch", "temperature: 0.05"),
    (
      "gaussian_constant_anisotropic",
      "gradient: {constant-covariance: {matrix: \(reference["outputs"]["C0_grad_cov"].rows.map { $0.map { $0 / 2 } })}}"
    ),
  ]

  /// The equation's own exact values, no relation of drawn gradients, and no verdict that needs one.
  @Test(arguments: ["ito", "stratonovich"])
  func theModifiedEquationHasItsOwnMoments(interpretation: String) throws {
    let eta = Self.reference["inputs"]["eta"].double
    let short = Self.usual.replacing("steps: 500", with: "steps: 200")
    let text = regression("gradient: {minibatch: {size: 2}}", experiments: short).replacing(
      "{gradient-descent: {learning-rate: \(eta)}}",
      with: "{modified-sde: {learning-rate: \(eta), interpretation: \(interpretation)}}")
    let result = try run(text).experiments[0]
    let ratio = try #require(result.figures.first { $0.name == "fdr.ratio" }?.value)
    #expect(ratio.value == nil && ratio.reason?.contains("an equation draws none") == true)
    #expect(result.verdicts.map(\.name) == ["mean.sum", "variance.sum", "mean.square", "covariance"])
    // The level of a false failure is that of the scenario, 1e-3 in all, at a fixed seed.
    #expect(result.verdicts.allSatisfy { $0.status != .fail }, "\(result.verdicts)")
  }

  /// A path has no probability, and the potentials are those of a map.
  @Test func experimentsThatTheEquationRefuses() throws {
    func text(_ experiments: String) -> String {
      regression("temperature: 0.1", experiments: experiments).replacing("gradient-descent", with: "modified-sde")
    }
    let theorem = text("- fluctuation-theorem: {trajectories: 10, steps: 5, theorems: [integral]}")
    #expect(report(theorem).contains("whose transition density is not known; take 'gradient-descent'"))
    let potentials = text("- potentials: {learning-rates: [0.1]}")
    #expect(
      report(potentials).contains("the experiment 'potentials' needs steps of 'gradient-descent', got 'modified-sde'"))
    let production = try run(text("- entropy-production: {trajectories: 10, steps: 5}")).experiments[0]
    #expect(production.verdicts.isEmpty)
    #expect(
      production.figures.first { $0.name == "per-step" }?.value.reason?.contains("transition density is not known")
        == true)
    let relaxation = try run(text("- relaxation: {trajectories: 10, steps: 5}")).experiments[0]
    #expect(relaxation.tables.contains { $0.name == "path" })
  }

  @Test(arguments: 0..<models.count)
  func theModelsOfTheReference(model: Int) throws {
    let (name, process) = Self.models[model]
    let result = try run(regression(process, experiments: Self.usual)).experiments[0]
    let ratio = try #require(result.figures.first { $0.name == "fdr.ratio" }?.value)
    let deviation = try abs(#require(ratio.value) - 1)
    // Five standard errors at a fixed seed: a false alarm of 6e-7.
    #expect(try deviation < 5 * #require(ratio.standardError))
    let expected = Self.reference["outputs"]["models"][name]["cov"].rows
    let covariance = try #require(result.tables.first { $0.name == "covariance" }?.table)
    #expect(
      covariance.rows.map { $0.prefix(2) } == [
        [.text("u"), .text("u")], [.text("u"), .text("w")], [.text("w"), .text("w")],
      ])
    for (row, entry) in zip(covariance.rows, [expected[0][0], expected[0][1], expected[1][1]]) {
      guard case .real(let value) = row[2], case .real(let error) = row[3], case .real(let exact) = row[4] else {
        Issue.record("a cell is missing in \(row)")
        continue
      }
      #expect(agrees(exact, with: entry))
      #expect(abs(value - entry) < 5 * error && error > 0)
    }
    try checkMoments(result, covariance: expected)
    let isNormal = !process.contains("minibatch")
    #expect(
      result.verdicts.map(\.name)
        == ["stationary", "mean.sum", "variance.sum", "mean.square"] + (isNormal ? ["variance.square"] : []) + [
          "covariance"
        ])
    #expect(result.verdicts.allSatisfy { $0.status != .fail })
    #expect(result.verdicts[0].status == .pass, "\(result.verdicts[0].reason)")
  }

  private func checkMoments(_ result: ExperimentResult, covariance: [[Double]]) throws {
    let star = Self.reference["outputs"]["theta_star"].doubles
    let exact: [(String, Double, Double?)] = [
      ("sum", star[0] + star[1], covariance[0][0] + 2 * covariance[0][1] + covariance[1][1]),
      ("square", star[0] * star[0] + covariance[0][0], nil), ("u", star[0], covariance[0][0]),
      ("w", star[1], covariance[1][1]),
    ]
    let moments = try #require(result.tables.first { $0.name == "moments" }?.table)
    #expect(
      moments.columns.map(\.name)
        == [
          "observable", "mean", "mean_se", "variance", "variance_se", "exact_mean", "exact_variance",
          "continuum_mean", "continuum_variance",
        ])
    #expect(moments.rows.map { $0[0] } == exact.map { .text($0.0) })
    for (row, (_, mean, variance)) in zip(moments.rows, exact) {
      let numbers = row.map { cell in if case .real(let value) = cell { value } else { Double.nan } }
      #expect(agrees(numbers[5], with: mean))
      #expect(abs(numbers[1] - mean) < 5 * numbers[2])
      if let variance {
        #expect(agrees(numbers[6], with: variance))
        #expect(abs(numbers[3] - variance) < 5 * numbers[4])
      }
    }
  }

  @Test func theNumberOfThreadsChangesNothing() throws {
    let text = regression(
      "gradient: {minibatch: {size: 2}}\ntemperature: 0.05",
      experiments: """
        - stationary: {trajectories: 301, steps: 60, burn-in: 10, observables: {sum: u + w}}
        - relaxation: {trajectories: 301, steps: 60, every: 7, observables: {sum: u + w}}
        """)
    func experiments(_ threads: Int) throws -> String {
      var result = try run(text, threads: threads)
      (result.threads, result.wallSeconds) = (1, 0)
      return try ResultsJSON.document(result)
    }
    let one = try experiments(1)
    #expect(try experiments(2) == one)
    #expect(try experiments(5) == one)
  }

  /// The control: relaxation from afar is no stationary state, and its moments are not the stationary ones.
  @Test func aStateThatIsNotStationaryDoesNotPass() throws {
    let text = regression(
      "temperature: 0.05", experiments: "- stationary: {trajectories: 200, steps: 20, observables: {sum: u + w}}"
    ).replacing("u: 1, w: 0.2", with: "u: 30, w: 0.2")
    let verdicts = try run(text).experiments[0].verdicts
    #expect(verdicts.map(\.status) == [.undecided, .undecided, .undecided, .undecided])
    #expect(verdicts[0].reason.contains("a longer 'burn-in' is needed"))
  }

  /// The ratio with the preconditioner in the product, and with several heat baths.
  @Test(arguments: [
    "gradient: {minibatch: {size: 1}}\ntemperature: {u: 0.1, w: 0.02}",
    "gradient: {constant-covariance: {matrix: [[0.3, 0.1], [0.1, 0.2]]}}\ntemperature: 0.03",
    "force: {u: 0.5*w, w: -0.5*u}\ntemperature: {u: 0.1, w: 0.02}",
  ])
  func theRelationHoldsWithPreconditioners(process: String) throws {
    let rate = "learning-rate: \(Self.reference["inputs"]["eta"].double)"
    let text = regression(
      process, experiments: "- stationary: {trajectories: 160, steps: 400, burn-in: 150}"
    ).replacing(rate, with: rate + ", preconditioner: [1.5, 0.5]")
    let result = try run(text).experiments[0]
    let ratio = try #require(result.figures.first { $0.name == "fdr.ratio" }?.value)
    let (value, error) = (try #require(ratio.value), try #require(ratio.standardError))
    #expect(abs(value - 1) < 5 * error && error < 0.05)
    #expect(result.verdicts.allSatisfy { $0.status != .fail }, "\(result.verdicts)")
  }

  @Test func settingsAreShown() throws {
    let scenario = try good(regression("", experiments: Self.usual))
    let experiment = try scenario.experiments[0].settings.experiment(on: scenario.process)
    #expect(experiment.resolved.last?.value == "sum: u + w, square: u^2")
    #expect(experiment.estimatedSampleGradients == 768_000)
  }

  @Test func theMeanOfAStart() {
    let law = InitialLaw([.point(2), .normal(mean: 3, standardDeviation: 1), .uniform(lower: -1, upper: 2)])
    #expect(law.mean == [2, 3, 0.5])
  }
}
