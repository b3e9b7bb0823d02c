import Testing

@testable import LoschmidtExperiments

@Suite struct WorkStageTests {
  @Test func aStageEndsWhereTheNextBegins() {
    var log = StageLog()
    log.begin(WorkStage(name: "paths", growth: [.paths]), at: 1)
    log.tell(0.5, at: 2)
    // Threads tell in any order, and never less than before.
    log.tell(0.25, at: 3)
    log.begin(WorkStage(name: "verdicts"), at: 4)
    log.tell(.nan, at: 5)
    log.end(at: 6)
    log.end(at: 7)
    #expect(log.entries.map(\.stage.name) == ["paths", "verdicts"])
    #expect(log.entries.map(\.start) == [1, 4] && log.entries.map(\.end) == [4, 6])
    #expect(log.entries.map(\.told.fraction) == [0.5, 0])
  }
}
