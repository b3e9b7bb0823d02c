import LoschmidtDynamics
import LoschmidtNumerics
import LoschmidtTestSupport
import Testing

@testable import LoschmidtThermodynamics

/// Which moments the dynamics leaves.
@Suite struct StepMomentsTests {
  private func steps(
    _ gradient: any GradientNoise = Minibatch(size: 1), learningRate: Double, curvatures: [Double] = [0.5, 2.4]
  ) throws -> StepMoments {
    let columns: [SampleTable.Column] = [
      .init(name: "h", values: curvatures), .init(name: "y", values: curvatures.map { 1 - $0 }),
    ]
    let process = try ProcessText(
      ["x"], loss: "0.5*h*x^2 - y*x", samples: SampleTable(count: curvatures.count, columns: columns)
    ).process(learningRate: Schedule(learningRate), gradient: gradient)
    return try #require(StepMoments(try SimulationPlan(process, steps: 1), step: 0))
  }

  private func answers(_ steps: StepMoments) -> [StepMoments.Answer] { [1, 2, 3, 4, 8].map { steps.moment($0) } }

  /// η = 1: E m² = 1.105, κ = 1.467; η = 0.93: E m² = 0.902, E m⁴ = 1.193, κ = 2.92.
  @Test func theThreeRegimes() throws {
    let noVariance = try steps(learningRate: 1)
    let second = try #require(noVariance.radii[2])
    #expect(noVariance.law == .exists && abs(second - 1.105) <= 1e-12)
    #expect(answers(noVariance) == [.exists, .missing, .missing, .missing, .missing])
    let noError = try steps(learningRate: 0.93)
    let fourth = try #require(noError.radii[4])
    // ½(0.535⁴ + 1.232⁴).
    #expect(abs(fourth - 1.1928572228) <= 1e-7)
    #expect(answers(noError) == [.exists, .exists, .missing, .missing, .missing])
    let noLaw = try steps(learningRate: 3)
    #expect(noLaw.law == .missing && answers(noLaw).allSatisfy { $0 == .missing })
    // The control: every factor shortens.
    let light = try steps(learningRate: 0.5)
    #expect(light.tailIndex == .infinity && answers(light).allSatisfy { $0 == .exists })
  }

  @Test func additiveNoiseLeavesAll() throws {
    let additive = try steps(MatchedGaussian(size: 1), learningRate: 0.9, curvatures: [2, 2])
    #expect(additive.isConstant && answers(additive).allSatisfy { $0 == .exists })
    let beyond = try steps(MatchedGaussian(size: 1), learningRate: 1.1, curvatures: [2, 2])
    #expect(beyond.law == .missing)
  }

  /// In two coordinates even orders decide, and what lies between two of them is not known.
  @Test func severalCoordinates() throws {
    let normal = try #require(StepMoments(try MapsOfNoiseTests.plan(MatchedGaussian(size: 1)), step: 0))
    #expect(answers(normal) == [.exists, .exists, .unknown, .missing, .missing])
    let batches = try #require(StepMoments(try MapsOfNoiseTests.plan(Minibatch(size: 1), learningRate: 0.45), step: 0))
    #expect(batches.moment(4) == .exists && !batches.isContraction)
    let small = try #require(StepMoments(try MapsOfNoiseTests.plan(Minibatch(size: 1), learningRate: 0.3), step: 0))
    #expect(small.isContraction && answers(small).allSatisfy { $0 == .exists })
    let large = try #require(StepMoments(try MapsOfNoiseTests.plan(Minibatch(size: 1), learningRate: 2), step: 0))
    let rate = try #require(large.lyapunov)
    #expect(large.law == .missing && rate.value > 0)
  }

  /// The integrator of a modified equation multiplies by polynomials of normal numbers, which are not bounded.
  @Test func modifiedEquations() throws {
    func moments(_ learningRate: Double) throws -> StepMoments {
      var process = try ProcessText(
        ["x"], loss: "0.5*h*x^2", samples: SampleTable(count: 2, columns: [.init(name: "h", values: [0.5, 2.5])])
      ).process(learningRate: Schedule(learningRate), temperature: .bath(0.1), gradient: Minibatch(size: 1))
      process.algorithm = ModifiedSDE(learningRate: Schedule(learningRate), order: .first, interpretation: .ito)
      return try #require(StepMoments(try SimulationPlan(process, steps: 1), step: 0))
    }
    // d ln E x^k/dt = −k h + ½k(k − 1)ησ² with h = 1.5 and σ² = 1: the fourth moment ends at η = 1, the second at 3;
    // with two substeps the integrator has the radii 0.33 and 22.5 at η = 1.6 (numpy, Gauss–Hermite quadrature).
    let (light, heavy) = (try moments(0.5), try moments(1.6))
    #expect(light.moment(4) == .exists && heavy.moment(2) == .exists && heavy.moment(4) == .missing)
    // Near the limit of small steps: E x^4 over a step of 0.1 by its equation; the integrator is good to some h³.
    let fourth = try #require(try moments(0.1).radii[4])
    #expect(abs(fourth - 0.5827482524) <= 1e-4)
  }
}
