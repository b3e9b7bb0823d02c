import Testing

@testable import LoschmidtReports

@Suite struct ExplanationTests {
  @Test(arguments: [
    ("limit.*", "limit.DE[0]", true), ("limit.*", "limit.", false), ("limit.*", "limits.DE", false),
    ("*", "x", true), ("*", "", false), ("a*c*e", "abcde", true), ("a*c*e", "ace", false), ("a*c*e", "abcd", false),
    ("a*b", "abb", true), ("mean", "mean", true), ("mean", "means", false), ("mean", "mea", false),
  ])
  func patterns(pattern: String, name: String, matches: Bool) {
    #expect(NamePattern(pattern).matches(name) == matches)
  }

  @Test func anEntryExplainsNamesOfItsKindAtItsPlaces() {
    let entry = Explanation(
      .number, "limit.X[p]", as: ["limit.*"], in: ["potentials"], "d", formula: "f", unit: "u", convention: "c",
      document: "d", sources: ["s"])
    #expect(entry.explains("limit.X[p]") && entry.explains("limit.TA[3]") && !entry.explains("slope.TA[3]"))
    #expect(entry.explains("limit.TA[3]", .number, in: "potentials"))
    #expect(!entry.explains("limit.TA[3]", .verdict, in: "potentials"))
    #expect(!entry.explains("limit.TA[3]", .number, in: "scaling"))
  }
}
