import Testing

@testable import LoschmidtExperiments

@Suite struct RelaxationSettingsTests {
  @Test func aboutAHundredRecordsUnlessToldOtherwise() {
    func every(_ steps: Int) -> Int {
      RelaxationSettings(ensemble: EnsembleSettings(trajectories: 2, steps: steps)).every
    }
    #expect(every(1) == 1 && every(100) == 1 && every(101) == 2 && every(10_000) == 100)
    let settings = RelaxationSettings(ensemble: EnsembleSettings(trajectories: 2, steps: 50), every: 7)
    #expect(settings.every == 7 && settings.statisticalVerdicts == 0)
  }
}
