import LoschmidtDynamics
import LoschmidtNumerics
import LoschmidtTestSupport
import Testing

@testable import LoschmidtThermodynamics

/// Directions that no step multiplies, and points that no batch leaves.
@Suite struct FlatDirectionsTests {
  private static let samples = SampleTable(
    count: 3, columns: [.init(name: "a", values: [1, -0.5, 0.7]), .init(name: "y", values: [1, 0.3, -0.2])])

  private func plan(
    _ loss: String = "0.5*(u*a + w*a - y)^2", learningRate: Double = 0.2, temperature: Double = 0,
    gradient: any GradientNoise = Minibatch(size: 1), preconditioner: [Double] = [1, 1]
  ) throws -> SimulationPlan {
    var process = try ProcessText(["u", "w"], loss: loss, samples: Self.samples).process(
      temperature: temperature > 0 ? .bath(temperature) : .zero, gradient: gradient)
    process.algorithm = GradientDescent(
      learningRate: Schedule(learningRate), preconditioner: .diagonal(preconditioner))
    return try SimulationPlan(process, steps: 1)
  }

  private func answers(_ steps: StepMoments) -> [StepMoments.Answer] { [1, 2, 3, 4, 8].map { steps.moment($0) } }

  /// Only u + w is seen by the loss.
  ///
  /// Along u − w nothing happens without noise.
  @Test(arguments: [[1.0, 1.0], [1.0, 0.5]]) func whatNothingMovesKeepsItsMoments(preconditioner: [Double]) throws {
    let steps = try #require(StepMoments(try plan(preconditioner: preconditioner), step: 0))
    #expect(steps.flat == .still && steps.law == .exists && answers(steps).allSatisfy { $0 == .exists })
    // m = 1 − η(M_uu + M_ww)a² of the sum alone, by hand.
    let factors = [1.0, 0.25, 0.49].map { 1 - 0.2 * (preconditioner[0] + preconditioner[1]) * $0 }
    let second = factors.reduce(0) { $0 + $1 * $1 / 3 }
    #expect(agrees(try #require(steps.radii[2]), with: second, relative: 1e-12))
  }

  @Test func aHeatBathOrASlopeMovesTheRest() throws {
    let warm = try plan(temperature: 0.1)
    let steps = try #require(StepMoments(warm, step: 0))
    #expect(steps.flat == .moved && steps.law == .missing && answers(steps).allSatisfy { $0 == .missing })
    // Log ratios of steps see u + w alone.
    let ratios = try #require(StepMoments(warm, step: 0, ofRatios: true))
    #expect(ratios.law == .exists && answers(ratios).allSatisfy { $0 == .exists })
    let slope = try #require(StepMoments(try plan("0.5*(u*a + w*a - y)^2 + y*(u - w)"), step: 0))
    #expect(slope.flat == .moved && slope.law == .missing)
    let isotropic = try plan(gradient: Isotropic(.standardDeviation(1)))
    #expect(try #require(StepMoments(isotropic, step: 0)).flat == .moved)
  }

  /// The control: where the sum itself is lengthened at random, 1 − 5a² with E m² = 6.1, ratios have no mean either.
  @Test func whatIsLengthenedIsNotFlat() throws {
    let plan = try plan(learningRate: 2.5, temperature: 0.1)
    #expect(try #require(StepMoments(plan, step: 0, ofRatios: true)).moment(2) == .missing)
    // A curvature of 1e-8 is no flat direction.
    let weak = try #require(StepMoments(try self.plan("0.5*(u*a + w*a - y)^2 + 5e-9*(u - w)^2"), step: 0))
    #expect(weak.flat == .none && weak.moment(2) == .exists)
  }

  @Test func aLossWithoutCurvature() throws {
    let warm = try plan("y*(u + 2*w)", temperature: 0.1)
    #expect(try #require(StepMoments(warm, step: 0)).law == .missing)
    #expect(answers(try #require(StepMoments(warm, step: 0, ofRatios: true))).allSatisfy { $0 == .exists })
  }

  // MARK: A common minimum

  private func line(
    _ targets: [Double], learningRate: Double, temperature: Double = 0
  ) throws -> SimulationPlan {
    let columns: [SampleTable.Column] = [.init(name: "a", values: [0.5, 3]), .init(name: "y", values: targets)]
    let process = try ProcessText(
      ["x"], loss: "0.5*a*(x - y)^2", samples: SampleTable(count: 2, columns: columns)
    ).process(
      learningRate: Schedule(learningRate), temperature: temperature > 0 ? .bath(temperature) : .zero,
      gradient: Minibatch(size: 1))
    return try SimulationPlan(process, steps: 1)
  }

  /// m = 0.55 or −1.7: E m² = 1.596, E ln|m| = ½ ln 0.935 < 0, E|m|^κ = 1 at κ = 0.2116.
  @Test func thePointIsTheLaw() throws {
    let plan = try line([1, 1], learningRate: 0.9)
    let steps = try #require(StepMoments(plan, step: 0))
    #expect(steps.limit == [1] && answers(steps).allSatisfy { $0 == .exists })
    #expect(agrees(try #require(steps.tailIndex), with: 0.2116, absolute: 1e-4))
    let moments = try StationaryMoments(plan, step: 0)
    #expect(moments.mean == [1] && moments.covariance.entries == [0])
    // Simulated, as the deviation x − 1, whose rounding is relative: after 20 000 steps ln|x − 1| is −672 with a deviation of
    // 80, and −14 is 8 of them away.
    let generator = try RandomGenerator(.philox, seed: 20_240_613)
    let coin = try UniformDistribution()
    for _ in 0..<50 {
      var deviation = 2.0
      for _ in 0..<20_000 { deviation *= coin.sample(with: generator) < 0.5 ? 0.55 : -1.7 }
      #expect(abs(deviation) < 1e-6)
    }
  }

  /// The controls: noise at the point, other minima, and an exponent of 0.
  @Test func noiseAtThePointLeavesTails() throws {
    for plan in [try line([1, 1], learningRate: 0.9, temperature: 0.1), try line([1, -1], learningRate: 0.9)] {
      let steps = try #require(StepMoments(plan, step: 0))
      #expect(steps.limit == nil && steps.law == .exists && steps.moment(1) == .missing)
    }
    // m = ½ or −2.
    let critical = try #require(StepMoments(try line([1, 1], learningRate: 1), step: 0))
    #expect(critical.limit == nil && critical.law == .missing)
    // m = 0.6 or −1.4: E|m| = 1, and a mean needs κ > 1.
    let edge = try #require(StepMoments(try line([1, -1], learningRate: 0.8), step: 0))
    #expect(edge.law == .exists && edge.moment(1) == .missing)
    #expect(agrees(try #require(edge.tailIndex), with: 1, absolute: 1e-12))
    // Just below, there is one: m = 0.605 or −1.37.
    #expect(try #require(StepMoments(try line([1, -1], learningRate: 0.79), step: 0)).moment(1) == .exists)
  }
}
