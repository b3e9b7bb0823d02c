import LoschmidtDynamics
import Testing

@testable import LoschmidtExperiments

struct EnsembleDecodingTests {
  @Test func aScheduleThatLeavesItsRangeIsRefused() {
    let process = FluctuationCase.chain.replacing("learning-rate: 1}", with: "learning-rate: 1 - 0.2*step}")
    let text = FluctuationCase.text(process, "steps: 8\ntrajectories: 10")
    let messages = Scenario.read(bytes: Array(text.utf8), path: "s.yaml").diagnostics.map(\.message)
    #expect(
      messages == [
        "'fluctuation-theorem' cannot run: 'learning-rate' is -0.20000000000000018 at step 6, and must be finite and >= 0 "
          + "at every step"
      ])
  }

  @Test func everyMissingDensityHasAWayOut() {
    let all: [MissingDensity] = [
      .deterministicStep, .singularNoise, .noiselessStep(3), .tooManyBatches(limit: 10), .dependentBatches,
    ]
    for missing in all { #expect(missing.sentence.contains("; ")) }
  }
}
