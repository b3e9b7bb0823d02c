import LoschmidtTestSupport
import Testing

@testable import LoschmidtExperiments

struct DrawnStartTests {
  /// The equilibrium of ½·2·(x − c)² at c = 0 and T = 1.5 has the variance 0.75.
  @Test func theEquilibriumIsShown() throws {
    let result = try FluctuationCase.result(
      FluctuationCase.trap, "steps: 6\ntrajectories: 100\ninitial: boltzmann\ntheorems: jarzynski")
    #expect(
      result.remarks == [
        "Trajectories start from the equilibrium e^(−U/T)/Z at t = 0, x = normal(0, 0.866025), and not from the initial "
          + "law of the process."
      ])
  }

  @Test func anotherStartNeedsNoRemark() throws {
    #expect(try FluctuationCase.result(FluctuationCase.chain, "steps: 2\ntrajectories: 100").remarks == [])
    let stationary = try FluctuationCase.result(
      FluctuationCase.chain, "steps: 2\ntrajectories: 100\nreverse-initial: stationary")
    #expect(stationary.remarks.first?.hasSuffix("correlated, and not from the initial law of the process.") == true)
  }
}
