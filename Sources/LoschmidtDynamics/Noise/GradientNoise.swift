import LoschmidtNumerics

/// How ∇L is estimated at each step: the noise model.
public protocol GradientNoise: Sendable {
  /// The name in scenarios, such as `minibatch`.
  static var name: String { get }

  /// What one worker needs to make the gradients of a block of trajectories.
  func sampler(_ program: FieldProgram, lanes: Int) -> any GradientSampler

  /// How the randomness of the gradient enters the probability of a step.
  var randomness: GradientRandomness { get }

  /// Cov ĝ at any θ, in terms of the gradients of single samples; `nil` where it is infinite or depends on the past.
  func covariance(sampleCount: Int, dimension: Int) -> NoiseCovariance?

  /// Whether the noise is normal at every θ, with the covariance that ``covariance(sampleCount:dimension:)`` says.
  var isGaussian: Bool { get }

  /// How the noise of one coordinate falls, where it has the same heavy tail at every θ; `nil` for all other noise.
  var heavyTail: HeavyTail? { get }

  /// How many gradients of single samples one gradient takes: what a step costs.
  func samplesPerGradient(sampleCount: Int) -> Int

  /// l, the number of steps of the size η/l that one step of the process is made of, each with its own randomness.
  var substeps: Int { get }

  /// The law of a batch drawn from N samples, as far as outcomes up to `limit` are listed; `nil` where no batch is drawn.
  func batchLaw(sampleCount: Int, limit: Int) -> DrawSet?

  /// Whether a sequence of batches read backwards has the probability of the sequence itself, over `steps` steps.
  ///
  /// The detailed fluctuation theorem of the extended path needs it.
  func isReversalInvariant(sampleCount: Int, steps: Int) -> Bool

  /// C of a Gaussian noise with a constant covariance that is added to the gradient by the step; `nil` without.
  ///
  /// Unit: ([L]/[θ])².
  func additiveCovariance(dimension: Int) -> DenseMatrix?

  /// Why a step with the noise of this model has no density; `nil` where it has one. For ``GradientRandomness/integrated``.
  func missingDensity(_ law: StepLaw, _ program: FieldProgram) -> MissingDensity?

  /// The density of a step over the noise of this model, the storage of one worker. For ``GradientRandomness/integrated``.
  ///
  /// - Parameters:
  ///   - law: The mobility, and the noise that does not come from the gradient.
  ///   - program: The gradient field.
  ///   - noiseFactors: Factors c of models, side by side, that multiply the covariance of all noise; 1 is the right one.
  ///   - lanes: The number of lanes, a multiple of 4.
  /// - Returns: The density with its storage.
  func stepDensity(
    _ law: StepLaw, _ program: FieldProgram, noiseFactors: [Double], lanes: Int
  ) -> any StepDensity
}

/// How the randomness of a gradient enters the probability of a step.
public enum GradientRandomness: Sendable, Equatable {
  /// There is none, or a Gaussian noise of constant covariance that is part of the step.
  case partOfStep
  /// A batch is drawn first: the path may contain it, or the step is summed over all batches.
  case batches
  /// Something is drawn first that the path contains; no sum over it is known.
  case hidden
  /// The step has a density of its own, integrated over the noise: the path is that of θ alone.
  case integrated
}

/// A symmetric law of one coordinate of the noise that has no, or few, moments.
public enum HeavyTail: Sendable, Equatable {
  /// Student's law of ν > 0 degrees of freedom, of whatever scale: the density falls as |x|^(−ν − 1).
  case student(degreesOfFreedom: Double)
  /// The symmetric α-stable law with the characteristic function exp(−|ck|^α), 0 < α < 2, of scale c.
  ///
  /// Unit of c: [L]/[θ].
  case stable(alpha: Double, scale: Double)
}

extension GradientNoise {
  /// The name in scenarios.
  public var name: String { Self.name }

  /// No batch is drawn.
  public func batchLaw(sampleCount: Int, limit: Int) -> DrawSet? { nil }

  /// Independent steps read backwards are as probable.
  public func isReversalInvariant(sampleCount: Int, steps: Int) -> Bool { true }

  /// No noise of this kind.
  public func additiveCovariance(dimension: Int) -> DenseMatrix? { nil }

  /// Not known to be normal.
  public var isGaussian: Bool { false }

  /// No heavy tail.
  public var heavyTail: HeavyTail? { nil }

  /// All samples are looked at.
  public func samplesPerGradient(sampleCount: Int) -> Int { sampleCount }

  /// A step is made at once.
  public var substeps: Int { 1 }

  /// For models that are not integrated the step itself tells.
  public func missingDensity(_ law: StepLaw, _ program: FieldProgram) -> MissingDensity? { law.missingDensity }

  /// Only models that are integrated have one.
  public func stepDensity(
    _ law: StepLaw, _ program: FieldProgram, noiseFactors: [Double], lanes: Int
  ) -> any StepDensity {
    preconditionFailure("'\(name)' has no density of its own")
  }
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

extension GradientSampler {
  /// Something is drawn.
  public var isDeterministic: Bool { false }
}
