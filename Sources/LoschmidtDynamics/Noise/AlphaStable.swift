import LoschmidtNumerics

/// The full gradient with Lévy's symmetric α-stable noise, independent for each coordinate: ĝ = ∇L + ζ with
/// E exp(itζ_i) = exp(−|ct|ᵅ).
///
/// α = 2 is Gaussian noise of the variance 2c²; below, ζ has no covariance, and from α = 1 down no mean: then ∇L is the
/// centre of symmetry of ĝ.
public struct AlphaStable: GradientNoise, Equatable {
  /// The name in scenarios.
  public static let name = "alpha-stable"

  /// The index of stability, 0 < α ≤ 2.
  public let alpha: Double
  /// The scale c > 0.
  ///
  /// Unit: [L]/[θ].
  public let scale: Double

  /// Noise from its index and scale.
  public init(alpha: Double, scale: Double) {
    precondition(alpha > 0 && alpha <= 2, "an index of stability is above 0 and at most 2")
    precondition(scale > 0 && scale.isFinite, "a scale is finite and above 0")
    self.alpha = alpha
    self.scale = scale
  }

  /// Whether α = 2.
  public var isGaussian: Bool { alpha == 2 }

  /// The stable law for α < 2.
  public var heavyTail: HeavyTail? { isGaussian ? nil : .stable(alpha: alpha, scale: scale) }

  /// A sampler of the full gradient, which adds the noise unless it is Gaussian and part of the step.
  public func sampler(_ program: FieldProgram, lanes: Int) -> any GradientSampler {
    if isGaussian { return FullGradientSampler() }
    guard let law = try? AlphaStableDistribution(alpha: alpha, scale: scale) else {
      preconditionFailure("an index and a scale in range have a stable law")
    }
    return AlphaStableSampler(law, dimension: program.dimension, lanes: lanes)
  }

  /// The step has a density of its own; the Gaussian noise of α = 2 is part of the step.
  public var randomness: GradientRandomness { isGaussian ? .partOfStep : .integrated }

  /// 2c² for α = 2; infinite below.
  public func covariance(sampleCount: Int, dimension: Int) -> NoiseCovariance? {
    additiveCovariance(dimension: dimension).map { NoiseCovariance(constant: $0) }
  }

  /// 2c² on the diagonal for α = 2.
  public func additiveCovariance(dimension: Int) -> DenseMatrix? {
    isGaussian ? .diagonal([Double](repeating: 2 * scale * scale, count: dimension)) : nil
  }

  /// A diagonal mobility, under which coordinates stay independent, and no heat bath.
  public func missingDensity(_ law: StepLaw, _ program: FieldProgram) -> MissingDensity? {
    if isGaussian { return law.missingDensity }
    guard law.isDeterministic else { return .heatedNoise }
    guard case .diagonal = law.form else { return .mixedCoordinates }
    return nil
  }

  /// A product of stable densities about θ − MG.
  public func stepDensity(
    _ law: StepLaw, _ program: FieldProgram, noiseFactors: [Double], lanes: Int
  ) -> any StepDensity {
    StableDensity(law, alpha: alpha, scale: scale, noiseFactors: noiseFactors, lanes: lanes)
  }
}

/// The full gradient with independent stable numbers.
final class AlphaStableSampler: GradientSampler {
  private let law: AlphaStableDistribution
  private let noise: LaneStorage

  init(_ law: AlphaStableDistribution, dimension: Int, lanes: Int) {
    self.law = law
    noise = LaneStorage(dimension: dimension, lanes: lanes)
  }

  func draw(step: Int, from source: any RandomSource) {
    for lane in 0..<noise.lanes {
      let generator = source.generator(lane: lane, .gradientNoise, step: step)
      for i in 0..<noise.dimension { noise[i, lane] = law.sample(with: generator) }
    }
  }

  func evaluate(
    _ field: BlockField, at theta: UnsafePointer<Double>, into result: UnsafeMutablePointer<Double>
  ) {
    field.gradient(at: theta, into: result)
    for k in 0..<noise.count { result[k] += noise.pointer[k] }
  }
}
