import LoschmidtReports
import Testing

@testable import LoschmidtExperiments

struct FluctuationHistogramTests {
  @Test func theReverseIsTheMirrorImage() throws {
    let values = (0..<1000).map { Double(($0 * 37) % 1000) / 250 - 1.5 }
    let table = try #require(FluctuationHistogram.table(forward: values, reverse: values.map { -$0 }))
    #expect(table.columns.map(\.name) == ["lower", "upper", "forward", "reverse", "forward_se", "reverse_se"])
    #expect(table.columns.map(\.unit) == ["nats", "nats", "1/nats", "1/nats", "1/nats", "1/nats"])
    let rows = table.rows.map { row in
      row.map { cell -> Double in
        if case .real(let value) = cell { value } else { .nan }
      }
    }
    #expect(rows.count == 2 * FluctuationHistogram.binsPerSide)
    for (row, mirror) in zip(rows, rows.reversed()) {
      #expect(row[0] == -mirror[1])
    }
    for row in rows {
      // The binomial error of the share of the bin.
      let (width, share) = (row[1] - row[0], row[2] * (row[1] - row[0]))
      #expect(abs(row[4] * width - (share * (1 - share) / 1000).squareRoot()) < 1e-12)
    }
    // At most one in a thousand values lies outside.
    let mass = rows.reduce(0) { $0 + ($1[1] - $1[0]) * $1[2] }
    #expect(mass > 0.998 && mass < 1 + 1e-12)
  }

  @Test func binsOfTheWorkLieAboutItsValues() throws {
    let values = (0..<1000).map { 100 + Double(($0 * 37) % 1000) / 1000 }
    let table = try #require(FluctuationHistogram.shiftedTable(forward: values, reverse: values, unit: "loss"))
    let edges = table.rows.map { row in if case .real(let value) = row[0] { value } else { Double.nan } }
    #expect(edges.count == 2 * FluctuationHistogram.binsPerSide)
    #expect(edges.allSatisfy { (100...101).contains($0) } && edges == edges.sorted())
    #expect(FluctuationHistogram.shiftedTable(forward: [1], reverse: [1], unit: "loss") == nil)
  }

  @Test func withoutValuesThereIsNone() {
    #expect(FluctuationHistogram.table(forward: [], reverse: [1]) == nil)
  }
}
