import Foundation
import LoschmidtThermodynamics
import Testing

@testable import LoschmidtReports

@Suite struct HTMLVerdictsTests {
  private func run(_ statuses: [VerdictStatus]) -> RunResult {
    var run = sampleRun()
    run.experiments[0].verdicts = statuses.enumerated().map { number, status in
      Verdict(name: "v\(number)", claim: "v\(number): claim <b>", status: status, estimate: 1, reason: "because & so")
    }
    return run
  }

  @Test func failuresComeFirst() throws {
    let html = HTMLVerdicts.text(run([.pass, .undecided, .fail]))
    let outline = try #require(XMLOutline(html))
    let places = try ["v2: claim <b>", "v1: claim <b>", "v0: claim <b>"].map {
      try #require(outline.text.range(of: $0)).lowerBound
    }
    #expect(places == places.sorted())
    #expect(outline.text.contains("because & so"))
    #expect(outline.text.contains("estimate\u{a0}1\u{a0}(exact)"))
    #expect(HTMLVerdicts.summary(run([.pass, .pass, .fail])).contains("2 <span class=\"status pass\">pass</span>"))
  }

  @Test func manyPassesAreFoldedAndNoneIsLost() throws {
    let html = HTMLVerdicts.text(run(Array(repeating: .pass, count: 20)))
    let outline = try #require(XMLOutline("<div>\(html)</div>"))
    #expect(outline.elements.filter { $0 == "li" }.count == 20)
    #expect(outline.text.contains("8 more pass"))
  }

  @Test func withoutVerdictsItSaysSo() {
    var run = sampleRun()
    run.experiments[0].verdicts = []
    #expect(HTMLVerdicts.text(run).contains("decides nothing"))
  }
}
