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
    RandomWeightsSampler(sampleCount: program.sampleCount, size: size, lanes: lanes, parts: parts)
  }

  /// Paths are compared, not their probabilities.
  public var randomness: GradientRandomness { .hidden }

  /// C/B.
  public func covariance(sampleCount: Int, dimension: Int) -> NoiseCovariance? {
    NoiseCovariance(samplingFactor: 1 / Double(size))
  }
}
