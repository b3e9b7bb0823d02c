import LoschmidtDynamics
import LoschmidtNumerics
import Testing

@testable import LoschmidtExperiments

@Suite struct PotentialsBuildingTests {
  @Test func drawsOfTheGradientNoises() {
    #expect(FullBatch().batchLaw(sampleCount: 4, limit: 10) == nil)
    let schemes: [(Minibatch.Sampling, DrawSet.Scheme)] = [
      (.withReplacement, .withReplacement(size: 2)), (.withoutReplacement, .withoutReplacement(size: 2)),
      (.reshuffle, .withoutReplacement(size: 2)), (.cyclic, .cyclic(size: 2)),
    ]
    for (sampling, scheme) in schemes {
      let draws = Minibatch(size: 2, sampling: sampling).batchLaw(sampleCount: 4, limit: 10)
      #expect(draws?.scheme == scheme)
      #expect(draws?.sampleCount == 4)
      #expect(draws?.outcomes != nil)
    }
  }

  @Test func metricsOfPreconditioners() throws {
    #expect(try Preconditioner.identity.metric() == .identity)
    #expect(try Preconditioner.diagonal([2, 3]).metric() == .diagonal([2, 3]))
    let metric = try Preconditioner.matrix([4, 2, 2, 5], dimension: 2).metric()
    #expect(metric == .factored(lower: [2, 0, 1, 2], dimension: 2))
    #expect(throws: GSLError.self) { try Preconditioner.matrix([1, 2, 2, 1], dimension: 2).metric() }
  }
}
