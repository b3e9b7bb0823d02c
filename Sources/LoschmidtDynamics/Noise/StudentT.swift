import LoschmidtNumerics

/// Heavy-tailed noise with the covariance of minibatches: ĝ = ∇L + ζ with Student's multivariate t law of ν degrees of
/// freedom, scaled so that Cov ζ = C(θ)/B.
///
/// ζ = √((ν − 2)/χ²) Σ_i z_i(g_i − ḡ)/√(BN) with one standard normal z_i for each sample and one χ² of ν degrees of
/// freedom for each step. ν → ∞ is ``MatchedGaussian``.
public struct StudentT: GradientNoise, Equatable {
  /// The name in scenarios.
  public static let name = "student-t"

  /// B ≥ 1, the size of the batches that are matched.
  public let size: Int
  /// ν > 2, so that there is a covariance; not necessarily whole.
  public let degreesOfFreedom: Double

  /// Noise that matches batches of a size.
  public init(size: Int = 1, degreesOfFreedom: Double) {
    precondition(size >= 1, "a batch has at least one sample")
    precondition(
      degreesOfFreedom > 2 && degreesOfFreedom.isFinite, "Student's law has a covariance above two degrees of freedom")
    self.size = size
    self.degreesOfFreedom = degreesOfFreedom
  }

  /// A sampler that weighs the gradients of all samples at random.
  public func sampler(_ program: FieldProgram, lanes: Int) -> any GradientSampler {
    let nu = degreesOfFreedom
    guard let chiSquared = try? GammaDistribution(shape: nu / 2, scale: 2) else {
      preconditionFailure("finite positive degrees of freedom have a χ² law")
    }
    return RandomWeightsSampler(sampleCount: program.sampleCount, size: size, lanes: lanes) { step, source, factors in
      for lane in 0..<lanes {
        let generator = source.generator(lane: lane, .auxiliary, step: step)
        factors.pointer[lane] = ((nu - 2) / chiSquared.sample(with: generator)).squareRoot()
      }
    }
  }

  /// The step has a density of its own.
  public var randomness: GradientRandomness { .integrated }

  /// C/B.
  public func covariance(sampleCount: Int, dimension: Int) -> NoiseCovariance? {
    NoiseCovariance(samplingFactor: 1 / Double(size))
  }

  /// Student's law.
  public var heavyTail: HeavyTail? { .student(degreesOfFreedom: degreesOfFreedom) }

  /// No heat bath, whose convolution with the t law is not known, and noise that spans all directions.
  public func missingDensity(_ law: StepLaw, _ program: FieldProgram) -> MissingDensity? {
    law.isDeterministic ? .ofSampledCovariance(law, program) : .heatedNoise
  }

  /// Student's law about θ − MG, with a covariance of its own at every θ.
  public func stepDensity(
    _ law: StepLaw, _ program: FieldProgram, noiseFactors: [Double], lanes: Int
  ) -> any StepDensity {
    EllipticalDensity(
      law, covariance: NoiseCovariance(samplingFactor: 1 / Double(size)),
      radial: .student(degreesOfFreedom: degreesOfFreedom), noiseFactors: noiseFactors, lanes: lanes)
  }
}
