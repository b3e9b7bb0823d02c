import Testing

@testable import LoschmidtExperiments

@Suite struct CommaSlipTests {
  private func slip(_ expression: String, _ mended: String, at place: String) -> String {
    "s.yaml:\(place): error: inside braces and brackets a comma ends a value, so '\(expression)' falls apart here; "
      + "quote it: \(mended)"
  }

  @Test func inAMap() {
    let process = goodProcess.replacing("{u: 1.3, w: 0.4}", with: "{u: normal(0, 1), w: uniform(min(0, 1), 2)}")
    let found = report(scenario(process: process, potentials: "at: {u: 1, w: 2}\nlearning-rates: [0.1]"))
    #expect(
      found == slip("normal(0, 1)", "u: \"normal(0, 1)\"", at: "4:29") + "\n"
        + slip("uniform(min(0, 1), 2)", "w: \"uniform(min(0, 1), 2)\"", at: "4:51"))
  }

  @Test func inAList() {
    let process = goodProcess.replacing("{u: 1.3, w: 0.4}", with: "{u: [max(1, 2), 2], w: 0.4}")
      .replacing("u*w*x", with: "sum(u)*w*x")
    #expect(report(scenario(process: process)) == slip("max(1, 2)", "\"max(1, 2)\"", at: "4:27"))
  }

  @Test func quotedTextIsNoSlip() throws {
    _ = try good(scenario(process: goodProcess.replacing("u: 1.3", with: "u: \"max(1, 2)\"")))
  }

  @Test func aParenthesisThatStaysOpenIsReportedAsSuch() {
    #expect(
      report(scenario(process: goodProcess.replacing("u: 1.3", with: "u: max(1")))
        == "s.yaml:4:22: error: in 'u': this '(' is never closed")
  }
}
