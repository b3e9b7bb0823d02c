import LoschmidtNumerics

/// How the parameters move in one step: the algorithm of training.
public protocol UpdateRule: Sendable {
  /// The name in scenarios, such as `gradient-descent`.
  static var name: String { get }

  /// η_k > 0 as a function of the step.
  var learningRate: Schedule { get }

  /// The step as one of plain gradient descent; `nil` where it is any other.
  ///
  /// There is no default: a rule that said nothing would get exact values that are not its own.
  var descent: PlainDescent? { get }

  /// How many gradients of single samples a step takes.
  ///
  /// - Parameters:
  ///   - gradient: The noise of the gradient, one that the rule takes.
  ///   - sampleCount: N.
  ///   - dimension: d.
  /// - Returns: The number, of one trajectory.
  func sampleGradients(_ gradient: any GradientNoise, sampleCount: Int, dimension: Int) -> Int

  /// The Gaussian law of a step, given the gradient field.
  ///
  /// - Parameters:
  ///   - setting: The learning rate and the temperatures of the step; one temperature, or one for each coordinate.
  ///   - additiveCovariance: C of a Gaussian gradient noise; `nil` without.
  ///   - dimension: d.
  /// - Returns: The law of θ′ given θ and G(θ).
  /// - Throws: `GSLError` where the covariance of the step has no factor.
  func stepLaw(
    _ setting: StepSetting, additiveCovariance: DenseMatrix?, dimension: Int
  ) throws(GSLError) -> StepLaw

  /// Why no step of this rule has a density, whatever the noise; `nil` where the noise decides.
  var missingDensity: MissingDensity? { get }

  /// What makes the steps of a block where they are not Gaussian given the gradient; `nil` where they are.
  ///
  /// - Parameters:
  ///   - program: The gradient field.
  ///   - gradient: The noise of the gradient, one that the rule takes.
  ///   - lanes: The number of lanes, a multiple of 4.
  /// - Returns: The integrator with its storage.
  func integrator(_ program: FieldProgram, gradient: any GradientNoise, lanes: Int) -> (any StepIntegrator)?
}

extension UpdateRule {
  /// The name in scenarios.
  public var name: String { Self.name }

  /// One gradient for each substep that the noise asks for.
  public func sampleGradients(_ gradient: any GradientNoise, sampleCount: Int, dimension: Int) -> Int {
    gradient.samplesPerGradient(sampleCount: sampleCount) * gradient.substeps
  }

  /// The noise decides.
  public var missingDensity: MissingDensity? { nil }

  /// Steps are Gaussian given the gradient.
  public func integrator(
    _ program: FieldProgram, gradient: any GradientNoise, lanes: Int
  ) -> (any StepIntegrator)? { nil }
}
