import LoschmidtReports
import LoschmidtTestSupport
import LoschmidtThermodynamics
import Testing

@testable import LoschmidtExperiments

/// Small scenarios of fluctuation theorems.
enum FluctuationCase {
  /// The driven trap of the references: stiffness 2, T = 1.5, η = 0.1, the centre moved by 0.3 a step for six steps.
  static let trap = """
    loschmidt: 1
    seed: 3
    process:
      parameters: {x: 0}
      protocol: {c: 3*t}
      loss: 0.5*2*(x - c)^2
      temperature: 1.5
      algorithm: {gradient-descent: {learning-rate: 0.1}}
    experiments:
      - fluctuation-theorem:

    """

  /// The golden chain of the references, x′ = Ax + N(0, D): A is not symmetric, so that it is a force.
  static let chain = """
    loschmidt: 1
    seed: 7
    process:
      parameters: {x: "normal(0, 1)", y: "normal(0, 1)"}
      force: {x: -0.2*x + 0.15*y, y: -0.1*x - 0.3*y}
      gradient: {constant-covariance: {matrix: [[0.5, 0.1], [0.1, 0.3]]}}
      algorithm: {gradient-descent: {learning-rate: 1}}
    experiments:
      - fluctuation-theorem:

    """

  /// A process with settings of its experiment, one a line.
  static func text(_ process: String, _ settings: String) -> String {
    process + settings.split(separator: "\n").map { "      \($0)\n" }.joined()
  }

  /// The one experiment of a scenario, run.
  static func result(_ process: String, _ settings: String, threads: Int = 1) throws -> ExperimentResult {
    let reading = Scenario.read(bytes: Array(text(process, settings).utf8), path: "s.yaml")
    #expect(reading.diagnostics.map(\.description) == [])
    let scenario = try #require(reading.scenario)
    let result = try Run(scenario, bytes: reading.bytes, threads: threads).result()
    try result.validate()
    return result.experiments[0]
  }
}

extension ExperimentResult {
  /// A figure by its name.
  func figure(_ name: String) throws -> FigureValue { try #require(figures.first { $0.name == name }?.value) }

  /// The value of a figure.
  func value(_ name: String) throws -> Double { try #require(try figure(name).value) }

  /// How many of its standard errors a figure lies off.
  func deviation(_ name: String, from expected: Double) throws -> Double {
    let figure = try figure(name)
    return abs(try #require(figure.value) - expected) / (try #require(figure.standardError))
  }

  /// A verdict by its name.
  func verdict(_ name: String) throws -> Verdict { try #require(verdicts.first { $0.name == name }) }
}
