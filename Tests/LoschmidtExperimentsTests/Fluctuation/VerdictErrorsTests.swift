import LoschmidtReports
import Testing

@testable import LoschmidtExperiments

struct VerdictErrorsTests {
  @Test func wrongModelsNeverPassAndTrueOnesDoNotFail() throws {
    let result = try FluctuationCase.result(
      FluctuationCase.chain,
      "steps: 4\ntrajectories: 4000\nreverse-initial: stationary\ncalibration: {repetitions: 8, noise: [1, 1.3]}")
    let table = try #require(result.tables.first { $0.name == "calibration" }?.table)
    #expect(table.columns.map(\.name) == ["noise", "trajectories", "repetitions", "pass", "fail", "undecided"])
    #expect(table.rows.count == 2)
    #expect(Array(table.rows[0][0...2]) == [.real(1), .integer(4000), .integer(8)])
    // A true model fails with a probability below 2 · 10⁻³/2 a repetition, 8 of them with 0.008; the seed is fixed.
    #expect(table.rows[0][4] == .real(0))
    #expect(table.rows[1][3] == .real(0))
    #expect(table.rows[1][4] != .real(0))
  }
}
