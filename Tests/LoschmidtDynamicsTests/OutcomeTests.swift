import LoschmidtDynamics
import LoschmidtNumerics
import LoschmidtTestSupport
import Testing

private final class NoObserver: BlockObserver {
  func finish(_ block: TrajectoryBlock) -> Int { block.soundLanes.count }
}

@Suite struct OutcomeTests {
  @Test func divergencesAreCountedAndListed() throws {
    let process = try ProcessText(["x"], loss: "-x^4").process(
      learningRate: Schedule(0.5), temperature: .bath(1))
    let ensemble = Ensemble(
      try SimulationPlan(process, steps: 60), start: process.initialLaw, key: StreamKey(seed: 3), trajectories: 300,
      steps: 60)
    let result = try ensemble.run { NoObserver() }
    #expect(result.trajectories == 300)
    // Nothing is dropped: what is sound and what diverged adds up.
    #expect(result.partials.reduce(0, +) + result.divergedCount == 300 && result.divergedCount > 100)
    #expect(result.divergences.count == EnsembleResult<Int>.listLimit)
    #expect(result.divergences.map(\.trajectory) == result.divergences.map(\.trajectory).sorted())
    #expect(result.divergences.allSatisfy { (0..<60).contains($0.step) })
  }
}
