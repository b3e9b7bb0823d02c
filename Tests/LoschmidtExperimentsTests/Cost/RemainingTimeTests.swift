import Testing

@testable import LoschmidtExperiments

/// All times are handed in: nothing here depends on how fast the machine is.
@Suite struct RemainingTimeTests {
  /// A stage with the seconds that it takes, those that were estimated, and whether it tells how far it is.
  private struct Acted {
    let name: String
    let takes: Double
    let estimate: Double
    var tells = true
  }

  /// The time left over the truth at a share of the whole time, the run being looked at a hundred times a second.
  private func ratio(_ stages: [Acted], at share: Double) -> Double {
    var time = RemainingTime()
    time.estimate(Dictionary(uniqueKeysWithValues: stages.map { ($0.name, $0.estimate) }))
    let whole = stages.reduce(0) { $0 + $1.takes }
    let asked = share * whole
    var start = 0.0
    for stage in stages {
      time.begin(WorkStage(name: stage.name), at: start)
      let end = min(asked, start + stage.takes)
      if stage.tells {
        for now in Swift.stride(from: start, through: end, by: 0.01) { time.tell((now - start) / stage.takes, at: now) }
      }
      if asked <= start + stage.takes { return time.left(at: asked) / (whole - asked) }
      start += stage.takes
    }
    return .nan
  }

  /// Paths, verdicts that tell nothing, files, figures.
  private func run(verdicts: Double, busy: Double, paths: Double = 1) -> [Acted] {
    [
      Acted(name: "paths", takes: 20 * busy, estimate: 20 * paths),
      Acted(name: "verdicts", takes: verdicts * busy, estimate: verdicts, tells: false),
      Acted(name: "writing", takes: 2 * busy, estimate: 2, tells: false),
      Acted(name: "figures", takes: 3 * busy, estimate: 3),
    ]
  }

  @Test(arguments: [0.25, 0.5, 0.75], [1.0, 20, 60])
  func rightToAFactorOfTwo(share: Double, verdicts: Double) {
    // Estimates that are right; a machine that is 1.8 times as busy as at the trial, or as much faster; and an ensemble of
    // which 0.6 or 1.7 times of what it takes was estimated.
    for (busy, paths) in [(1.0, 1.0), (1.8, 1), (0.6, 1), (1, 0.6), (1, 1.7)] {
      let ratio = ratio(run(verdicts: verdicts, busy: busy, paths: paths), at: share)
      #expect(ratio > 0.5 && ratio < 2, "verdicts \(verdicts), busy \(busy), paths \(paths): \(ratio)")
    }
  }

  /// The control: who leaves out the verdicts, as a bar of ensembles alone does, is wrong by more than a factor of two.
  @Test func aStageThatIsLeftOutShows() {
    var stages = run(verdicts: 60, busy: 1)
    stages[1] = Acted(name: "verdicts", takes: 60, estimate: 0, tells: false)
    #expect(ratio(stages, at: 0.2) < 0.5)
  }

  /// With exact estimates the time left is exact, whatever the stage.
  @Test func exactEstimatesAreExact() {
    for share in [0.1, 0.3, 0.5, 0.7, 0.9] {
      // The sum of some hundred pieces of a hundredth of a second.
      #expect(abs(ratio(run(verdicts: 20, busy: 1), at: share) - 1) < 1e-3)
    }
  }

  @Test func stagesOfOneNameShareTheirEstimate() {
    var time = RemainingTime()
    time.estimate(["0/charges": 8, "1/paths": 2])
    #expect(time.left(at: 0) == 10)
    for point in 0..<3 { time.begin(WorkStage(name: "0/charges", share: 0.25), at: 2 * Double(point)) }
    time.end(at: 6)
    #expect(abs(time.left(at: 6) - 4) < 1e-12)
    #expect(abs((time.fraction(at: 6) ?? 0) - 0.6) < 1e-12)
    #expect(abs((time.fraction(of: ["0/charges"], at: 6) ?? 0) - 0.75) < 1e-12)
    #expect(time.fraction(of: ["2/none"], at: 6) == nil)
    // What has not begun will not come.
    time.forget("0/")
    #expect(abs(time.left(at: 6) - 2) < 1e-12)
  }

  /// A stage that says nothing and lasts longer than was thought is never said to end at once.
  @Test func anOverdueStageLastsAWhile() {
    var time = RemainingTime()
    time.estimate(["verdicts": 4])
    time.begin(WorkStage(name: "verdicts"), at: 0)
    #expect(time.left(at: 1) == 3 && time.left(at: 8) == 2 && time.left(at: 40) == 10)
    #expect(time.fraction(at: 1) == 0.25)
    #expect((time.fraction(at: 40) ?? 1) < 1)
  }

  @Test func nothingIsKnownOfNothing() {
    let time = RemainingTime()
    #expect(time.fraction(at: 3) == nil && time.left(at: 3) == 0)
  }
}
