import LoschmidtNumerics

/// The density of one step of a process: how probable it is to come from one point to another.
///
/// Only kernels that have one conform. It is written apart from the sampler, so that the two can be tested against each
/// other.
public protocol TransitionDensity: AnyObject {
  /// The log-density of one step, ln K(θ′ | θ), in nats.
  ///
  /// - Parameters:
  ///   - next: θ′, dimension × lanes.
  ///   - current: θ, a block of the same shape.
  /// - Returns: One value a lane.
  func logDensity(of next: Block, given current: Block) -> [Double]
}

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
