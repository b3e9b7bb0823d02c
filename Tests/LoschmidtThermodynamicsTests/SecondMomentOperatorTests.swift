import LoschmidtDynamics
import LoschmidtNumerics
import LoschmidtTestSupport
import Testing

@testable import LoschmidtThermodynamics

@Suite struct SecondMomentOperatorTests {
  private let entry = ThermodynamicReference.entry("t5_linear_regression")

  private func samples() throws -> QuadraticSamples {
    try .leastSquares(features: entry["inputs"]["X"].rows, targets: entry["inputs"]["y"].doubles)
  }

  private func descent(_ noise: NoiseCovariance) throws -> SecondMomentOperator {
    let samples = try samples()
    // For linear regression v_i = −a_i.
    return SecondMomentOperator(
      samples: samples, learningRate: entry["inputs"]["eta"].double, noise: noise, labelResponse: samples.hessian)
  }

  private func compare(
    _ model: String, _ descent: SecondMomentOperator, extra: DenseMatrix? = nil, isConstant: Bool = false
  ) throws {
    let expected = entry["outputs"]["models"][model]
    let moments = try descent.stationary(extra: extra)
    #expect(agrees(moments.covariance.entries, with: expected["cov"].rows.flatMap { $0 }, relative: 1e-12), "\(model)")
    #expect(agrees(moments.excessLoss, with: expected["mean_excess_loss"].double, relative: 1e-12), "\(model)")
    #expect(moments.mean == descent.samples.minimum)
    if !expected["second_moment_spectral_radius"].isMissing {
      let radius = try descent.spectralRadius()
      #expect(agrees(radius, with: expected["second_moment_spectral_radius"].double, relative: 1e-13), "\(model)")
    }
    if isConstant {
      let chain = try descent.chain(extra: extra)
      #expect(agrees(chain.stationary.covariance.entries, with: moments.covariance.entries, relative: 1e-13))
      #expect(agrees(chain.stationary.mean, with: moments.mean, relative: 1e-13))
      // Where the reference is 0, D is a function of H, and rounding of terms of order 1 is left.
      #expect(agrees(chain.entropyProductionPerStep, with: expected["ep_per_step"].double, absolute: 1e-15))
    }
    if !expected["D"].isMissing {
      #expect(agrees(descent.noiseAtMinimum.entries, with: expected["D"].rows.flatMap { $0 }, relative: 1e-13))
    }
  }

