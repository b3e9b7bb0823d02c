import LoschmidtDynamics
import LoschmidtNumerics
import LoschmidtTestSupport
import Testing

@Suite struct IsotropicTests {
  @Test func whatItSays() {
    let given = Isotropic(.standardDeviation(0.5))
    #expect(given.name == "isotropic" && given.randomness == .partOfStep)
    #expect(given.additiveCovariance(dimension: 2) == .diagonal([0.25, 0.25]))
    #expect(given.covariance(sampleCount: 5, dimension: 2) == NoiseCovariance(constant: .diagonal([0.25, 0.25])))
    let matched = Isotropic(.size(4))
    #expect(matched.randomness == .integrated && matched.additiveCovariance(dimension: 2) == nil)
    #expect(matched.covariance(sampleCount: 5, dimension: 2) == NoiseCovariance(traceFactor: 0.125))
  }

  /// ĝ − ∇L = √(tr C/(Bd)) z with the normal numbers of the source.
  @Test func theNoiseHasTheTraceOfBatches() throws {
    let problem = NoiseModels.problems[1]
    let program = try problem.text.program()
    let field = BlockField(program, lanes: 4)
    let sampler = Isotropic(.size(3)).sampler(program, lanes: 4)
    let source = try PhiloxSource(key: StreamKey(seed: 2), lanes: 4)
    let theta = LaneStorage(columns: [problem.point])
    let (result, full) = (LaneStorage(dimension: 2, lanes: 4), LaneStorage(dimension: 2, lanes: 4))
    sampler.draw(step: 5, from: source)
    sampler.evaluate(field, at: theta.pointer, into: result.pointer)
    field.gradient(at: theta.pointer, into: full.pointer)
    let normals = LaneStorage(dimension: 2, lanes: 4)
    source.normals(.gradientNoise, step: 5, into: normals.pointer, dimension: 2)
    let trace = try NoiseCovariance(samplingFactor: 1).matrix(problem.text, at: problem.point).trace
    for k in 0..<8 {
      let expected = full.pointer[k] + (trace / 6).squareRoot() * normals.pointer[k]
      // A dozen sums of numbers below 10.
      #expect(abs(result.pointer[k] - expected) <= 12 * 10 * Double.ulpOfOne)
    }
  }

  @Test func stepsWithoutDensity() throws {
    func missing(_ strength: Isotropic.Strength, samples: Int, temperature: Double = 0) throws -> MissingDensity? {
      let column = SampleTable.Column(name: "a", values: (0..<samples).map { Double($0) })
      let text = ProcessText(
        ["x", "y"], loss: "(x + y - a)^2", samples: SampleTable(count: samples, columns: [column]))
      let process = try text.process(temperature: .bath(temperature), gradient: Isotropic(strength))
      return try SimulationPlan(process, steps: 1).missingDensity()
    }
    #expect(try missing(.standardDeviation(1), samples: 1) == nil)
    #expect(try missing(.size(1), samples: 2) == nil)
    #expect(try missing(.size(1), samples: 1) == .deterministicStep)
    #expect(try missing(.size(1), samples: 1, temperature: 0.1) == nil)
  }
}
