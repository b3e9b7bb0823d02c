/// The step θ′ = θ − ηΛĝ + √(2ηTΛ)ζ with ζ ~ N(0, I): one gradient, one kick of θ, no memory.
///
/// Formulas that are made of η, Λ and T alone are exact for this step and for no other. They ask for it by
/// ``UpdateRule/descent``, because a rule of another kind that has a density too would get their numbers for its own.
public struct PlainDescent: Sendable, Equatable {
  /// η_k ≥ 0 as a function of the step.
  public let learningRate: Schedule
  /// Λ, symmetric and positive definite.
  public let preconditioner: Preconditioner

  /// The step of these settings.
  public init(learningRate: Schedule, preconditioner: Preconditioner) {
    self.learningRate = learningRate
    self.preconditioner = preconditioner
  }
}
