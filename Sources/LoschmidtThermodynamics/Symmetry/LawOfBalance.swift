/// How one step of gradient descent changes the imbalance Q = u² − w² of ℓ = ½ (u w x − y)²: **Q′ = Q (1 − η²r²x²)
/// exactly**.
///
/// r = u w x − y is the residual of the sample of the step. The law follows from ΔQ = η² gᵀKg with g = r x (w, u). Q
/// decays as long as η²r²x² < 2, and changes its sign, an overshoot, when η²r²x² > 1.
public struct LawOfBalance: Sendable, Equatable {
  /// η²r²x².
  public let rate: Double

  /// The law of a step.
  ///
  /// - Parameters:
  ///   - learningRate: η.
  ///   - residual: r.
  ///   - input: x.
  public init(learningRate: Double, residual: Double, input: Double) {
    let product = learningRate * residual * input
    rate = product * product
  }

  /// Q′/Q = 1 − η²r²x².
  public var factor: Double { 1 - rate }
  /// Whether |Q| gets smaller.
  public var decays: Bool { rate > 0 && rate < 2 }
  /// Whether Q changes its sign.
  public var overshoots: Bool { rate > 1 }
}
