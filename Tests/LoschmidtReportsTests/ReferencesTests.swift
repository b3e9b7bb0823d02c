import LoschmidtThermodynamics
import Testing

@testable import LoschmidtReports

@Suite struct ReferencesTests {
  @Test func keysDiffer() {
    #expect(References.all.map(\.key).distinct.count == References.all.count)
  }

  @Test(arguments: References.all) func everyEntryIsWhole(reference: Reference) throws {
    #expect(!reference.authors.isEmpty && !reference.title.isEmpty && !reference.topics.isEmpty)
    #expect(reference.authors.allSatisfy { $0.split(separator: ", ").count == 2 })
    #expect(reference.address != nil)
    #expect((reference.place == nil) == (reference.kind == .preprint))
    if reference.kind == .preprint { #expect(reference.arXiv != nil) }
    if reference.kind == .article { #expect(reference.volume != nil && reference.pages != nil) }
    let year = try #require(reference.year)
    #expect((1900...2100).contains(year) && reference.key.hasSuffix(String(year)))
    if let doi = reference.doi { #expect(doi.hasPrefix("10.") && doi.contains("/")) }
    if let arXiv = reference.arXiv { #expect(arXiv.split(separator: ".").map(\.count) == [4, 5]) }
  }

  @Test func whatWasUsedIsCited() {
    var run = sampleRun()
    run.experiments = [ExperimentResult(kind: "fluctuation-theorem")]
    run.experiments[0].verdicts = [Verdict(name: "crooks", claim: "crooks: c", status: .pass, reason: "r")]
    run.subject.topics = ["svag"]
    #expect(References.used(by: run).map(\.key) == ["ziyin2026", "seifert2012", "crooks1999", "li2021"])
    run.experiments[0].verdicts[0].pValue = 0.5
    #expect(References.used(by: run).map(\.key).contains("schuirmann1987"))
  }
}
