import CKernels
import Foundation
import LoschmidtNumerics

/// Gaussian noise with the covariance of minibatches at the current point: ĝ = ∇L + ζ, ζ ~ N(0, C(θ)/B).
///
/// C is the covariance of the gradients of single samples. It is never formed to draw ζ = Σ_i z_i(g_i − ḡ)/√(BN) with
/// one standard normal z_i for each sample.
public struct MatchedGaussian: GradientNoise, Equatable {
  /// The name in scenarios.
  public static let name = "gaussian"

  /// B ≥ 1, the size of the batches that are matched.
  public let size: Int

  /// Noise that matches batches of a size.
  public init(size: Int = 1) {
    precondition(size >= 1, "a batch has at least one sample")
    self.size = size
  }

  /// A sampler that weighs the gradients of all samples at random.
  public func sampler(_ program: FieldProgram, lanes: Int) -> any GradientSampler {
    RandomWeightsSampler(sampleCount: program.sampleCount, size: size, lanes: lanes)
  }

  /// The step is Gaussian given θ.
  public var randomness: GradientRandomness { .integrated }

  /// It is normal, given θ.
  public var isGaussian: Bool { true }

  /// C/B.
  public func covariance(sampleCount: Int, dimension: Int) -> NoiseCovariance? {
    NoiseCovariance(samplingFactor: 1 / Double(size))
  }

  /// Noise that spans all directions, and not too many of them to factor.
  public func missingDensity(_ law: StepLaw, _ program: FieldProgram) -> MissingDensity? {
    .ofSampledCovariance(law, program)
  }

  /// Normal about θ − MG, with a covariance of its own at every θ.
  public func stepDensity(
    _ law: StepLaw, _ program: FieldProgram, noiseFactors: [Double], lanes: Int
  ) -> any StepDensity {
    EllipticalDensity(
      law, covariance: NoiseCovariance(samplingFactor: 1 / Double(size)), radial: .gaussian,
      noiseFactors: noiseFactors, lanes: lanes)
  }
}

extension MissingDensity {
  /// Why a step with noise of the covariance of single samples' gradients beside the law's own has no density.
  static func ofSampledCovariance(_ law: StepLaw, _ program: FieldProgram) -> MissingDensity? {
    let limit = EllipticalDensity.largestDimension
    if program.dimension > limit { return .dimension(limit: limit) }
    if law.hasDensity { return nil }
    let count = program.sampleCount
    if count <= program.dimension { return .fewSamples(count: count, dimension: program.dimension) }
    return program.landscape?.hasFlatNoise == true ? .singularNoise : nil
  }
}

extension ExpressionLandscape {
  /// Whether the gradients of the samples differ in some directions only, such as along pixels that are always dark.
  ///
  /// Told at one point without symmetry, for all. `false` where the gradients are not finite there.
  fileprivate var hasFlatNoise: Bool {
    let covariance = gradientCovariance(at: (0..<dimension).map { 0.1 + 0.05 * sin(Double(3 * $0 + 1)) })
    let deviations = (0..<dimension).map { covariance[$0, $0].squareRoot() }
    guard covariance.entries.allSatisfy(\.isFinite) else { return false }
    guard deviations.allSatisfy({ $0 > 0 }) else { return true }
    var correlation = covariance
    for i in 0..<dimension {
      for j in 0..<dimension { correlation[i, j] /= deviations[i] * deviations[j] }
    }
    guard let eigen = try? SymmetricEigen(matrix: correlation.entries, dimension: dimension) else { return false }
    // Rounding of a singular correlation of d entries of size 1 a row.
    return (eigen.eigenvalues.min() ?? 0) <= 16 * Double(dimension) * Double.ulpOfOne
  }
}

/// The gradients of all samples with random weights, for noise of the covariance C(θ)/B times a random scale.
final class RandomWeightsSampler: GradientSampler {
  private let sampleCount: Int
  private let lanes: Int
  private let parts: Int
  private let scale: Double
  /// A further part of the sum, where there is more than one.
  private let part: LaneStorage?
  private let weights: LaneStorage
  private let mean: LaneStorage
  /// Makes the factors of all noise of a step, one a lane.
  private let factors: ((_ step: Int, _ source: any RandomSource, _ result: LaneStorage) -> Void)?
  private let factor: LaneStorage

  /// A sampler with its storage.
  ///
  /// - Parameters:
  ///   - sampleCount: N.
  ///   - size: B.
  ///   - lanes: The number of lanes.
  ///   - parts: p, how many normal numbers are added up and divided by √p for each sample.
  ///   - factors: Random numbers by which all noise of a lane is multiplied; without them 1.
  init(
    sampleCount: Int, size: Int, lanes: Int, parts: Int = 1,
    factors: ((_ step: Int, _ source: any RandomSource, _ result: LaneStorage) -> Void)? = nil
  ) {
    self.sampleCount = sampleCount
    self.lanes = lanes
    self.parts = parts
    scale = 1 / (Double(size) * Double(sampleCount) * Double(parts)).squareRoot()
    part = parts > 1 ? LaneStorage(dimension: sampleCount, lanes: lanes) : nil
    weights = LaneStorage(dimension: sampleCount, lanes: lanes)
    mean = LaneStorage(dimension: 1, lanes: lanes)
    factor = LaneStorage(dimension: 1, lanes: lanes)
    self.factors = factors
  }

  func draw(step: Int, from source: any RandomSource) {
    source.normals(.gradientNoise, step: step * parts, into: weights.pointer, dimension: sampleCount)
    if let part {
      for index in 1..<parts {
        source.normals(.gradientNoise, step: step * parts + index, into: part.pointer, dimension: sampleCount)
        lk_add_scaled(weights.pointer, part.pointer, 1, weights.count)
      }
    }
    let share = 1 / Double(sampleCount)
    mean.fill(0)
    for i in 0..<sampleCount { lk_add_scaled(mean.pointer, weights.row(i), share, lanes) }
    for lane in 0..<lanes { factor.pointer[lane] = scale }
    if let factors {
      factors(step, source, factor)
      for lane in 0..<lanes { factor.pointer[lane] *= scale }
    }
    // w_i = 1/N + (z_i − z̄) scale: the weights add up to 1.
    for i in 0..<sampleCount {
      let row = weights.row(i)
      for lane in 0..<lanes {
        row[lane] = share + (row[lane] - mean.pointer[lane]) * factor.pointer[lane]
      }
    }
  }

  func evaluate(
    _ field: BlockField, at theta: UnsafePointer<Double>, into result: UnsafeMutablePointer<Double>
  ) {
    field.gradient(weights: weights.pointer, at: theta, into: result)
  }
}
