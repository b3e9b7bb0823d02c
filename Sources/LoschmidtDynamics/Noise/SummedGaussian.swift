import CKernels
import LoschmidtNumerics

/// The noise of ``MatchedGaussian`` made of the increments that a ``ModifiedSDE`` is driven by, for common random
/// numbers.
///
/// z_i is the sum of p independent numbers divided by √p, those that the equation with p/2 substeps draws in the same
/// trajectory and step: with one key, gradient descent and its equation see the same Brownian paths. The source must be
/// counter-based. No choice of a scenario.
public struct SummedGaussian: GradientNoise, Equatable {
  /// The name.
  public static let name = "summed-gaussian"

  /// B ≥ 1, the size of the batches that are matched.
  public let size: Int
  /// p ≥ 1, the number of increments in a step.
  public let parts: Int

  /// Noise that matches batches of a size.
  public init(size: Int, parts: Int) {
    precondition(size >= 1 && parts >= 1, "a batch has at least one sample, and a step one increment")
    self.size = size
    self.parts = parts
  }

  /// A sampler that weighs the gradients of all samples at random.
  public func sampler(_ program: FieldProgram, lanes: Int) -> any GradientSampler {
    SummedWeightsSampler(self, sampleCount: program.sampleCount, lanes: lanes)
  }

  /// Paths are compared, not their probabilities.
  public var randomness: GradientRandomness { .hidden }

  /// C/B.
  public func covariance(sampleCount: Int, dimension: Int) -> NoiseCovariance? {
    NoiseCovariance(samplingFactor: 1 / Double(size))
  }
}

private final class SummedWeightsSampler: GradientSampler {
  private let parts: Int
  private let scale: Double
  private let normals: LaneStorage
  private let weights: LaneStorage
  private let mean: LaneStorage

  init(_ noise: SummedGaussian, sampleCount: Int, lanes: Int) {
    parts = noise.parts
    scale = 1 / (Double(noise.size) * Double(sampleCount) * Double(noise.parts)).squareRoot()
    normals = LaneStorage(dimension: sampleCount, lanes: lanes)
    weights = LaneStorage(dimension: sampleCount, lanes: lanes)
    mean = LaneStorage(dimension: 1, lanes: lanes)
  }

  func draw(step: Int, from source: any RandomSource) {
    weights.fill(0)
    for part in 0..<parts {
      source.normals(
        .gradientNoise, step: step * parts + part, into: normals.pointer, dimension: normals.dimension)
      lk_add_scaled(weights.pointer, normals.pointer, 1, weights.count)
    }
    let share = 1 / Double(weights.dimension)
    mean.fill(0)
    for i in 0..<weights.dimension { lk_add_scaled(mean.pointer, weights.row(i), share, weights.lanes) }
    for i in 0..<weights.dimension {
      let row = weights.row(i)
      for lane in 0..<weights.lanes { row[lane] = share + (row[lane] - mean.pointer[lane]) * scale }
    }
  }

  func evaluate(
    _ field: BlockField, at theta: UnsafePointer<Double>, into result: UnsafeMutablePointer<Double>
  ) {
    field.gradient(weights: weights.pointer, at: theta, into: result)
  }
}