  @Test func minibatchesAgreeWithTheReference() throws {
    let size = Int(entry["inputs"]["B"].double)
    let drawn = NoiseCovariance(samplingFactor: 1 / Double(size))
    var noisy = drawn
    noisy.label = NoiseCovariance.Label(column: "y", variance: entry["inputs"]["label_noise_var"].double / Double(size))
    let distinct = try #require(
      Minibatch(size: size, sampling: .withoutReplacement).covariance(sampleCount: 8, dimension: 2))
    #expect(MatchedGaussian(size: size).covariance(sampleCount: 8, dimension: 2) == drawn)
    try compare("minibatch_with_replacement", try descent(drawn))
    try compare("gaussian_state_dependent_matched_wr", try descent(drawn))
    try compare("minibatch_without_replacement_in_batch", try descent(distinct))
    try compare("minibatch_wr_plus_label_noise", try descent(noisy))
    let heat = try descent(drawn).langevinNoise(temperature: entry["inputs"]["sgld_T"].double)
    try compare("sgld_minibatch_wr", try descent(drawn), extra: heat)
  }

  @Test func constantNoiseAgreesWithTheReference() throws {
    let count = entry["inputs"]["X"].rows.count
    let sampled = (1 / entry["inputs"]["B"].double) * (try samples().gradientCovariance)
    let isotropic = (0.5 * sampled.trace) * DenseMatrix.identity(2)
    let label = NoiseCovariance.Label(column: "y", variance: entry["inputs"]["label_noise_var"].double / Double(count))
    let full = try descent(NoiseCovariance())
    let hot = full.langevinNoise(temperature: entry["inputs"]["sgld_T"].double)
    try compare("full_batch_label_noise", try descent(NoiseCovariance(label: label)), isConstant: true)
    try compare("gaussian_constant_anisotropic", try descent(NoiseCovariance(constant: sampled)), isConstant: true)
    try compare(
      "gaussian_constant_isotropic_same_trace", try descent(NoiseCovariance(constant: isotropic)), isConstant: true)
    try compare("langevin_full_batch", full, extra: hot, isConstant: true)
  }

  /// Noise of the covariance at the minimum lacks what the noise gains away from it: the loss is too small by
  /// ½ tr(H S) of S = T₀(S) + η²f K(M), exactly.
  @Test func constantNoiseUnderestimatesTheLoss() throws {
    let drawn = try descent(NoiseCovariance(samplingFactor: 0.5))
    let constant = try descent(NoiseCovariance(constant: 0.5 * drawn.samples.gradientCovariance))
    let moments = try drawn.stationary()
    let gap = moments.excessLoss - (try constant.stationary().excessLoss)
    let models = entry["outputs"]["models"]
    let expected =
      models["minibatch_with_replacement"]["mean_excess_loss"].double
      - models["gaussian_constant_anisotropic"]["mean_excess_loss"].double
    #expect(agrees(gap, with: expected, relative: 1e-9))
    let gained =
      drawn.applied(to: moments.covariance) - drawn.map * moments.covariance * drawn.map.transposed
    let missing = try DiscreteLyapunov(map: drawn.map, noise: gained).solution
    #expect(agrees(gap, with: 0.5 * drawn.samples.hessian.inner(missing), relative: 1e-10))
  }

  /// l substeps of η/l with the covariance l/B tend to the diffusion with multiplicative noise as 1/l.
  ///
  /// That diffusion, HM + MH = (η/B)(K(M) + C₀), is solved here by iterating another equation than the operator's.
  @Test func amplifiedVarianceTendsToTheDiffusion() throws {
    let samples = try samples()
    let (eta, size) = (entry["inputs"]["eta"].double, 2.0)
    var diffusion = DenseMatrix.zero(2)
    for _ in 0..<60 {
      var spread = samples.gradientCovariance - samples.hessian * diffusion * samples.hessian
      for curvature in samples.curvatures {
        spread = spread + (1 / Double(samples.count)) * (curvature.matrix * diffusion * curvature.matrix)
      }
      diffusion = try ContinuousLyapunov(drift: samples.hessian, noise: (eta / size) * spread).solution
    }
    let deviations = try [1.0, 10, 100, 1000].map { l in
      let descent = SecondMomentOperator(
        samples: samples, learningRate: eta / l, noise: NoiseCovariance(samplingFactor: l / size))
      return try (descent.stationary().covariance - diffusion).frobeniusNorm / diffusion.frobeniusNorm
    }
    #expect(deviations[0] > 0.01)
    for (coarse, fine) in zip(deviations.dropFirst(), deviations.dropFirst(2)) {
      // The next order is smaller by ηh/l < 0.01.
      #expect(abs(coarse / fine - 10) < 0.1)
    }
  }

  /// Isotropic noise of the trace of C(θ): T written out, T applied, and the moments of steps with two-point noise.
  @Test func isotropicNoiseOfTheTrace() throws {
    let samples = try samples()
    let metric = DenseMatrix([[1.3, 0.2], [0.2, 0.6]])
    let descent = SecondMomentOperator(
      samples: samples, learningRate: 0.4, preconditioner: metric, noise: NoiseCovariance(traceFactor: 0.25))
    let moments = try descent.stationary()
    let next = descent.applied(to: moments.covariance) + descent.noiseAtMinimum
    #expect(agrees(next.entries, with: moments.covariance.entries, relative: 1e-14))  // 3 unknowns, radius below 0.9
    #expect(
      agrees(try descent.iterated(descent.noiseAtMinimum).entries, with: moments.covariance.entries, relative: 1e-13))
    // E tr C(θ) from the gradients of single samples at θ* ± the axes of M: C is quadratic, their mean exact.
    let eigen = try SymmetricEigen(matrix: moments.covariance.entries, dimension: 2)
    var trace = 0.0
    for (k, value) in eigen.eigenvalues.enumerated() {
      for sign in [-1.0, 1] {
        let offset = Vectors.scaled(eigen.eigenvector(k), by: sign * (2 * value).squareRoot())
        let point = Vectors.sum(samples.minimum, offset)
        let gradients = zip(samples.curvatures, samples.pulls).map {
          Vectors.sum($0.matrix.applied(to: point), $1, times: -1)
        }
        let mean = samples.hessian.applied(to: offset)
        trace += 0.25 * (gradients.reduce(0) { $0 + Vectors.inner($1, $1) } / 8 - Vectors.inner(mean, mean))
      }
    }
    let noise = (0.4 * 0.4 * 0.25 * trace) * (metric * metric)
    let solution = try DiscreteLyapunov(map: descent.map, noise: noise).solution
    #expect(agrees(solution.entries, with: moments.covariance.entries, relative: 1e-13))
  }

  /// All batches written out: the moments are a fixed point of the average over them, with a preconditioner too.
  @Test(arguments: [true, false]) func theMomentsAreAFixedPointOfTheEnumeration(replaces: Bool) throws {
    let samples = try samples()
    let metric = DenseMatrix([[1.3, 0.2], [0.2, 0.6]])
    let batch = Minibatch(size: 2, sampling: replaces ? .withReplacement : .withoutReplacement)
    let descent = SecondMomentOperator(
      samples: samples, learningRate: 0.4, preconditioner: metric,
      noise: try #require(batch.covariance(sampleCount: samples.count, dimension: 2)))
    let moments = try descent.stationary(extra: descent.langevinNoise(temperature: 0.01))
    var (sum, draws) = (DenseMatrix.zero(2), 0.0)
    for i in 0..<samples.count {
      for j in 0..<samples.count where replaces || i != j {
        let hessian = 0.5 * (samples.curvatures[i].matrix + samples.curvatures[j].matrix)
        let pull = Vectors.scaled(Vectors.sum(samples.pulls[i], samples.pulls[j]), by: 0.5)
        let map = DenseMatrix.identity(2) - 0.4 * (metric * hessian)
        // θ′ − θ* = map (θ − θ*) + offset for this batch.
        let gradient = Vectors.sum(hessian.applied(to: samples.minimum), pull, times: -1)
        let offset = Vectors.scaled(metric.applied(to: gradient), by: -0.4)
        sum = sum + map * moments.covariance * map.transposed + .outer(offset, offset)
        draws += 1
      }
    }
    let next = (1 / draws) * sum + (2 * 0.4 * 0.01) * metric
    // Averages over 64 terms, in an equation with radius below 0.8.
    #expect(agrees(next.entries, with: moments.covariance.entries, relative: 1e-14))
  }

  /// The iteration for many dimensions, run where the matrix of the operator is there to compare with.
  @Test func theIterationAgreesWithTheMatrix() throws {
    let drawn = try descent(NoiseCovariance(samplingFactor: 1))
    let noise = drawn.noiseAtMinimum
    // Changes below 2⁻⁵⁰ end the iteration, and the sum of those left out is not much larger.
    #expect(agrees(try drawn.iterated(noise).entries, with: try drawn.stationary().covariance.entries, relative: 1e-13))
  }

  @Test func beyondTwelveDimensionsIsIterated() throws {
    var random = TestRandom(seed: 5)
    let features = (0..<60).map { _ in random.vector(14) }
    let samples = try QuadraticSamples.leastSquares(features: features, targets: random.vector(60))
    let descent = SecondMomentOperator(
      samples: samples, learningRate: 0.2, noise: NoiseCovariance(samplingFactor: 0.5))
    let moments = try descent.stationary()
    let next = descent.applied(to: moments.covariance) + descent.noiseAtMinimum
    #expect(agrees(next.entries, with: moments.covariance.entries, relative: 1e-13))  // the iteration's last change
    let radius = try descent.spectralRadius()
    #expect(radius > 0.9 && radius < 1)
  }

  /// As many samples and coordinates as the diabetes data have.
  @Test func elevenDimensionsAreQuick() throws {
    var random = TestRandom(seed: 6)
    let features = (0..<442).map { _ in [1.0] + random.vector(10) }
    let samples = try QuadraticSamples.leastSquares(features: features, targets: random.vector(442))
    let descent = SecondMomentOperator(
      samples: samples, learningRate: 0.1, noise: NoiseCovariance(samplingFactor: 0.125))
    let moments = try descent.stationary()
    let next = descent.applied(to: moments.covariance) + descent.noiseAtMinimum
    #expect(agrees(next.entries, with: moments.covariance.entries, relative: 1e-13))  // 66 unknowns, radius 0.95
  }

  @Test func refusesAnUnstableRate() throws {
    let samples = try samples()
    // The largest curvature is 0.83: the mean is stable up to η = 2.4, the second moments of batches of one earlier.
    let descent = SecondMomentOperator(
      samples: samples, learningRate: 2.2, noise: NoiseCovariance(samplingFactor: 1))
    #expect(DenseMatrix.identity(2) - 2.2 * samples.hessian == descent.map)
    let radius = try descent.spectralRadius()
    #expect(radius > 1)
    #expect(throws: GaussianFailure.unstable(spectralRadius: radius)) { try descent.stationary() }
    #expect(throws: GaussianFailure.self) { try descent.iterated(descent.noiseAtMinimum) }
  }
}
