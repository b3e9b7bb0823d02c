import LoschmidtReports
import LoschmidtTestSupport
import Testing

@testable import LoschmidtExperiments

/// The regression of the references with a comparison of noise models.
enum ComparisonCase {
  static let reference = ThermodynamicReference.entry("t5_linear_regression")

  /// A scenario.
  ///
  /// - Parameters:
  ///   - models: The models in YAML's flow style.
  ///   - settings: More settings of the experiment, one a line.
  ///   - process: More keys of the process, one a line.
  static func text(_ models: [String], _ settings: String = usual, process: String = "") -> String {
    let inputs = reference["inputs"]
    let rows = inputs["X"].rows
    let lines = settings.split(separator: "\n").map { "      \($0)\n" }.joined()
    return """
      loschmidt: 1
      seed: 29
      process:
        parameters: {u: "normal(1.04, 0.1)", w: "normal(0.25, 0.1)"}
        loss: 0.5*(a*u + b*w - y)^2
        data: {a: \(rows.map { $0[0] }), b: \(rows.map { $0[1] }), y: \(inputs["y"].doubles)}
        algorithm: {gradient-descent: {learning-rate: \(inputs["eta"].double)}}
      \(process.split(separator: "\n").map { "  \($0)\n" }.joined())experiments:
        - noise-comparison:
            models: [\(models.joined(separator: ", "))]

      """ + lines.replacingOccurrences(of: "      ", with: "      ")
  }

  /// Small ensembles that are stationary after the burn-in: (1 − ηλ)² < 0.886 a step.
  static let usual = "trajectories: 600\nsteps: 60\nburn-in: 100"

  /// The one experiment of a scenario, run.
  static func result(_ text: String, threads: Int = 1) throws -> ExperimentResult {
    let reading = Scenario.read(bytes: Array(text.utf8), path: "s.yaml")
    #expect(reading.diagnostics.map(\.description) == [])
    let scenario = try #require(reading.scenario)
    let result = try Run(scenario, bytes: reading.bytes, threads: threads).result()
    try result.validate()
    return result.experiments[0]
  }
}

extension Table {
  /// The cell of a row in a column of that name.
  func cell(_ row: Int, _ column: String) throws -> Cell {
    try rows[row][#require(columns.firstIndex { $0.name == column })]
  }

  /// The number in a cell.
  func number(_ row: Int, _ column: String) throws -> Double {
    guard case .real(let value) = try cell(row, column) else {
      Issue.record("no number in \(column): \(try cell(row, column))")
      return .nan
    }
    return value
  }
}
