import LoschmidtExperiments
import Testing

@Suite struct CatalogueTextTests {
  @Test(arguments: Catalogue.Section.allCases) func everyEntryHasItsLine(section: Catalogue.Section) {
    let text = Catalogue.text(of: [section])
    #expect(text.hasPrefix("\(section.rawValue)\n"))
    for entry in Catalogue.entries(in: section) {
      #expect(text.contains("\n  \(entry.name) "))
      #expect(text.contains(entry.summary))
    }
  }

  @Test func linesFitTheScreen() {
    let text = Catalogue.text(of: Catalogue.Section.allCases, width: 60)
    #expect(text.split(separator: "\n").allSatisfy { $0.count <= 60 })
  }

  @Test func laterVersionsAreNamed() {
    #expect(Catalogue.text(of: [.algorithms]).contains("(in a later version)"))
  }
}
