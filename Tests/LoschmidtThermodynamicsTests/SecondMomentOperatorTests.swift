import LoschmidtNumerics
import LoschmidtTestSupport
import Testing

@testable import LoschmidtThermodynamics

@Suite struct SecondMomentOperatorTests {
  private let entry = ThermodynamicReference.entry("t5_linear_regression")

  private func samples() throws -> QuadraticSamples {
    try .leastSquares(features: entry["inputs"]["X"].rows, targets: entry["inputs"]["y"].doubles)
  }

  private func descent(_ sampling: SecondMomentOperator.Sampling) throws -> SecondMomentOperator {
    SecondMomentOperator(samples: try samples(), learningRate: entry["inputs"]["eta"].double, sampling: sampling)
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
    if isConstant, let extra {
      let chain = try descent.chain(noise: extra)
      #expect(agrees(chain.stationary.covariance.entries, with: moments.covariance.entries, relative: 1e-13))
      #expect(agrees(chain.stationary.mean, with: moments.mean, relative: 1e-13))
      // Where the reference is 0, D is a function of H, and rounding of terms of order 1 is left.
      #expect(agrees(chain.entropyProductionPerStep, with: expected["ep_per_step"].double, absolute: 1e-15))
    }
    if !expected["D"].isMissing, let extra {
      #expect(agrees(extra.entries, with: expected["D"].rows.flatMap { $0 }, relative: 1e-13))
    }
  }

  @Test func minibatchesAgreeWithTheReference() throws {
    let size = Int(entry["inputs"]["B"].double)
    let drawn = try descent(.withReplacement(batchSize: size))
    let noisy = drawn.labelNoise(variance: entry["inputs"]["label_noise_var"].double)
    try compare("minibatch_with_replacement", drawn)
    try compare("gaussian_state_dependent_matched_wr", drawn)
    try compare("minibatch_without_replacement_in_batch", try descent(.withoutReplacement(batchSize: size)))
    try compare("minibatch_wr_plus_label_noise", drawn, extra: noisy)
    try compare("sgld_minibatch_wr", drawn, extra: drawn.langevinNoise(temperature: entry["inputs"]["sgld_T"].double))
  }

  @Test func constantNoiseAgreesWithTheReference() throws {
    let full = try descent(.fullBatch)
    let size = entry["inputs"]["B"].double
    let sampled = (1 / size) * full.samples.gradientCovariance
    let isotropic = (0.5 * sampled.trace) * DenseMatrix.identity(2)
    let noisy = full.labelNoise(variance: entry["inputs"]["label_noise_var"].double)
    let hot = full.langevinNoise(temperature: entry["inputs"]["sgld_T"].double)
    try compare("full_batch_label_noise", full, extra: noisy, isConstant: true)
    try compare("gaussian_constant_anisotropic", full, extra: full.gradientNoise(sampled), isConstant: true)
    try compare(
      "gaussian_constant_isotropic_same_trace", full, extra: full.gradientNoise(isotropic), isConstant: true)
    try compare("langevin_full_batch", full, extra: hot, isConstant: true)
  }

  /// All batches written out: the moments are a fixed point of the average over them, with a preconditioner too.
  @Test(arguments: [true, false]) func theMomentsAreAFixedPointOfTheEnumeration(replaces: Bool) throws {
    let samples = try samples()
    let metric = DenseMatrix([[1.3, 0.2], [0.2, 0.6]])
    let sampling: SecondMomentOperator.Sampling =
      replaces ? .withReplacement(batchSize: 2) : .withoutReplacement(batchSize: 2)
    let descent = SecondMomentOperator(
      samples: samples, learningRate: 0.4, preconditioner: metric, sampling: sampling)
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
    let drawn = try descent(.withReplacement(batchSize: 1))
    let noise = drawn.samplingNoise
    // Changes below 2⁻⁵⁰ end the iteration, and the sum of those left out is not much larger.
    #expect(agrees(try drawn.iterated(noise).entries, with: try drawn.stationary().covariance.entries, relative: 1e-13))
  }

  @Test func beyondTwelveDimensionsIsIterated() throws {
    var random = TestRandom(seed: 5)
    let features = (0..<60).map { _ in random.vector(14) }
    let samples = try QuadraticSamples.leastSquares(features: features, targets: random.vector(60))
    let descent = SecondMomentOperator(
      samples: samples, learningRate: 0.2, sampling: .withReplacement(batchSize: 2))
    let moments = try descent.stationary()
    let next = descent.applied(to: moments.covariance) + descent.samplingNoise
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
      samples: samples, learningRate: 0.1, sampling: .withReplacement(batchSize: 8))
    let moments = try descent.stationary()
    let next = descent.applied(to: moments.covariance) + descent.samplingNoise
    #expect(agrees(next.entries, with: moments.covariance.entries, relative: 1e-13))  // 66 unknowns, radius 0.95
  }

  @Test func refusesAnUnstableRate() throws {
    let samples = try samples()
    // The largest curvature is 0.83: the mean is stable up to η = 2.4, the second moments of batches of one earlier.
    let descent = SecondMomentOperator(samples: samples, learningRate: 2.2, sampling: .withReplacement(batchSize: 1))
    #expect(DenseMatrix.identity(2) - 2.2 * samples.hessian == descent.map)
    let radius = try descent.spectralRadius()
    #expect(radius > 1)
    #expect(throws: GaussianFailure.unstable(spectralRadius: radius)) { try descent.stationary() }
    #expect(throws: GaussianFailure.self) { try descent.iterated(descent.samplingNoise) }
  }
}
