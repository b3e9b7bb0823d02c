import LoschmidtReports
import LoschmidtThermodynamics
import Testing

@Suite struct ResultFaultTests {
  private func fault(_ change: (inout ExperimentResult) -> Void) -> ResultFault? {
    var run = sampleRun()
    change(&run.experiments[0])
    do throws(ResultFault) {
      try run.validate()
      return nil
    } catch { return error }
  }

  @Test func aSoundResultPasses() {
    #expect(fault { _ in } == nil)
  }

  @Test(arguments: [Double.nan, .infinity, -.infinity]) func numbersMustBeFinite(value: Double) {
    let place = "of experiment 0 (potentials)"
    #expect(fault { $0.figures[0].value = .exact(value) } == .notFinite(place: "the figure limit.DE[0] \(place)"))
    #expect(
      fault { $0.figures[1].value.standardError = value } == .notFinite(place: "the standard error of mean \(place)"))
    #expect(
      fault { $0.verdicts[0].pValue = value }
        == .notFinite(place: "the p-value of the verdict limit.DE[0] \(place)"))
    #expect(
      fault { $0.tables[0].table.append([.integer(1), .real(value), .text("u"), .integer(0)]) }
        == .notFinite(place: "row 2, column eta of the table forces \(place)"))
  }

  @Test func whatIsMissingNeedsAReason() {
    #expect(
      fault { $0.figures[2].value.reason = nil }?.description.hasSuffix("no value and no reason for that") == true)
    #expect(fault { $0.tables[1].table.append([.missing(reason: ""), .integer(0)]) } != nil)
  }

  @Test func namesMustDiffer() {
    #expect(fault { $0.figures.append($0.figures[0]) }?.description.contains("limit.DE[0]") == true)
    #expect(fault { $0.verdicts.append($0.verdicts[0]) } != nil)
    #expect(fault { $0.tables.append(("forces", Table(columns: []))) } != nil)
    // Different names, but the same file.
    #expect(fault { $0.tables += [("a b", Table(columns: [])), ("a/b", Table(columns: []))] } != nil)
  }
}
