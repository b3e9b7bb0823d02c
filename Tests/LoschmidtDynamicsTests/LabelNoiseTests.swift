import LoschmidtDynamics
import LoschmidtNumerics
import LoschmidtTestSupport
import Testing

@Suite struct LabelNoiseTests {
  @Test func whatItSays() {
    let noise = LabelNoise(column: "y", standardDeviation: 0.6, size: 4)
    #expect(noise.name == "label-noise" && noise.randomness == .hidden)
    let label = NoiseCovariance.Label(column: "y", variance: 0.6 * 0.6 / 4)
    #expect(noise.covariance(sampleCount: 9, dimension: 3) == NoiseCovariance(samplingFactor: 0.25, label: label))
    #expect(noise.batchLaw(sampleCount: 9, limit: 100) == nil)
  }

  /// The loss y·x has the gradient mean (y_i + sε): the indices and the normal numbers of the source, in this order.
  @Test func everyElementHasNoiseOfItsOwn() throws {
    let columns = [
      SampleTable.Column(name: "z", shape: .vector(3), values: [Double](repeating: 1, count: 12)),
      SampleTable.Column(name: "y", shape: .vector(2), values: [1, 2, 3, 4, 5, 6, 7, 8]),
    ]
    let text = ProcessText(
      ["u", "w"], loss: "(u - w)*sum(z) + sum(y)*u + dot(y, y)*0*w", samples: SampleTable(count: 4, columns: columns))
    let program = try text.program()
    let sampler = LabelNoise(column: "y", standardDeviation: 0.5, size: 3).sampler(program, lanes: 4)
    let source = try PhiloxSource(key: StreamKey(seed: 2), lanes: 4)
    let theta = LaneStorage(dimension: 2, lanes: 4)
    let result = LaneStorage(dimension: 2, lanes: 4)
    sampler.draw(step: 3, from: source)
    sampler.evaluate(BlockField(program, lanes: 4), at: theta.pointer, into: result.pointer)
    let batch = source.indices(below: 4, count: 3, step: 3)
    let normals = LaneStorage(dimension: 6, lanes: 4)
    source.normals(.gradientNoise, step: 3, into: normals.pointer, dimension: 6)
    for lane in 0..<4 {
      let sums = (0..<3).map { b in
        let sample = Int(batch[4 * b + lane])
        return Double(4 * sample + 3) + 0.5 * (normals[2 * b, lane] + normals[2 * b + 1, lane])
      }
      // Sums of a dozen numbers below 20.
      #expect(abs(result[0, lane] - 3 - sums.reduce(0, +) / 3) <= 12 * 20 * Double.ulpOfOne)
      #expect(abs(result[1, lane] + 3) <= 4 * Double.ulpOfOne)
    }
  }

  /// Without a heat bath a path with its batches has no reverse.
  @Test func stepsWithoutDensity() throws {
    let problem = NoiseModels.problems[0]
    func plan(_ temperature: Double) throws -> SimulationPlan {
      try NoiseLaw(
        LabelNoise(column: "y", standardDeviation: 1), problem.text, at: problem.point, temperature: temperature
      ).plan
    }
    #expect(try plan(0).missingDensity() == .deterministicStep)
    #expect(try plan(0.1).missingDensity() == nil)
    #expect(try plan(0.1).missingMarginalDensity() == .unknownMarginal)
  }
}
