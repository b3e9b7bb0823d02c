import LoschmidtReports
import Testing

@testable import LoschmidtExperiments

@Suite struct PointAnalysisTests {
  private func result(_ loss: String, _ settings: String = "learning-rates: [0.01]", x: Double = 1) throws
    -> ExperimentResult
  {
    let process = "parameters: {x: \(x)}\nloss: \(loss)\nalgorithm: {gradient-descent: {learning-rate: 0.1}}"
    return try potentialsExperiment(settings, process: process).run(RunContext(seed: 1))
  }

  @Test func aCriticalPointIsUndecided() throws {
    let result = try result("x^2", x: 0)
    #expect(result.verdicts.count == 5)
    #expect(result.verdicts.allSatisfy { $0.status == .undecided && $0.reason.hasPrefix("critical point: ") })
    for (name, value) in result.figures where name.hasPrefix("limit.") {
      #expect(value.value == nil && value.reason?.hasPrefix("critical point: ") == true)
    }
  }

  @Test func aPointOutsideTheDomainSaysSo() throws {
    let result = try result("x^1.5", x: 0)
    #expect(result.verdicts.allSatisfy { $0.status == .undecided && $0.reason.contains("not finite") })
  }

  @Test func verdictsCarryTheirNumbers() throws {
    let result = try result("x^4", "learning-rates: [0.001]\nclaim: mine")
    for verdict in result.verdicts {
      #expect(verdict.status == .pass && verdict.expected == 1 && verdict.margin == 1e-3 && verdict.note == "mine")
      #expect(abs((try #require(verdict.estimate)) - 1) < 1e-6 && verdict.claim.hasPrefix(verdict.name + ": "))
      #expect(verdict.reason.contains("together within the margin 0.001"))
    }
    let eigenvalue = try #require(result.figures.first { $0.name == "largest-eigenvalue[0]" }?.value.value)
    #expect(abs(eigenvalue - 12) < 1e-12)
    #expect(result.remarks.contains { $0.contains("DE exists for η < 0.0833") })
  }

  /// A margin that no extrapolation meets is not a pass: the rule compares with limit and error together.
  @Test func aMarginBelowTheErrorIsUndecidedOrFails() throws {
    let result = try result("x^4", "learning-rates: [0.001]\nmargin: 1e-30")
    #expect(result.verdicts.contains { $0.status != .pass })
    #expect(result.verdicts.allSatisfy { $0.status != .pass || $0.estimate == 1 })
  }
}
