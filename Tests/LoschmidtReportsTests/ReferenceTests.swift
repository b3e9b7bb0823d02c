import Testing

@testable import LoschmidtReports

@Suite struct ReferenceTests {
  @Test func aCitationInOneLine() throws {
    let first = try #require(References.all.first)
    #expect(
      first.citation
        == "Liu Ziyin, Yuanjie Ren, Adam Levine and Isaac Chuang, “Thermodynamic Irreversibility of Training Algorithms”, "
        + "arXiv:2605.21933 (2026).")
    #expect(first.address == "https://arxiv.org/abs/2605.21933")
  }

  @Test func aJournalHasItsVolumeAndFirstPage() throws {
    let jarzynski = try #require(References.named("jarzynski1997"))
    #expect(jarzynski.address == "https://doi.org/10.1103/PhysRevLett.78.2690")
    #expect(
      jarzynski.citation
        == "Christopher Jarzynski, “Nonequilibrium equality for free energy differences”, "
        + "Physical Review Letters 78, 2690 (1997).")
  }

  @Test func articlesThatBeginAtPageOneHaveTheirNumber() throws {
    let mandt = try #require(References.named("mandt2017"))
    #expect(mandt.published == "Journal of Machine Learning Research 18(134), 1")
  }

  @Test func aProgramHasItsVersionAndNoYear() {
    #expect(
      References.loschmidt.citation
        == "The Loschmidt maintainers, “Loschmidt: stochastic thermodynamics of training algorithms”, "
        + "version \(Version.current).")
    #expect(References.loschmidt.address == nil)
  }
}
