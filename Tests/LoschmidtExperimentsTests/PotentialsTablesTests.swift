import LoschmidtReports
import Testing

@testable import LoschmidtExperiments

@Suite struct PotentialsTablesTests {
  private func tables(_ settings: String, process: String = goodProcess) throws -> [String: Table] {
    let result = try potentialsExperiment(settings, process: process).run(RunContext(seed: 1))
    return Dictionary(uniqueKeysWithValues: result.tables.map { ($0.name, $0.table) })
  }

  @Test func rowsAreTidy() throws {
    let tables = try tables("learning-rates: [0.01, 0.001]\npoints: [{}, {u: 0.5}]\norders: 3")
    let forces = try #require(tables["forces"])
    #expect(
      forces.columns.map(\.name) == [
        "point", "eta", "coordinate", "leading", "DE", "DE.series", "TR2", "TRinf", "TA", "ST",
      ])
    #expect(forces.rows.count == 2 * 2 * 2)
    #expect(forces.rows[0].prefix(3) == [.integer(0), .real(0.01), .text("u")])
    #expect(forces.rows[7].prefix(3) == [.integer(1), .real(0.001), .text("w")])
    // 2 points, 5 potentials, 3 powers, 2 coordinates; and one pair of coordinates in the curl.
    #expect(tables["series"]?.rows.count == 60 && tables["curl"]?.rows.count == 10)
    #expect(tables["potentials"]?.rows.count == 4)
  }

  /// ℓ = x²: leading −(η/2)·2·2x; DE does not exist for 2η ≥ 1 and says why in its cell; drift and noise add up.
  @Test func valuesOfAQuadratic() throws {
    let process = "parameters: {x: 3}\nloss: x^2\nalgorithm: {gradient-descent: {learning-rate: 0.1}}"
    let tables = try tables("learning-rates: [0.5, 0.125]", process: process)
    let forces = try #require(tables["forces"]).rows
    #expect(forces[0][3] == .real(-3) && forces[1][3] == .real(-0.75))
    guard case .missing(let reason) = forces[0][4] else {
      Issue.record("\(forces[0])")
      return
    }
    #expect(reason.contains("is not below 1"))
    // (η/4) g² = (1/8) 36, all of it drift; ST = (η/16)(g + g′)², where g′ = 0 at η = 1/2.
    #expect(tables["potentials"]?.rows[0] == [.integer(0), .real(0.5), .real(4.5), .real(4.5), .real(0), .real(1.125)])
    #expect(tables["curl"]?.rows == [])
  }
}
