import LoschmidtNumerics

/// How ∇L is estimated at each step: the noise model.
public protocol GradientNoise: Sendable {
  /// The name in scenarios, such as `minibatch`.
  static var name: String { get }

  /// What one worker needs to make the gradients of a block of trajectories.
  func sampler(sampleCount: Int, lanes: Int) -> any GradientSampler

  /// The law of a batch drawn from N samples, as far as outcomes up to `limit` are listed; `nil` where no batch is drawn.
  func batchLaw(sampleCount: Int, limit: Int) -> DrawSet?

  /// Whether a sequence of batches read backwards has the probability of the sequence itself, over `steps` steps.
  ///
  /// The detailed fluctuation theorem of the extended path needs it.
  func isReversalInvariant(sampleCount: Int, steps: Int) -> Bool

  /// C of a Gaussian noise with a constant covariance that is added to the gradient; `nil` without. Unit: ([L]/[θ])².
  var additiveCovariance: DenseMatrix? { get }
}

extension GradientNoise {
  /// The name in scenarios.
  public var name: String { Self.name }

  /// No batch is drawn.
  public func batchLaw(sampleCount: Int, limit: Int) -> DrawSet? { nil }

  /// Independent steps read backwards are as probable.
  public func isReversalInvariant(sampleCount: Int, steps: Int) -> Bool { true }

  /// No noise of this kind.
  public var additiveCovariance: DenseMatrix? { nil }
}

/// Makes the gradients of a block of trajectories with the randomness of one step: the storage of one worker.
public protocol GradientSampler: AnyObject {
  /// Whether the gradient is a function of θ and t alone: then one evaluation serves two steps.
  var isDeterministic: Bool { get }

  /// Draws the randomness of a step; it stays until the next call.
  func draw(step: Int, from source: any RandomSource)

  /// The gradient with the randomness drawn, at any point: the reversed step uses the same.
  func evaluate(
    _ field: BlockField, at theta: UnsafePointer<Double>, into result: UnsafeMutablePointer<Double>)
}
