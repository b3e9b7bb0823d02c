/// Why a process has no transition density.
public enum MissingDensity: Error, Sendable, Equatable {
  /// No noise is added after the batch is drawn: the reversed step has probability zero.
  case deterministicStep
  /// Noise acts on some directions only.
  case singularNoise
  /// Temperature or noise is zero at this step of the schedule.
  case noiselessStep(Int)
  /// The marginal kernel is a sum over more batches than the limit.
  case tooManyBatches(limit: Int)
  /// The batches of neighbouring steps depend on each other: no kernel of one step exists.
  case dependentBatches
}
