import LoschmidtDynamics
import LoschmidtNumerics
import LoschmidtTestSupport
import Testing

@testable import LoschmidtThermodynamics

/// φ against the enumeration of all draws, with gradients written by hand.
@Suite struct EffectiveLossTests {
  private static let x = [1, -0.5, 2, 0.3]
  private static let y = [0.8, 0.1, 1.7, 0.4]
  private static let points = [[1.3, 0.4], [-0.2, 0.7], [0.9, -1.1], [0, 0]]

  private func plan(_ gradient: any GradientNoise, _ preconditioner: Preconditioner, force: Bool = false) throws
    -> SimulationPlan
  {
    let parameters = ParameterLayout([("u", .scalar), ("w", .scalar)])
    let samples = SampleTable(
      count: 4, columns: [SampleTable.Column(name: "x", values: Self.x), SampleTable.Column(name: "y", values: Self.y)])
    let landscape = try ExpressionLandscape(
      loss: Expression(parsing: "0.5*(u*w*x - y)^2"), parameters: parameters, samples: samples)
    let push = try ExpressionForce(
      [(parameter: "u", expression: Expression(parsing: "w"))], parameters: parameters, common: CommonInputs())
    let process = TrainingProcess(
      parameters: parameters, initialLaw: InitialLaw([.point(1), .point(1)]), landscape: landscape,
      force: force ? push : nil, gradient: gradient,
      algorithm: GradientDescent(learningRate: Schedule(0.2), preconditioner: preconditioner),
      temperature: .uniform(.constant(0.5)))
    return try SimulationPlan(process, steps: 3)
  }

  private static func gradient(_ sample: Int, _ point: [Double]) -> [Double] {
    let residual = point[0] * point[1] * x[sample] - y[sample]
    return [residual * point[1] * x[sample], residual * point[0] * x[sample]]
  }

  private static func form(_ g: [Double], _ matrix: [Double]) -> Double {
    g[0] * (matrix[0] * g[0] + matrix[1] * g[1]) + g[1] * (matrix[2] * g[0] + matrix[3] * g[1])
  }

  private static let schemes: [(any GradientNoise, DrawSet.Scheme)] = [
    (FullBatch(), .fullBatch), (Minibatch(size: 1), .withReplacement(size: 1)),
    (Minibatch(size: 3), .withReplacement(size: 3)),
    (Minibatch(size: 2, sampling: .withoutReplacement), .withoutReplacement(size: 2)),
    (Minibatch(size: 2, sampling: .reshuffle), .withoutReplacement(size: 2)),
    (Minibatch(size: 2, sampling: .cyclic), .cyclic(size: 2)),
  ]

  @Test(
    arguments: 0..<schemes.count,
    [Preconditioner.identity, .diagonal([2, 0.5]), .matrix([1, 0.3, 0.3, 2], dimension: 2)])
  func enumeration(scheme: Int, preconditioner: Preconditioner) throws {
    let (gradient, law) = Self.schemes[scheme]
    let plan = try plan(gradient, preconditioner)
    let energy = try #require(EffectiveLoss(plan, lanes: 4))
    let theta = LaneStorage(dimension: 2, lanes: 4)
    for (lane, point) in Self.points.enumerated() { (theta[0, lane], theta[1, lane]) = (point[0], point[1]) }
    energy.evaluate(
      at: theta.pointer, BlockField(plan.program, lanes: 4), law: try plan.law(plan.clock.setting(0)), time: 0)
    let draws = try #require(DrawSet(law, sampleCount: 4).outcomes)
    for (lane, point) in Self.points.enumerated() {
      let loss = (0..<4).reduce(0) { sum, i in
        let residual = point[0] * point[1] * Self.x[i] - Self.y[i]
        return sum + 0.125 * residual * residual
      }
      let potential = draws.reduce(0) { sum, outcome in
        var g = [0.0, 0.0]
        for member in outcome.draw.members {
          g = Vectors.sum(g, Self.gradient(member.sample, point), times: member.weight)
        }
        return sum + 0.05 * outcome.probability * Self.form(g, preconditioner.matrix(dimension: 2))
      }
      // A few dozen terms of order 1.
      #expect(abs(energy.loss[0, lane] - loss) < 1e-14)
      #expect(abs(energy.effective[0, lane] - loss - potential) < 1e-14)
    }
  }

