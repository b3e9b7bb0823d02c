import LoschmidtDynamics
import LoschmidtNumerics

/// A noise model that only says what its noise is like, for results that never draw from it; drawn, it is none.
public struct StatedNoise: GradientNoise {
  /// A name that no scenario has.
  public static let name = "stated"

  private let covariance: NoiseCovariance?
  private let batches: Minibatch?
  /// How the randomness enters.
  public let randomness: GradientRandomness
  /// The number of substeps.
  public let substeps: Int
  /// Whether it is normal.
  public let isGaussian: Bool
  /// Its tail.
  public let heavyTail: HeavyTail?

  /// Noise of a covariance.
  public init(
    covariance: NoiseCovariance?, batches: Minibatch? = nil, randomness: GradientRandomness = .hidden,
    substeps: Int = 1,
    isGaussian: Bool = false, heavyTail: HeavyTail? = nil
  ) {
    self.covariance = covariance
    self.batches = batches
    self.randomness = randomness
    self.substeps = substeps
    self.isGaussian = isGaussian
    self.heavyTail = heavyTail
  }

  /// The sampler of the full gradient.
  public func sampler(_ program: FieldProgram, lanes: Int) -> any GradientSampler {
    FullBatch().sampler(program, lanes: lanes)
  }

  /// What was stated.
  public func covariance(sampleCount: Int, dimension: Int) -> NoiseCovariance? { covariance }

  /// Batches, where they were stated.
  public func batchLaw(sampleCount: Int, limit: Int) -> DrawSet? {
    batches?.batchLaw(sampleCount: sampleCount, limit: limit)
  }
}
