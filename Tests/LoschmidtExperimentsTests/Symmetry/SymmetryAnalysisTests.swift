import LoschmidtReports
import LoschmidtThermodynamics
import Testing

@testable import LoschmidtExperiments

@Suite struct SymmetryAnalysisTests {
  @Test func lossesThatEndOnTheOrbitSayWhere() throws {
    let process = """
      parameters: {x: 2.5}
      loss: log(3 - x)
      algorithm: {gradient-descent: {learning-rate: 0.05}}
      """
    let result = try symmetryResult("{shift: {x: x + s}}", process: process)
    let figure = try #require(result.found("invariance.shift"))
    #expect(figure.value == nil && figure.reason?.hasPrefix("the loss is not finite at s = ") == true)
    let verdict = try #require(result.decided("invariance.shift"))
    #expect(verdict.status == .fail && verdict.estimate == nil && verdict.reason.contains("the loss is not finite"))
  }

  @Test func whereNothingIsSelectedTheReasonIsThere() throws {
    let process = """
      parameters: {u: 1, w: 0}
      loss: u*exp(w)
      algorithm: {gradient-descent: {learning-rate: 0.05}}
      """
    let result = try symmetryResult("{g: {u: u*exp(s), w: w - s}}", process: process)
    #expect(result.verdicts.map(\.status) == [.pass, .pass])
    #expect(result.found("balanced.g")?.reason == "φ still falls at s = 16, where the search ends")
    #expect(
      result.remarks == [
        "φ of 'g' falls towards s > 0; there is no balanced point: φ still falls at s = 16, where the search ends."
      ])
    #expect(result.found("charge-drift.g")?.reason?.contains("not linear") == true)
  }

  @Test func gradientsThatVanishDecideNothing() throws {
    let process = rescalingProcess.replacing(
      "x: [1, -0.5, 2, 0.3], y: [0.8, -0.1, 1.7, 0.4]", with: "x: [1, 2], y: [0.75, 1.5]")
    let result = try symmetryResult(
      "{g: {u: u*exp(s), w: w*exp(-s)}}", process: process, more: "\n      at: {u: 1.5, w: 0.5}\n      claim: They fit."
    )
    #expect(result.verdicts.map(\.status) == [.pass, .undecided, .undecided])
    #expect(result.verdicts.last?.reason.contains("every gradient of the") == true)
    #expect(result.verdicts.allSatisfy { $0.note == "They fit." })
    #expect(result.found("balanced.g")?.reason == "the gradients of all draws vanish at the point")
    #expect(result.found("charge-drift.g")?.value == 0)
  }
}