  @Test func constantNoiseAddsATrace() throws {
    let covariance = DenseMatrix([[0.4, 0.1], [0.1, 0.2]])
    let preconditioner = Preconditioner.matrix([1, 0.3, 0.3, 2], dimension: 2)
    let theta = LaneStorage(dimension: 2, lanes: 4)
    theta.broadcast([1.3, 0.4])
    func value(_ gradient: any GradientNoise) throws -> Double {
      let plan = try plan(gradient, preconditioner)
      let energy = try #require(EffectiveLoss(plan, lanes: 4))
      energy.evaluate(
        at: theta.pointer, BlockField(plan.program, lanes: 4), law: try plan.law(plan.clock.setting(0)), time: 0)
      return energy.effective[0, 0]
    }
    // (η/4) tr(ΛC) = 0.05 × (0.4 + 2 × 0.03 + 0.4).
    #expect(abs(try value(ConstantCovariance(matrix: covariance)) - value(FullBatch()) - 0.05 * 0.86) < 1e-14)
  }

  /// Every part of a covariance at a point, with gradients and responses written by hand.
  @Test func everyPartOfACovariance() throws {
    let constant = DenseMatrix([[0.4, 0.1], [0.1, 0.2]])
    let noise = StatedNoise(
      covariance: NoiseCovariance(
        samplingFactor: 1.5, traceFactor: 0.3, constant: constant,
        label: NoiseCovariance.Label(column: "y", variance: 0.7)))
    let preconditioner = Preconditioner.matrix([1, 0.3, 0.3, 2], dimension: 2)
    let plan = try plan(noise, preconditioner)
    let energy = try #require(EffectiveLoss(plan, lanes: 4))
    let theta = LaneStorage(dimension: 2, lanes: 4)
    let point = [1.3, 0.4]
    theta.broadcast(point)
    energy.evaluate(
      at: theta.pointer, BlockField(plan.program, lanes: 4), law: try plan.law(plan.clock.setting(0)), time: 0)
    let gradients = (0..<4).map { Self.gradient($0, point) }
    let mean = gradients.reduce([0, 0]) { Vectors.sum($0, $1, times: 0.25) }
    let spread = gradients.reduce(DenseMatrix.zero(2)) { sum, g in
      let deviation = Vectors.sum(g, mean, times: -1)
      return sum + 0.25 * .outer(deviation, deviation)
    }
    var covariance = 1.5 * spread + (0.3 * spread.trace) * .identity(2) + constant
    for x in Self.x {
      let response = [-point[1] * x, -point[0] * x]
      covariance = covariance + (0.25 * 0.7) * .outer(response, response)
    }
    let metric = DenseMatrix([[1, 0.3], [0.3, 2]])
    let expected = 0.05 * (metric.form(mean, mean) + metric.inner(covariance))
    // A few dozen terms of order 1.
    #expect(abs(energy.effective[0, 2] - energy.loss[0, 2] - expected) < 1e-14)
    #expect(abs(energy.potential[0, 2] - expected) < 1e-14)
    // The same average with a matrix that is neither symmetric nor positive: K_01 = 2, K_10 = −0.5, K_11 = −1.
    let generator = GeneratorMatrix(
      dimension: 2,
      entries: [
        .init(row: 0, column: 1, value: 2), .init(row: 1, column: 0, value: -0.5), .init(row: 1, column: 1, value: -1),
      ])
    let dense = DenseMatrix([[0, 2], [-0.5, -1]])
    let result = LaneStorage(dimension: 1, lanes: 4)
    result.fill(1)
    energy.addForm(
      of: generator, times: 3, at: theta.pointer, BlockField(plan.program, lanes: 4), time: 0, to: result)
    let form = dense.form(mean, mean) + dense.inner(covariance)
    #expect(abs(result[0, 2] - 1 - 3 * form) < 1e-13)
  }

  @Test func noiseWithoutVarianceOrOnABentColumnHasNone() throws {
    #expect(EffectiveLoss(try plan(StatedNoise(covariance: nil), .identity), lanes: 4) == nil)
    let bent = NoiseCovariance(label: NoiseCovariance.Label(column: "x", variance: 0.7))
    #expect(EffectiveLoss(try plan(StatedNoise(covariance: bent), .identity), lanes: 4) == nil)
  }

  @Test func aForceHasNoEffectiveLoss() throws {
    #expect(EffectiveLoss(try plan(FullBatch(), .identity, force: true), lanes: 4) == nil)
  }
}
