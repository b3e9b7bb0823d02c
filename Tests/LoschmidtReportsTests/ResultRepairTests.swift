import LoschmidtThermodynamics
import Testing

@testable import LoschmidtReports

@Suite struct ResultRepairTests {
  @Test func soundResultsStayAsTheyAre() throws {
    let run = sampleRun()
    let (result, faults) = run.repaired()
    #expect(faults.isEmpty)
    #expect(try ResultsJSON.document(result) == ResultsJSON.document(run))
  }

  /// Every rule of results broken at once: what comes out keeps them all, and each place is told.
  @Test func whatBreaksARuleBecomesMissingWithAReason() throws {
    var run = sampleRun()
    var experiment = ExperimentResult(kind: "broken")
    experiment.figures = [
      ("infinite", .exact(.infinity)), ("error", .estimate(1, standardError: .nan)), ("silent", .missing("")),
      ("sound", .exact(2)), ("sound", .exact(3)),
    ]
    var table = Table(columns: [.init("a"), .init("a"), .init("b")])
    table.append([.real(1), .real(-.infinity), .missing(reason: "")])
    experiment.tables = [("t/1", table), ("t_1", table)]
    experiment.verdicts = [
      Verdict(name: "v", claim: "v: c", status: .pass, statistic: .nan, estimate: 1, reason: "because")
    ]
    experiment.samples = [
      SampleArray(
        name: "R", about: "R.", unit: nil, shape: [3, 2], leftOut: 1, values: [1, 2, 3, .nan, 5, 6])
    ]
    run.experiments.append(experiment)
    #expect(throws: ResultFault.self) { try run.validate() }

    let (result, faults) = run.repaired()
    try result.validate()
    _ = try ResultsJSON.document(result)
    let mended = try #require(result.experiments.last)
    #expect(mended.figures.map(\.name) == ["infinite", "error", "silent", "sound", "sound-2"])
    #expect(mended.figures.map(\.value.value) == [nil, nil, nil, 2, 3])
    #expect(mended.figures.prefix(3).allSatisfy { $0.value.reason?.hasPrefix("a fault of the program") == true })
    #expect(mended.tables.map(\.name) == ["t/1", "t_1-2"])
    #expect(mended.tables[0].table.columns.map(\.name) == ["a", "a-2", "b"])
    let row = mended.tables[0].table.rows[0]
    #expect(row[0] == .real(1))
    for cell in row.dropFirst() {
      guard case .missing(let reason) = cell else {
        Issue.record("a cell is \(cell)")
        continue
      }
      #expect(reason.hasPrefix("a fault of the program"))
    }
    // What was decided on a number that is none is not decided.
    #expect(mended.verdicts[0].status == .undecided && mended.verdicts[0].statistic == nil)
    #expect(mended.verdicts[0].estimate == 1 && mended.verdicts[0].reason.hasPrefix("because; a fault"))
    #expect(mended.samples[0].values == [1, 2, 5, 6] && mended.samples[0].shape == [2, 2])
    #expect(mended.samples[0].leftOut == 2)
    // 3 figures, their repeated name, 2 × (column, 2 cells), the file, the verdict, the samples.
    #expect(faults.count == 3 + 1 + 6 + 1 + 1 + 1)
    let place = "the figure infinite of experiment \(run.experiments.count - 1) (broken)"
    #expect(faults.contains(.notFinite(place: place)))
  }
}
