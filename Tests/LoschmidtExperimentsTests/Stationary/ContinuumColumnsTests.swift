import LoschmidtDynamics
import LoschmidtNumerics
import LoschmidtReports
import Testing

@testable import LoschmidtExperiments

/// The values of the equation beside those of the steps that integrate it.
@Suite struct ContinuumColumnsTests {
  private func columns(_ algorithm: String) throws -> ContinuumColumns {
    let process =
      "parameters: {x: 0}\nloss: 0.5*x^2\ntemperature: 0.1\nalgorithm: {\(algorithm): {learning-rate: 0.9}}"
    let scenario = try good(
      scenario(process: process, experiment: "relaxation: {trajectories: 4, steps: 4, observables: {a: 2*x}}"))
    return ContinuumColumns(try SimulationPlan(scenario.process, steps: 4))
  }

  private func number(_ cell: Cell) -> Double? { if case .real(let value) = cell { value } else { nil } }

  /// T/(1 + η/2) for the drift −(1 + η/2)x of order 2; the steps have 0.0786 instead.
  @Test func theEquation() throws {
    let columns = try columns("modified-sde")
    let wanted = 0.1 / 1.45
    // A handful of roundings.
    let own = try #require(number(columns.cell(ofPair: (0, 0))))
    #expect(abs(own - wanted) <= 1e-16)
    let double = columns.cells(of: try Expression(parsing: "2*x")).compactMap(number)
    #expect(double.count == 2 && double[0] == 0 && abs(double[1] - 4 * wanted) <= 1e-15)
    #expect(columns.cells(ofCoordinate: 0).compactMap(number).count == 2)
  }

  @Test func otherRulesHaveNone() throws {
    let columns = try columns("gradient-descent")
    for cell in columns.cells(ofCoordinate: 0) + columns.cells(of: try Expression(parsing: "x")) {
      guard case .missing(let reason) = cell else {
        Issue.record("gradient descent has no equation")
        continue
      }
      #expect(reason.contains("modified-sde"))
    }
  }
}
