import Foundation
import Testing

@testable import LoschmidtReports

@Suite struct ExplanationTextTests {
  private let entry = Explanation(
    .number, "n", in: ["potentials", "scaling"], "What it is.", formula: "n = 1", unit: "nats", convention: "per step",
    document: "docs/x.md", sources: ["jarzynski1997"])

  @Test func everythingKnownIsThere() {
    #expect(
      ExplanationText.document([entry]) == """
        n: number, in the experiments potentials, scaling
          definition  What it is.
          formula     n = 1
          unit        nats
          convention  per step
          derivation  docs/x.md
          source      Christopher Jarzynski, “Nonequilibrium equality for free energy differences”, Physical
                      Review Letters 78, 2690 (1997). https://doi.org/10.1103/PhysRevLett.78.2690

        """)
  }

  @Test func jsonHasTheSameFields() throws {
    let data = Data(ExplanationText.json(Explanations.all).utf8)
    let objects = try #require(try JSONSerialization.jsonObject(with: data) as? [[String: Any]])
    #expect(objects.count == Explanations.all.count)
    for (object, entry) in zip(objects, Explanations.all) {
      #expect(object["name"] as? String == entry.name && object["formula"] as? String == entry.formula)
      #expect((object["sources"] as? [[String: Any]])?.compactMap { $0["key"] as? String } == entry.sources)
    }
  }

  @Test(arguments: [40, 60, 80]) func linesKeepTheWidth(width: Int) {
    // A word of its own may be longer, such as an address.
    for text in [ExplanationText.document(Explanations.all, width: width), ExplanationText.list(width: width)] {
      for line in text.split(separator: "\n") where line.count > width {
        #expect(line.drop { $0 == " " }.split(separator: " ").count <= 2, "\(line)")
      }
    }
  }

  @Test func theListHasEveryName() {
    let list = ExplanationText.list(width: 100).split { " \n,".contains($0) }.map(String.init)
    for entry in Explanations.all {
      for word in entry.name.split(whereSeparator: { " ,".contains($0) }) {
        #expect(list.contains(String(word)), "\(word) of \(entry.name)")
      }
    }
  }
}
