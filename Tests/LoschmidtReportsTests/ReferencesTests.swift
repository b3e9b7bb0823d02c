import LoschmidtThermodynamics
import Testing

@testable import LoschmidtReports

@Suite struct ReferencesTests {
  @Test func keysDifferAndEveryEntryIsWhole() {
    #expect(References.all.map(\.key).distinct.count == References.all.count)
    for reference in References.all {
      #expect(!reference.authors.isEmpty && !reference.title.isEmpty && !reference.topics.isEmpty, "\(reference.key)")
      #expect(reference.doi != nil || reference.arXiv != nil, "\(reference.key)")
      #expect(reference.published != nil || reference.arXiv != nil, "\(reference.key)")
      #expect((1900...2100).contains(reference.year))
    }
  }

  @Test func aCitationInOneLine() throws {
    let first = try #require(References.all.first)
    #expect(
      first.citation
        == "Liu Ziyin, Yuanjie Ren, Adam Levine and Isaac Chuang, “Thermodynamic Irreversibility of Training Algorithms”, "
        + "arXiv:2605.21933 (2026).")
    #expect(first.address == "https://arxiv.org/abs/2605.21933")
    let jarzynski = try #require(References.all.first { $0.key == "jarzynski1997" })
    #expect(jarzynski.address == "https://doi.org/10.1103/PhysRevLett.78.2690")
  }

  @Test func whatWasUsedIsCited() {
    var run = sampleRun()
    run.experiments = [ExperimentResult(kind: "fluctuation-theorem")]
    run.experiments[0].verdicts = [Verdict(name: "crooks", claim: "crooks: c", status: .pass, reason: "r")]
    run.subject.topics = ["svag"]
    let keys = References.used(by: run).map(\.key)
    #expect(keys == ["ziyin2026", "seifert2012", "crooks1999", "li2021"])
  }
}
