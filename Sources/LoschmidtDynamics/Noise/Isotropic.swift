import CKernels
import LoschmidtNumerics

/// Gaussian noise, equal and independent in all coordinates: ĝ = ∇L + σζ, ζ ~ N(0, 1).
///
/// σ is given, or it is that of minibatches at the current point, σ² = tr C(θ)/(Bd) with the covariance C of the
/// gradients of single samples: noise of the same size as theirs in all, but without their directions.
public struct Isotropic: GradientNoise, Equatable {
  /// The name in scenarios.
  public static let name = "isotropic"

  /// How strong the noise is.
  public enum Strength: Sendable, Equatable {
    /// σ > 0 everywhere.
    ///
    /// Unit: [L]/[θ].
    case standardDeviation(Double)
    /// That of batches of B ≥ 1 samples at the current point.
    case size(Int)
  }

  /// How strong the noise is.
  public let strength: Strength

  /// Noise of a strength.
  public init(_ strength: Strength) {
    switch strength {
    case .standardDeviation(let sigma): precondition(sigma > 0 && sigma.isFinite, "a noise has a positive deviation")
    case .size(let size): precondition(size >= 1, "a batch has at least one sample")
    }
    self.strength = strength
  }

  /// A sampler of the full gradient, which adds the noise where it depends on θ.
  public func sampler(_ program: FieldProgram, lanes: Int) -> any GradientSampler {
    guard case .size(let size) = strength else { return FullGradientSampler() }
    return IsotropicSampler(
      traceFactor: Self.traceFactor(size: size, dimension: program.dimension), dimension: program.dimension,
      lanes: lanes)
  }

  /// Part of the Gaussian step where σ is given; else the step is Gaussian given θ.
  public var randomness: GradientRandomness {
    if case .size = strength { return .integrated }
    return .partOfStep
  }

  /// Normal at every θ.
  public var isGaussian: Bool { true }

  /// σ² in every coordinate.
  public func covariance(sampleCount: Int, dimension: Int) -> NoiseCovariance? {
    switch strength {
    case .standardDeviation: NoiseCovariance(constant: additiveCovariance(dimension: dimension))
    case .size(let size): NoiseCovariance(traceFactor: Self.traceFactor(size: size, dimension: dimension))
    }
  }

  /// σ² on the diagonal, where σ is given.
  public func additiveCovariance(dimension: Int) -> DenseMatrix? {
    guard case .standardDeviation(let sigma) = strength else { return nil }
    return .diagonal([Double](repeating: sigma * sigma, count: dimension))
  }

  /// Without a heat bath there have to be two samples at least, whose gradients differ.
  public func missingDensity(_ law: StepLaw, _ program: FieldProgram) -> MissingDensity? {
    guard case .size = strength else { return law.missingDensity }
    let limit = EllipticalDensity.largestDimension
    if program.dimension > limit { return .dimension(limit: limit) }
    return program.sampleCount > 1 ? nil : law.missingDensity
  }

  /// Normal about θ − MG, with a covariance M²σ² + Σ₀ of its own at every θ.
  public func stepDensity(
    _ law: StepLaw, _ program: FieldProgram, noiseFactors: [Double], lanes: Int
  ) -> any StepDensity {
    guard let covariance = covariance(sampleCount: program.sampleCount, dimension: program.dimension) else {
      preconditionFailure("Gaussian noise has a covariance")
    }
    return EllipticalDensity(law, covariance: covariance, radial: .gaussian, noiseFactors: noiseFactors, lanes: lanes)
  }

  /// 1/(Bd).
  private static func traceFactor(size: Int, dimension: Int) -> Double { 1 / (Double(size) * Double(dimension)) }
}

/// The full gradient with independent normal numbers of the variance f tr C(θ).
final class IsotropicSampler: GradientSampler {
  private let traceFactor: Double
  private let dimension: Int
  private let lanes: Int
  private let normals: LaneStorage
  private let deviation: LaneStorage

  init(traceFactor: Double, dimension: Int, lanes: Int) {
    self.traceFactor = traceFactor
    self.dimension = dimension
    self.lanes = lanes
    normals = LaneStorage(dimension: dimension, lanes: lanes)
    deviation = LaneStorage(dimension: 1, lanes: lanes)
  }

  func draw(step: Int, from source: any RandomSource) {
    source.normals(.gradientNoise, step: step, into: normals.pointer, dimension: dimension)
  }

  func evaluate(
    _ field: BlockField, at theta: UnsafePointer<Double>, into result: UnsafeMutablePointer<Double>
  ) {
    field.gradient(at: theta, into: result, trace: deviation.pointer)
    for lane in 0..<lanes { deviation.pointer[lane] = (deviation.pointer[lane] * traceFactor).squareRoot() }
    for i in 0..<dimension { lk_add_weighted(result + i * lanes, normals.row(i), deviation.pointer, 1, lanes) }
  }
}
