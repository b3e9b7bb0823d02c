import Foundation
import LoschmidtDynamics
import LoschmidtNumerics
import LoschmidtReports
import LoschmidtTestSupport
import LoschmidtThermodynamics
import Testing

@testable import LoschmidtExperiments

/// No exact value for a rule that is not plain gradient descent: every experiment that has one, run with such a rule.
///
/// The rule makes the very steps of gradient descent, so that nothing but its answer tells the two apart. Gradient descent
/// itself is the control: each case has an exact value then.
struct RuleWithoutDescentTests {
  /// A process and an experiment that has exact values for it.
  struct Case: CustomTestStringConvertible, Sendable {
    let name: String
    let process: String
    let experiment: String
    var testDescription: String { name }

    var scenario: String {
      "loschmidt: 1\nseed: 3\nprocess:\n" + process.split(separator: "\n").map { "  \($0)\n" }.joined()
        + "  algorithm: {gradient-descent: {learning-rate: 0.05}}\nexperiments:\n  - \(experiment)\n"
    }
  }

  private static let trap = """
    parameters: {x: "normal(0, 1)", y: "normal(0, 1)"}
    force: {x: -x + y, y: -x - y}
    temperature: 1
    """
  private static let well = """
    parameters: {x: "normal(0, 1)"}
    loss: 0.5*x^2
    temperature: 1
    """
  private static let regression = """
    parameters: {w: "normal(0, 0.1)"}
    loss: 0.5*(w*a - b)^2
    data: {a: [1, -0.8, 0.3], b: [1.1, -0.3, 0.4]}
    """
  /// One curvature for all samples, so that the noise is the same everywhere.
  private static func steps(_ text: String) -> String {
    "parameters: {w: \"normal(0, 0.2)\"}\nloss: 0.5*(w - x)^2\ndata: {x: [-1.0, 1.0]}\ngradient: \(text)"
  }
  private static func noise(_ text: String) -> String { regression + "\ngradient: \(text)" }

  private static let production = "entropy-production: {trajectories: 8, steps: 8, burn-in: 8}"
  private static let stationary = "stationary: {trajectories: 8, steps: 12, burn-in: 8}"

  static let cases = [
    Case(name: "production of a linear force", process: trap, experiment: production),
    Case(
      name: "production in any loss of one coordinate", process: well.replacing("0.5*x^2", "0.5*x^2 + 0.3*sin(x)"),
      experiment: production),
    Case(
      name: "production with minibatches",
      process: noise("{minibatch: {size: 1, sampling: with-replacement}}") + "\ntemperature: 0.5",
      experiment: production),
    Case(
      name: "production with a heavy tail",
      process: steps("{student-t: {size: 1, degrees-of-freedom: 5}}"),
      experiment: production),
    Case(name: "a trap of Langevin", process: well, experiment: stationary),
    Case(
      name: "SGD", process: noise("{minibatch: {size: 1, sampling: with-replacement}}"), experiment: stationary),
    Case(
      name: "epochs", process: noise("{minibatch: {size: 1, sampling: reshuffle}}"), experiment: stationary),
    Case(
      name: "label noise", process: noise("{label-noise: {column: b, standard-deviation: 0.5, size: 1}}"),
      experiment: stationary),
    Case(
      name: "Gaussian noise of the gradient", process: noise("{isotropic: {standard-deviation: 0.5}}"),
      experiment: stationary),
    Case(
      name: "the integral theorem", process: well,
      experiment: "fluctuation-theorem: {theorems: [integral], trajectories: 8, steps: 3}"),
  ]

  /// The numbers and cells that are exact, by name.
  private func exactValues(_ result: ExperimentResult) -> [String] {
    let figures = result.figures.filter { $0.value.exact && $0.value.value != nil }.map(\.name)
    let cells = result.tables.flatMap { name, table in
      table.columns.enumerated().filter { index, column in
        column.name.hasPrefix("exact") || column.name.hasPrefix("continuum")
          ? table.rows.contains { if case .missing = $0[index] { false } else { true } } : false
      }.map { "\(name).\($0.element.name)" }
    }
    return figures + cells
  }

  private func run(_ specimen: Case, other: Bool) throws -> ExperimentResult {
    let reading = reading(specimen.scenario)
    let scenario = try #require(reading.scenario, "\(reading.diagnostics)")
    var process = scenario.process
    let descent = try #require(process.algorithm as? GradientDescent)
    if other { process.algorithm = OtherRule(descent) }
    return try scenario.experiments[0].settings.experiment(on: process).run(RunContext(seed: 3))
  }

  @Test(arguments: cases)
  func nothingIsExact(_ specimen: Case) throws {
    #expect(exactValues(try run(specimen, other: true)) == [])
    #expect(exactValues(try run(specimen, other: false)) != [], "the case has no exact value to lose")
  }

  /// A start in equilibrium is one of θ alone, a driven process has no work that is known, and no stationary law.
  @Test(arguments: ["jarzynski", "hatano-sasa"])
  func theoremsAreRefused(_ theorem: String) throws {
    let specimen = Case(
      name: theorem,
      process: Self.well.replacing("0.5*x^2", "0.5*k*x^2") + "\nprotocol: {k: 1 + t}",
      experiment: "fluctuation-theorem: {theorems: [\(theorem)], trajectories: 8, steps: 3"
        + (theorem == "jarzynski" ? ", initial: boltzmann}" : "}"))
    let scenario = try #require(reading(specimen.scenario).scenario)
    let settings = try #require(scenario.experiments[0].settings as? FluctuationTheoremSettings)
    var process = scenario.process
    let descent = try #require(process.algorithm as? GradientDescent)
    #expect(try settings.obstacle(SimulationPlan(process, steps: 3)) == nil)
    process.algorithm = OtherRule(descent)
    #expect(try settings.obstacle(SimulationPlan(process, steps: 3)) != nil)
  }

  /// φ = (η/4) E ĝᵀΛĝ and the fluctuation-dissipation relation are those of plain gradient descent.
  @Test func noEffectiveLossAndNoRelation() throws {
    let batches = Self.noise("{minibatch: {size: 1, sampling: with-replacement}}")
    let relaxation = Case(
      name: "relaxation", process: batches, experiment: "relaxation: {trajectories: 8, steps: 8, every: 4}")
    func potentials(_ result: ExperimentResult) throws -> [Cell] {
      let table = try #require(result.tables.first { $0.name == "path" }?.table)
      let quantity = try #require(table.columns.firstIndex { $0.name == "observable" })
      let mean = try #require(table.columns.firstIndex { $0.name == "mean" })
      return table.rows.filter { $0[quantity] == .text("potential") || $0[quantity] == .text("effective-loss") }
        .map { $0[mean] }
    }
    func known(_ cells: [Cell]) -> Int { cells.filter { if case .real = $0 { true } else { false } }.count }
    #expect(known(try potentials(run(relaxation, other: true))) == 0)
    #expect(known(try potentials(run(relaxation, other: false))) > 0)
    let stationary = Case(name: "stationary", process: batches, experiment: Self.stationary)
    func relation(_ other: Bool) throws -> Double? {
      try run(stationary, other: other).figures.first { $0.name == "fdr.ratio" }?.value.value
    }
    #expect(try relation(true) == nil)
    #expect(try relation(false) != nil)
  }
}

extension String {
  fileprivate func replacing(_ old: String, _ new: String) -> String { replacingOccurrences(of: old, with: new) }
}
