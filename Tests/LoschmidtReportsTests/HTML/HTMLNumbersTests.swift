import Testing

@testable import LoschmidtReports

@Suite struct HTMLNumbersTests {
  @Test func everyNumberHasItsErrorOrIsExactOrSaysWhy() throws {
    let html = HTMLNumbers.text([
      ("a", .exact(-2, unit: "nats")), ("b", .estimate(0.5, standardError: 0.1)),
      ("c", .descriptive(7, otherwise: "none")), ("d", .missing("no <density>")),
    ])
    let outline = try #require(XMLOutline(html))
    for part in ["−2", "exact", "0.50 ± 0.10", "7", "describes the sample", "–", "no <density>", "nats"] {
      #expect(outline.text.contains(part))
    }
    #expect(HTMLNumbers.text([]).isEmpty)
  }
}
