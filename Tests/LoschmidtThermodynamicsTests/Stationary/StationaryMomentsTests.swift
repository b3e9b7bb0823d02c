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

  /// Models that state another covariance of the gradient, with heat beside it and a preconditioner.
  @Test func theModelsOfTheReferenceByTheirCovariance() throws {
    let size = entry["inputs"]["B"].double
    let variance = entry["inputs"]["label_noise_var"].double
    let drawn = NoiseCovariance(samplingFactor: 1 / size)
    var noisy = drawn
    noisy.label = NoiseCovariance.Label(column: "y", variance: variance / size)
    let full = NoiseCovariance(label: NoiseCovariance.Label(column: "y", variance: variance / 8))
    try compare("gaussian_state_dependent_matched_wr", plan(MatchedGaussian(size: 2)), isNormal: false)
    try compare("minibatch_wr_plus_label_noise", plan(StatedNoise(covariance: noisy)), isNormal: false)
    try compare("full_batch_label_noise", plan(StatedNoise(covariance: full)), isNormal: false)
    try compare(
      "sgld_minibatch_wr", plan(StatedNoise(covariance: drawn), temperature: entry["inputs"]["sgld_T"].double),
      isNormal: false)
    let gradients = DenseMatrix(entry["outputs"]["C0_grad_cov"].rows)
    let isotropic = NoiseCovariance(constant: (0.5 * gradients.trace / size) * .identity(2))
    try compare("gaussian_constant_isotropic_same_trace", plan(StatedNoise(covariance: isotropic)), isNormal: false)
  }

  /// l substeps of η/l are a process of the rate η/l with another factor.
  @Test func substepsAreSteps() throws {
    let covariance = NoiseCovariance(samplingFactor: 4 / 2)
    let amplified = try StationaryMoments(
      plan(StatedNoise(covariance: covariance, substeps: 4), temperature: 0.01), step: 0)
    let single = try StationaryMoments(
      plan(StatedNoise(covariance: covariance), temperature: 0.01, learningRate: entry["inputs"]["eta"].double / 4),
      step: 0)
    #expect(agrees(amplified.covariance.entries, with: single.covariance.entries, relative: 1e-14))
    #expect(amplified.mean == single.mean)
  }

  @Test func epochsAsAWholeAndAtTheirEnds() throws {
    let expected = entry["outputs"]["models"]["random_reshuffling_epoch_boundary"]
    let reshuffled = try plan(Minibatch(size: 2, sampling: .reshuffle))
    let end = try StationaryMoments(reshuffled, step: 0, place: .epochEnd)
    #expect(agrees(end.covariance.entries, with: expected["cov"].rows.flatMap { $0 }))
    #expect(end.isEpochEnd && end.period == 1 && !end.isNormal)
    let all = try StationaryMoments(reshuffled, step: 0)
    #expect(!all.isEpochEnd && all.period == 4)
    // Within an epoch θ moves by η times the gradient of a batch, and comes back.
    #expect(all.covariance.trace > 10 * end.covariance.trace)
    let heat = 0.05
    let cyclic = try StationaryMoments(plan(Minibatch(size: 2, sampling: .cyclic), temperature: heat), step: 0)
    let eta = entry["inputs"]["eta"].double
    let samples = try QuadraticSamples.leastSquares(
      features: entry["inputs"]["X"].rows, targets: entry["inputs"]["y"].doubles)
    let epoch = try ReshuffledEpoch(
      samples, batchSize: 2, mobility: eta * .identity(2), noise: 2 * eta * heat * .identity(2), order: .cyclic)
    #expect(cyclic.period == 4)
    #expect(agrees(cyclic.covariance.entries, with: epoch.everyStep.covariance.entries, relative: 1e-13))
  }

  /// Noise of the covariance of samples that have one curvature is the same everywhere: a normal law.
  @Test func additiveNoiseIsNormal() throws {
    let loss = "0.5*(u - a)^2 + 0.3*(u - w)^2 + (w - b)^2"
    let moments = try StationaryMoments(plan(MatchedGaussian(size: 2), loss: loss), step: 0)
    #expect(moments.isNormal)
    let landscape = try #require(plan(FullBatch(), loss: loss).process.landscape)
    let constant = ConstantCovariance(matrix: 0.5 * landscape.gradientCovariance(at: [0.3, -2]))
    let chain = try StationaryMoments(plan(constant, loss: loss), step: 0)
    #expect(agrees(moments.covariance.entries, with: chain.covariance.entries, relative: 1e-13))
    #expect(agrees(moments.mean, with: chain.mean, relative: 1e-13))
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
    // The 2520 orders of an epoch are more than are listed, so that nothing but the growth of second moments is known. In
    // truth single paths grow too: E ln|det m| = 2.1515 a batch, and so the Lyapunov exponent is at least 4.303 an epoch (6.2 by
    // 20000 epochs in numpy).
    let epochs = missing(try plan(Minibatch(size: 2, sampling: .reshuffle), learningRate: 9))
    #expect(epochs == .noSecondMoments(nil, mean: nil))
    #expect(missing(try plan(StatedNoise(covariance: nil))) == .infiniteVariance)
    #expect(missing(try plan(StatedNoise(covariance: nil, batches: Minibatch(size: 2)))) == .dependentBatches)
    let noisy = StatedNoise(covariance: NoiseCovariance(label: NoiseCovariance.Label(column: "y", variance: 0.1)))
    for loss in ["0.5*(a*u + b*w)^2 - u*y^3", "0.5*(y + 3)*(a*u + b*w)^2"] {
      #expect(missing(try plan(noisy, loss: loss)) == .labelNotAffine)
    }
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
