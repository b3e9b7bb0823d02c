import LoschmidtDynamics
import LoschmidtNumerics
import LoschmidtTestSupport
import Testing

@Suite struct MatchedGaussianTests {
  @Test func whatItSays() {
    let noise = MatchedGaussian(size: 4)
    #expect(noise.name == "gaussian" && noise.size == 4 && MatchedGaussian().size == 1)
    #expect(noise.randomness == .integrated && noise.substeps == 1)
    #expect(noise.covariance(sampleCount: 9, dimension: 3) == NoiseCovariance(samplingFactor: 0.25))
    #expect(noise.additiveCovariance(dimension: 3) == nil && noise.batchLaw(sampleCount: 9, limit: 10) == nil)
    #expect(noise.isReversalInvariant(sampleCount: 9, steps: 5))
  }

  /// ĝ − ∇L = Σ_i z_i(g_i − ḡ)/√(BN) with the normal numbers of the source.
  @Test func theNoiseIsASumOverTheSamples() throws {
    let problem = NoiseModels.problems[0]
    let program = try problem.text.program()
    let field = BlockField(program, lanes: 4)
    let sampler = MatchedGaussian(size: 3).sampler(program, lanes: 4)
    let source = try PhiloxSource(key: StreamKey(seed: 2), lanes: 4)
    let theta = LaneStorage(columns: [problem.point])
    let (result, full) = (LaneStorage(dimension: 2, lanes: 4), LaneStorage(dimension: 2, lanes: 4))
    sampler.draw(step: 5, from: source)
    sampler.evaluate(field, at: theta.pointer, into: result.pointer)
    field.gradient(at: theta.pointer, into: full.pointer)
    let normals = LaneStorage(dimension: 8, lanes: 4)
    source.normals(.gradientNoise, step: 5, into: normals.pointer, dimension: 8)
    var expected = full.entries
    for i in 0..<8 {
      let one = LaneStorage(dimension: 2, lanes: 4)
      field.gradient(ofSample: i, at: theta.pointer, into: one.pointer)
      for k in 0..<8 { expected[k] += normals[i, k % 4] * (one.pointer[k] - full.pointer[k]) / 24.0.squareRoot() }
    }
    // A dozen sums of numbers below 10.
    #expect(zip(result.entries, expected).allSatisfy { abs($0 - $1) <= 12 * 10 * Double.ulpOfOne })
  }

  @Test func stepsWithoutDensity() throws {
    func missing(
      _ dimension: Int, samples: Int, temperature: Double = 0, preconditioner: Preconditioner = .identity
    ) throws -> MissingDensity? {
      var text = ProcessText([], loss: "sum(x*x)*a")
      text.parameters = [("x", .vector(dimension))]
      text.samples = SampleTable(
        count: samples, columns: [.init(name: "a", values: (0..<samples).map { Double($0) })])
      let process = try text.process(temperature: .bath(temperature), gradient: MatchedGaussian())
      return try SimulationPlan(process, steps: 1).missingDensity()
    }
    #expect(try missing(2, samples: 3) == nil)
    #expect(try missing(2, samples: 2) == .fewSamples(count: 2, dimension: 2))
    #expect(try missing(2, samples: 1, temperature: 0.1) == nil)
    #expect(try missing(129, samples: 3, temperature: 0.1) == .dimension(limit: 128))
  }
}
