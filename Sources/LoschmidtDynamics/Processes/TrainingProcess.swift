import LoschmidtNumerics

/// The law of a training run: where θ starts, the forces on it, how gradients are estimated and how a step is made.
public struct TrainingProcess: Sendable {
  /// How θ is laid out.
  public var parameters: ParameterLayout
  /// The law of θ_0.
  public var initialLaw: InitialLaw
  /// The loss with its data; `nil` where only a force acts.
  public var landscape: ExpressionLandscape?
  /// A force F(θ, t) added to −∇L; `nil` without.
  public var force: ExpressionForce?
  /// How ∇L is estimated.
  public var gradient: any GradientNoise
  /// How a step is made.
  public var algorithm: any UpdateRule
  /// The temperature of the thermal noise.
  public var temperature: Temperature
  /// The random generator.
  public var generator: GeneratorName

  /// A process from its parts.
  public init(
    parameters: ParameterLayout, initialLaw: InitialLaw, landscape: ExpressionLandscape?,
    force: ExpressionForce? = nil, gradient: any GradientNoise = FullBatch(),
    algorithm: any UpdateRule, temperature: Temperature = .zero, generator: GeneratorName = .philox
  ) {
    precondition(
      initialLaw.coordinates.count == parameters.dimension, "the initial law has one entry for each coordinate of θ")
    self.parameters = parameters
    self.initialLaw = initialLaw
    self.landscape = landscape
    self.force = force
    self.gradient = gradient
    self.algorithm = algorithm
    self.temperature = temperature
    self.generator = generator
  }
}
