import LoschmidtDynamics
import LoschmidtNumerics
import LoschmidtTestSupport
import Testing

@testable import LoschmidtThermodynamics

@Suite struct StationaryMomentsTests {
  private let entry = ThermodynamicReference.entry("t5_linear_regression")

  private func plan(
    _ gradient: any GradientNoise, temperature: Double = 0, loss: String = "0.5*(a*u + b*w - y)^2",
    force: String? = nil,
    learningRate: Double? = nil
  ) throws -> SimulationPlan {
    let parameters = ParameterLayout([("u", .scalar), ("w", .scalar)])
    let rows = entry["inputs"]["X"].rows
    let samples = SampleTable(
      count: rows.count,
      columns: [
        SampleTable.Column(name: "a", values: rows.map { $0[0] }),
        SampleTable.Column(name: "b", values: rows.map { $0[1] }),
        SampleTable.Column(name: "y", values: entry["inputs"]["y"].doubles),
      ])
    let landscape = try ExpressionLandscape(loss: Expression(parsing: loss), parameters: parameters, samples: samples)
    let push = try force.map {
      try ExpressionForce(
        [(parameter: "u", expression: Expression(parsing: $0))], parameters: parameters, common: CommonInputs())
    }
    let process = TrainingProcess(
      parameters: parameters, initialLaw: InitialLaw([.point(1), .point(0)]), landscape: landscape, force: push,
      gradient: gradient,
      algorithm: GradientDescent(learningRate: Schedule(learningRate ?? entry["inputs"]["eta"].double)),
      temperature: .uniform(.constant(temperature)))
    return try SimulationPlan(process, steps: 2)
  }

  private func compare(_ model: String, _ plan: SimulationPlan, isNormal: Bool) throws {
    let moments = try StationaryMoments(plan, step: 0)
    let outputs = entry["outputs"]
    #expect(agrees(moments.mean, with: outputs["theta_star"].doubles))
    #expect(agrees(moments.covariance.entries, with: outputs["models"][model]["cov"].rows.flatMap { $0 }))
    #expect(moments.isNormal == isNormal)
  }

  @Test func theModelsOfTheReference() throws {
    let size = Int(entry["inputs"]["B"].double)
    let heat = entry["inputs"]["sgld_T"].double
    try compare("minibatch_with_replacement", plan(Minibatch(size: size)), isNormal: false)
    try compare(
      "minibatch_without_replacement_in_batch", plan(Minibatch(size: size, sampling: .withoutReplacement)),
      isNormal: false)
    try compare("sgld_minibatch_wr", plan(Minibatch(size: size), temperature: heat), isNormal: false)
    try compare("langevin_full_batch", plan(FullBatch(), temperature: heat), isNormal: true)
    let gradients = DenseMatrix(entry["outputs"]["C0_grad_cov"].rows)
    let noise = ConstantCovariance(matrix: (1 / Double(size)) * gradients)
    try compare("gaussian_constant_anisotropic", plan(noise), isNormal: true)
  }

  @Test func theMeanLossOfTheReferenceIsAnExpectation() throws {
    let moments = try StationaryMoments(plan(Minibatch(size: 2)), step: 0)
    let excess = QuadraticForm(matrix: DenseMatrix(entry["outputs"]["H"].rows), linear: [0, 0])
    let about = StationaryMoments(mean: [0, 0], covariance: moments.covariance, isNormal: false)
    let expected = entry["outputs"]["models"]["minibatch_with_replacement"]["mean_excess_loss"].double
    #expect(agrees(about.mean(of: excess), with: expected))
    #expect(about.variance(of: excess) == nil)
    let affine = QuadraticForm(matrix: .zero(2), linear: [2, -1], constant: 7)
    let covariance = moments.covariance
    let variance = 4 * covariance[0, 0] - 4 * covariance[0, 1] + covariance[1, 1]
    #expect(agrees(try #require(moments.variance(of: affine)), with: variance, relative: 1e-14))
  }

  @Test func theVarianceOfASquareNeedsANormalLaw() throws {
    let normal = StationaryMoments(mean: [0.7], covariance: .diagonal([0.3]), isNormal: true)
    let square = QuadraticForm(matrix: DenseMatrix([[2]]), linear: [0])
    // E x² = m² + s, Var x² = 2 s² + 4 m² s.
    #expect(agrees(normal.mean(of: square), with: 0.49 + 0.3, relative: 1e-15))
    #expect(agrees(try #require(normal.variance(of: square)), with: 2 * 0.09 + 4 * 0.49 * 0.3, relative: 1e-14))
    // A product of two correlated coordinates about 0: Var xy = s_xx s_yy + s_xy².
    let pair = StationaryMoments(mean: [0, 0], covariance: DenseMatrix([[2, 0.5], [0.5, 1]]), isNormal: true)
    let product = QuadraticForm(matrix: DenseMatrix([[0, 1], [1, 0]]), linear: [0, 0])
    #expect(agrees(pair.mean(of: product), with: 0.5, relative: 1e-15))
    #expect(agrees(try #require(pair.variance(of: product)), with: 2.25, relative: 1e-15))
  }

  @Test func whatIsNotKnownSaysWhy() throws {
    func missing(_ plan: SimulationPlan) -> StationaryMoments.Missing? {
      do throws(StationaryMoments.Missing) {
        _ = try StationaryMoments(plan, step: 0)
        return nil
      } catch { return error }
    }
    let batch = Minibatch(size: 2)
    #expect(missing(try plan(FullBatch())) == .noDensity)
    #expect(missing(try plan(FullBatch(), temperature: 0.1, loss: "(a*u + b*w - y)^4")) == .notQuadratic)
    #expect(missing(try plan(batch, loss: "(a*u + b*w - y)^4")) == .notQuadratic)
    #expect(missing(try plan(Minibatch(size: 2, sampling: .reshuffle))) == .dependentBatches)
    #expect(missing(try plan(Minibatch(size: 2, sampling: .cyclic))) == .dependentBatches)
    #expect(missing(try plan(batch, force: "0.1*w")) == .forceWithBatches)
    #expect(missing(try plan(FullBatch(), temperature: 0.1, force: "0.1*w")) == nil)
    #expect(missing(try plan(batch, loss: "0.5*(a*u - y)^2")) == .noMinimum)
    #expect(missing(try plan(batch, learningRate: 3)) == .unstable)
    #expect(missing(try plan(FullBatch(), temperature: 0.1, learningRate: 3)) == .unstable)
  }

  @Test func observablesAreReadOffTheirExpressions() throws {
    let parameters = ParameterLayout([("u", .scalar), ("v", .vector(2))])
    let common = CommonInputs(constants: ["c": 3])
    let form = try #require(
      QuadraticForm(Expression(parsing: "2*u^2 + c*sum(v)*u - u + 5"), parameters: parameters, common: common))
    #expect(form.matrix.entries == [4, 3, 3, 3, 0, 0, 3, 0, 0])
    #expect(form.linear == [-1, 0, 0] && form.constant == 5)
    for text in ["u^3", "abs(u)", "exp(u)", "1/u"] {
      #expect(try QuadraticForm(Expression(parsing: text), parameters: parameters, common: common) == nil)
    }
  }
}
