import LoschmidtDynamics
import Testing

@Suite struct MinibatchTests {
  @Test func namesAndDefaults() {
    #expect(Minibatch().size == 1 && Minibatch().sampling == .withReplacement)
    #expect(Minibatch().name == "minibatch" && FullBatch().name == "full-batch")
    #expect(
      Minibatch.Sampling.allCases.map(\.rawValue) == [
        "with-replacement", "without-replacement", "reshuffle", "cyclic",
      ])
    #expect(Minibatch.Sampling.allCases.filter(\.usesEpochs) == [.reshuffle, .cyclic])
  }
}
