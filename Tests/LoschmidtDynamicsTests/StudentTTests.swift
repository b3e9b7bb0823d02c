import Foundation
import LoschmidtDynamics
import LoschmidtNumerics
import LoschmidtTestSupport
import Testing

@Suite struct StudentTTests {
  @Test func whatItSays() throws {
    let noise = StudentT(size: 4, degreesOfFreedom: 3.5)
    #expect(noise.name == "student-t" && noise.size == 4 && noise.degreesOfFreedom == 3.5)
    #expect(noise.randomness == .integrated)
    #expect(noise.covariance(sampleCount: 9, dimension: 3) == NoiseCovariance(samplingFactor: 0.25))
  }

  /// All coordinates share one χ²: whitened noise in the plane has the radius of the t law, P(q ≤ x) = 1 − (1 + x/(ν −
  /// 2))^(−ν/2).
  @Test func coordinatesShareTheirTail() throws {
    let problem = NoiseModels.problems[0]
    let nu = 3.0
    let law = try NoiseLaw(StudentT(degreesOfFreedom: nu), problem.text, at: problem.point)
    let gradients = law.gradients(try law.draw(Array(0..<40), lanes: 256))
    let full = law.fullGradient()
    let covariance = try NoiseCovariance(samplingFactor: 1).matrix(problem.text, at: problem.point)
    let cholesky = try Cholesky(matrix: covariance.entries, dimension: 2)
    let shares = try gradients[0].indices.map { k in
      let whitened = try cholesky.solveLower([gradients[0][k] - full[0], gradients[1][k] - full[1]])
      return 1 - pow(1 + whitened.reduce(0) { $0 + $1 * $1 } / (nu - 2), -nu / 2)
    }.sorted()
    let count = Double(shares.count)
    let distance = shares.enumerated().map { abs($1 - (Double($0) + 0.5) / count) }.max() ?? 1
    // Dvoretzky, Kiefer, Wolfowitz and Massart at a false alarm of 10⁻⁶, and half a step.
    #expect(distance <= (log(2e6) / (2 * count)).squareRoot() + 0.5 / count)
  }

  @Test func stepsWithoutDensity() throws {
    let problem = NoiseModels.problems[0]
    func missing(temperature: Double) throws -> MissingDensity? {
      try NoiseLaw(StudentT(degreesOfFreedom: 3), problem.text, at: problem.point, temperature: temperature)
        .plan.missingDensity()
    }
    #expect(try missing(temperature: 0) == nil)
    #expect(try missing(temperature: 0.1) == .heatedNoise)
    let few = ProcessText(["x"], loss: "x^2")
    let plan = try SimulationPlan(few.process(gradient: StudentT(degreesOfFreedom: 3)), steps: 1)
    #expect(try plan.missingDensity() == .fewSamples(count: 1, dimension: 1))
  }

  /// The autoregression x′ = 0.8x + ξ with Student's noise of five degrees of freedom is irreversible on a line.
  @Test func entropyProductionOfAnAutoregression() throws {
    let reference = try #require(
      ThermodynamicReference.entries("t7_student_t").first { $0["inputs"]["nu"].double == 5 })
    let expected = reference["outputs"]["ep_per_step_quadrature"].double
    // Gradients x ± 1: the covariance is 1 everywhere.
    let samples = SampleTable(count: 2, columns: [.init(name: "c", values: [-1, 1])])
    let text = ProcessText(["x"], loss: "0.5*(x - c)^2", samples: samples)
    let result = try productionPerStep(
      text, StudentT(degreesOfFreedom: 5), learningRate: 1 - reference["inputs"]["a"].double)
    #expect(abs(result.mean - expected) <= 5 * result.error)
    // Gaussian noise would produce nothing.
    #expect(result.mean > 5 * result.error)
  }
}

/// The mean of ln K/K reversed per step in the stationary state, with its standard error over trajectories.
func productionPerStep(
  _ text: ProcessText, _ noise: any GradientNoise, learningRate: Double, trajectories: Int = 2000, steps: Int = 120
) throws -> (mean: Double, error: Double) {
  let process = try text.process(learningRate: Schedule(learningRate), gradient: noise)
  let plan = try SimulationPlan(process, steps: steps + 60)
  // 0.8⁶⁰ = 1.5e-6 of the start is left.
  let ensemble = Ensemble(
    plan, start: process.initialLaw, key: StreamKey(seed: 77), trajectories: trajectories, burnIn: 60, steps: steps,
    options: PathOptions(extended: true))
  let sums = try ensemble.run { PathSums() }.partials.flatMap { $0 }
  return meanAndError(sums.map { $0 / Double(steps) })
}

private final class PathSums: BlockObserver {
  func finish(_ block: TrajectoryBlock) -> [Double] { (0..<block.count).map { block.extended[0, $0] } }
}
