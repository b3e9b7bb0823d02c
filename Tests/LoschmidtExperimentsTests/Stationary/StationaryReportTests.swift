import LoschmidtReports
import Testing

@testable import LoschmidtExperiments

@Suite struct StationaryReportTests {
  private func run(_ process: String, _ settings: String) throws -> ExperimentResult {
    let result = try Run(try good(scenario(process: process, experiment: "stationary: " + settings)), bytes: [])
      .result()
    try result.validate()
    return result.experiments[0]
  }

  @Test func namesAreThoseOfTheDocumentation() throws {
    let result = try run(quadraticWell, "{trajectories: 8, steps: 300, observables: {u: 2*u}}")
    #expect(result.figures.map(\.name) == ["fdr.ratio", "autocorrelation-time"])
    #expect(result.figures[1].value.unit == "steps")
    #expect(result.tables.map(\.name) == ["moments", "covariance", "spectrum"])
    #expect(result.tables[1].table.columns.map(\.name) == ["i", "j", "value", "standard_error", "exact"])
    // The coordinate u gives way to the observable of that name.
    #expect(result.tables[0].table.rows.map { $0[0] } == [.text("u"), .text("w")])
    #expect(
      result.remarks.contains {
        $0.contains("the autocorrelation time is that of the loss") || $0.contains("of the loss, in steps")
      })
  }

  @Test func manyCoordinatesHaveTheDiagonalAlone() throws {
    let process = """
      parameters: {v: {shape: [33], initial: 0}}
      loss: 0.5*sum(v*v)
      algorithm: {gradient-descent: {learning-rate: 0.5}}
      temperature: 0.1
      """
    let result = try run(process, "{trajectories: 4, steps: 5}")
    let rows = result.tables[1].table.rows
    #expect(rows.count == 33 && rows.allSatisfy { $0[0] == $0[1] })
    #expect(rows[32][0] == .text("v[32]"))
    #expect(result.remarks.contains { $0.contains("diagonal alone") })
    #expect(result.tables[0].table.rows.count == 33)
  }

  @Test func whatDoesNotExistHasItsReason() throws {
    // Gradient descent without noise, at its minimum: nothing moves.
    let still = quadraticWell.replacing("u: 1.0", with: "u: 0.0").replacing("temperature: 0.1", with: "temperature: 0")
    let result = try run(still, "{trajectories: 4, steps: 5, observables: {z: 'log(u - 1)'}}")
    #expect(result.figures.allSatisfy { $0.value.value == nil && $0.value.reason != nil })
    guard case .missing = result.tables[0].table.rows[0][1] else {
      Issue.record("the mean of NaN is there")
      return
    }
    #expect(result.verdicts.map(\.status) == [.undecided])
  }

  @Test func aForceAloneIsCorrelatedByItsFirstCoordinate() throws {
    let process = """
      parameters: {x: 0, y: 0}
      force: {x: -x + y, y: -x - y}
      algorithm: {gradient-descent: {learning-rate: 0.1}}
      temperature: 1
      """
    let result = try run(process, "{trajectories: 20, steps: 400, burn-in: 50}")
    #expect(result.remarks.contains { $0.contains("'x'") })
    #expect(result.verdicts.map(\.name) == ["stationary", "covariance"])
  }

  @Test func finiteCells() {
    #expect(Cell.finite(1, otherwise: "r") == .real(1))
    #expect(Cell.finite(.nan, otherwise: "r") == .missing(reason: "r"))
    #expect(Cell.finite(nil, otherwise: "r") == .missing(reason: "r"))
  }
}
