/// Why a force does not exist at a finite learning rate.
public enum UndefinedForce: Sendable, Equatable {
  /// The gradient is not finite along the iterates of the step.
  case gradientNotFinite
  /// The gradient flow is not finite within one step.
  case flowNotFinite
  /// The gradient flow could not be integrated, and why.
  case flowNotIntegrated(String)
  /// The gradient flow needs more steps over one learning rate than are made, because η‖ΛH‖ is so large.
  case flowTooStiff(rateTimesNorm: Double)
  /// η λ_max(ΛH) ≥ 1: the step does not preserve orientation, and is not the flow of any real field.
  case stepIsNoFlow(rateTimesEigenvalue: Double)
  /// The second derivatives are not finite.
  case curvatureNotFinite

  /// The one that says more of two: the later in the list above, with the larger eigenvalue.
  func stronger(_ other: UndefinedForce) -> UndefinedForce {
    if case .stepIsNoFlow(let mine) = self, case .stepIsNoFlow(let theirs) = other {
      return mine < theirs ? other : self
    }
    if case .flowTooStiff(let mine) = self, case .flowTooStiff(let theirs) = other {
      return mine < theirs ? other : self
    }
    return rank < other.rank ? other : self
  }

  private var rank: Int {
    switch self {
    case .gradientNotFinite: 0
    case .flowNotFinite: 1
    case .flowNotIntegrated: 2
    case .flowTooStiff: 3
    case .stepIsNoFlow: 4
    case .curvatureNotFinite: 5
    }
  }
}

/// Why an average over draws does not exist: the draws for which a force does not.
public struct UndefinedAverage: Sendable, Equatable {
  /// The strongest cause among the draws; of several learning rates too large, that of the largest eigenvalue.
  public let cause: UndefinedForce
  /// How many draws have no force.
  public let affectedDraws: Int
  /// How many draws there are.
  public let draws: Int

  /// Draws of which some have no force.
  public init(cause: UndefinedForce, affectedDraws: Int, draws: Int) {
    self.cause = cause
    self.affectedDraws = affectedDraws
    self.draws = draws
  }

  /// The average over draws with these reasons; `nil` where all of them have a force.
  init?(_ reasons: [UndefinedForce?]) {
    let causes = reasons.compactMap { $0 }
    guard let first = causes.first else { return nil }
    self.init(
      cause: causes.dropFirst().reduce(first) { $0.stronger($1) }, affectedDraws: causes.count, draws: reasons.count)
  }

  /// What two groups of draws have to say together; either may be without reasons.
  static func merged(_ left: UndefinedAverage?, _ right: UndefinedAverage?, draws: Int) -> UndefinedAverage? {
    guard let one = left ?? right else { return nil }
    let cause = (right ?? one).cause.stronger((left ?? one).cause)
    let affected = (left?.affectedDraws ?? 0) + (right?.affectedDraws ?? 0)
    return UndefinedAverage(cause: cause, affectedDraws: affected, draws: draws)
  }
}
