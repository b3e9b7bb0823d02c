/// Gradient descent: θ′ = θ − ηΛĝ + √(2ηTΛ) ζ with ζ ~ N(0, I).
///
/// With the full batch and T > 0 it is the unadjusted Langevin algorithm, with minibatches and T > 0 it is SGLD.
public struct GradientDescent: UpdateRule, Equatable {
  /// The name in scenarios.
  public static let name = "gradient-descent"

  /// η_k > 0 as a function of the step.
  public let learningRate: Schedule
  /// Λ, symmetric and positive definite.
  public let preconditioner: Preconditioner

  /// A rule from its settings.
  public init(learningRate: Schedule, preconditioner: Preconditioner = .identity) {
    self.learningRate = learningRate
    self.preconditioner = preconditioner
  }
}
