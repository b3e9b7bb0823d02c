import LoschmidtReports
import LoschmidtThermodynamics
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
    #expect(
      result.tables[1].table.columns.map(\.name) == ["i", "j", "value", "standard_error", "exact", "continuum"])
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

  private static let samples = """
    parameters: {u: 1, w: 0}
    loss: 0.5*(u*a + w*b - y)^2
    data: {a: [1, -1, 0.5, 2], b: [0.5, 1, -1, 0], y: [1, 0, 0.5, -1]}
    algorithm: {gradient-descent: {learning-rate: 0.1}}
    """

  /// Without a variance there is no relation, and no verdict about it; a mean has no error.
  @Test func stableNoiseLeavesLittleToMeasure() throws {
    let process = Self.samples + "\ngradient: {alpha-stable: {alpha: 1.5, scale: 0.1}}"
    let result = try run(process, "{trajectories: 16, steps: 20, observables: {bounded: tanh(u)}}")
    #expect(result.verdicts.isEmpty)
    for figure in result.figures { #expect(figure.value.reason?.contains("has no moment of order") == true) }
    let moments = result.tables[0].table
    #expect(try moments.number(0, "variance") > 0 && moments.number(0, "variance_se") > 0)
    #expect(try moments.number(1, "mean").isFinite)
    for column in ["mean_se", "variance", "variance_se"] {
      guard case .missing(let reason) = try moments.cell(1, column) else {
        Issue.record("\(column) should not exist")
        continue
      }
      #expect(reason.contains("has no moment of order"))
    }
    #expect(!result.remarks.contains { $0.contains("autocorrelation") })
  }

  /// Below five degrees of freedom a variance exists, and its error does not: nothing can be decided about it.
  @Test func aVarianceWithoutAnErrorIsUndecided() throws {
    func verdicts(_ freedom: Int) throws -> [String: VerdictStatus] {
      let process = Self.samples + "\ngradient: {student-t: {size: 2, degrees-of-freedom: \(freedom)}}"
      let settings = "{trajectories: 400, steps: 200, burn-in: 100, margin: 0.5, observables: {m: u + w}}"
      let result = try run(process, settings)
      return Dictionary(uniqueKeysWithValues: result.verdicts.map { ($0.name, $0.status) })
    }
    #expect(try verdicts(3) == ["mean.m": .pass, "variance.m": .undecided, "covariance": .undecided])
    #expect(
      try verdicts(9) == ["stationary": .pass, "mean.m": .pass, "variance.m": .pass, "covariance": .pass])
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
