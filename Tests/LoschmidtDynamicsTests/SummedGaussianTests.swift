import LoschmidtNumerics
import LoschmidtTestSupport
import Testing

@testable import LoschmidtDynamics

@Suite struct SummedGaussianTests {
  private static let lanes = 8
  private static let text = ProcessText(
    ["u", "w"], loss: "0.5*(a*u + w)^2 + 0.25*u^4", forces: [("u", "w")],
    samples: SampleTable(count: 3, columns: [.init(name: "a", values: [0.5, -1, 2])]))

  private func gradient(_ noise: any GradientNoise, step: Int) throws -> LaneStorage {
    let program = try Self.text.program()
    let sampler = noise.sampler(program, lanes: Self.lanes)
    let source = try RandomGenerator.Algorithm.philox.source(key: StreamKey(seed: 3), lanes: Self.lanes)
    var random = TestRandom(seed: 4)
    let theta = LaneStorage(dimension: 2, lanes: Self.lanes, random: &random)
    let result = LaneStorage(dimension: 2, lanes: Self.lanes)
    sampler.draw(step: step, from: source)
    sampler.evaluate(BlockField(program, lanes: Self.lanes), at: theta.pointer, into: result.pointer)
    return result
  }

  /// The noise of p parts is the mean of the noises at their steps, times √p.
  @Test(arguments: [1, 2, 6]) func thePartsAddUp(parts: Int) throws {
    let step = 5
    let full = try gradient(FullBatch(), step: 0)
    var expected = full.entries
    for part in 0..<parts {
      let one = try gradient(MatchedGaussian(size: 2), step: step * parts + part)
      for k in expected.indices { expected[k] += (one.pointer[k] - full.pointer[k]) / Double(parts).squareRoot() }
    }
    let found = try gradient(SummedGaussian(size: 2, parts: parts), step: step)
    // Sums of at most 6 numbers below 10, of a dozen roundings each.
    #expect(zip(found.entries, expected).allSatisfy { abs($0 - $1) <= 72 * 10 * Double.ulpOfOne })
  }

  @Test func theCovarianceIsThatOfBatches() {
    let noise = SummedGaussian(size: 4, parts: 2)
    #expect(noise.covariance(sampleCount: 3, dimension: 2) == NoiseCovariance(samplingFactor: 0.25))
    #expect(noise.randomness == .hidden && noise.substeps == 1)
  }
}
