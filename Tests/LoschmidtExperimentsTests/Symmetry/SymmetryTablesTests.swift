import LoschmidtReports
import Testing

@testable import LoschmidtExperiments

@Suite struct SymmetryTablesTests {
  @Test func oneRowForEachSAndOneForEachCharge() throws {
    let result = try symmetryResult(
      "{a: {u: u*exp(s), w: w*exp(-s)}, b: {u: u/exp(2*s), w: w*exp(2*s)}}",
      more: "\n      range: 2\n      steps: 3\n      trajectories: 10")
    #expect(result.tables.map(\.name) == ["invariance", "charges"])
    let (invariance, charges) = (result.tables[0].table, result.tables[1].table)
    #expect(invariance.columns.map(\.name) == ["generator", "point", "s", "relative_change", "sample", "excess"])
    #expect(invariance.rows.count == 40 && invariance.rows[0].prefix(3) == [.text("a"), .integer(0), .real(-2)])
    #expect(invariance.rows[39].prefix(3) == [.text("b"), .integer(0), .real(2)])
    #expect(charges.rows.map { $0[0] } == [.text("a"), .text("b")])
    // Q = u² − w², and −2 of it; 10 trajectories of 3 steps.
    #expect(charges.rows.map { $0[2] } == [.real(1.3 * 1.3 - 0.4 * 0.4), .real(-2 * (1.3 * 1.3) + 2 * (0.4 * 0.4))])
    #expect(charges.rows.map { $0[6] } == [.integer(30), .integer(30)])
  }

  @Test func lossesThatAreNotFiniteLeaveCellsOut() throws {
    let process = """
      parameters: {x: 2.5}
      loss: log(3 - x)
      algorithm: {gradient-descent: {learning-rate: 0.05}}
      """
    let table = try symmetryResult("{shift: {x: x + s}}", process: process).tables[0].table
    #expect(table.rows.last?[3] == .missing(reason: "the loss is not finite there"))
  }
}
