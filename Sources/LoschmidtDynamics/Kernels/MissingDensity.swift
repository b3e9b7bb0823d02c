/// Why a process has no transition density.
public enum MissingDensity: Error, Sendable, Equatable {
  /// No noise is added after the batch is drawn: the reversed step has probability zero.
  case deterministicStep
  /// Noise acts on some directions only.
  case singularNoise
  /// Temperature or noise is zero at this step of the schedule, in some direction at least.
  case noiselessStep(Int)
  /// The variance of the noise is not 0, but too small for its inverse to be a number.
  case noiseBelowRange
  /// The marginal kernel is a sum over more batches than the limit.
  case tooManyBatches(limit: Int)
  /// The batches of neighbouring steps depend on each other: no kernel of one step exists.
  case dependentBatches
  /// What is drawn before the step cannot be summed over: there is a density of the extended path only.
  case unknownMarginal
  /// The gradient noise is not Gaussian, and a heat bath would have to be convolved with it.
  case heatedNoise
  /// Samples are too few for their gradients to span all directions.
  case fewSamples(count: Int, dimension: Int)
  /// The covariance at a point is factored for at most so many coordinates.
  case dimension(limit: Int)
  /// The step is a stretch of a stochastic differential equation, whose transition density is not known.
  case continuousTime
  /// Noise independent for each coordinate needs a diagonal preconditioner.
  case mixedCoordinates
}
