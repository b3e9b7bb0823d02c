import LoschmidtDynamics
import LoschmidtNumerics
import LoschmidtTestSupport
import Testing

@Suite struct SVAGTests {
  @Test func whatItSays() {
    let noise = SVAG(size: 4, substeps: 6)
    #expect(noise.name == "svag" && noise.size == 4 && noise.substeps == 6 && noise.randomness == .hidden)
    #expect(noise.covariance(sampleCount: 9, dimension: 3) == NoiseCovariance(samplingFactor: 1.5))
  }

  /// One step of l = 1 is a step with a minibatch, to the last bit.
  @Test func oneIsTheMinibatch() throws {
    let problem = NoiseModels.problems[1]
    for size in [1, 2, 3] {
      let svag = try NoiseLaw(SVAG(size: size, substeps: 1), problem.text, at: problem.point)
      let batch = try NoiseLaw(Minibatch(size: size), problem.text, at: problem.point)
      #expect(try svag.draw([0, 1, 5], lanes: 8).ends == batch.draw([0, 1, 5], lanes: 8).ends)
    }
  }

  /// The weights of two gradients that are read off: ∇ is 1 or 1000, so that ĝ tells how often each was drawn.
  @Test func theWeightsAreThoseOfThePaper() throws {
    let samples = SampleTable(count: 2, columns: [.init(name: "p", values: [1, 1000])])
    let law = try NoiseLaw(
      SVAG(substeps: 5), ProcessText(["x"], loss: "p*x", samples: samples), at: [0])
    #expect(law.stepSize == 0.2 / 5)
    // √(2l − 1) = 3: weights 2 and −1.
    let values = Set(try law.draw(Array(0..<20), lanes: 8).gradients[0])
    let expected: Set<Double> = [1, 1000, 2 - 1000, 2000 - 1]
    #expect(values == expected)
  }

  /// A step of the process is l steps of η/l, each with its own batches.
  @Test func aStepIsMadeOfSubsteps() throws {
    let problem = NoiseModels.problems[0]
    let point = InitialLaw(problem.point.map { .point($0) })
    let process = try problem.text.process(
      learningRate: Schedule(0.3), gradient: SVAG(size: 2, substeps: 3), initial: point)
    let plan = try SimulationPlan(process, steps: 2)
    let key = StreamKey(seed: 31)
    let block = try TrajectoryBlock(
      plan, start: point, options: PathOptions(), key: key, lanes: 4)
    block.begin(firstTrajectory: 0, count: 4)
    for k in 0..<2 { try block.step(k, draw: k) }
    let field = BlockField(plan.program, lanes: 4)
    let sampler = SVAG(size: 2, substeps: 3).sampler(plan.program, lanes: 4)
    let source = try PhiloxSource(key: key, lanes: 4)
    let (theta, gradient) = (LaneStorage(columns: [problem.point]), LaneStorage(dimension: 2, lanes: 4))
    for draw in 0..<6 {
      sampler.draw(step: draw, from: source)
      sampler.evaluate(field, at: theta.pointer, into: gradient.pointer)
      for k in 0..<8 { theta.pointer[k] = theta.pointer[k].addingProduct(-(0.3 / 3), gradient.pointer[k]) }
    }
    #expect(block.theta.entries == theta.entries)
  }

  @Test func stepsWithoutDensity() throws {
    let problem = NoiseModels.problems[0]
    let cold = try NoiseLaw(SVAG(substeps: 3), problem.text, at: problem.point)
    let warm = try NoiseLaw(SVAG(substeps: 3), problem.text, at: problem.point, temperature: 0.1)
    #expect(try cold.plan.missingDensity() == .deterministicStep)
    #expect(try warm.plan.missingDensity() == nil)
    #expect(try warm.plan.missingMarginalDensity() == .unknownMarginal)
  }
}
