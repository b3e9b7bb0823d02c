import LoschmidtNumerics

/// TA: what is left after one step forward and one step of gradient ascent back, θ₂ = θ + 2η F.
///
/// F = ½ [G(θ − ηG) − G(θ)], exactly (theory of the expansions, identity 1). The rounding floor is
/// 8 ε (|θ| ‖ΛH‖ + |G|) / |F| relative.
public struct TimeAsymmetry: IrreversibilityPotential {
  /// Creates the potential.
  public init() {}

  /// `TA`.
  public var name: String { "TA" }

  /// ½ [G(θ − ηG) − G(θ)]; two gradients.
  public func force(
    of field: some VectorField, at point: Block, learningRate: Double, curvature: LocalCurvature
  ) -> PotentialForce {
    let start = field.evaluate(at: point)
    var force = field.evaluate(at: point.moved(along: start, by: -learningRate)) - start
    force.scale(by: 0.5)
    return PotentialForce(
      force: force, truncationErrors: [Double](repeating: 0, count: force.lanes),
      roundingBounds: curvature.differenceRounding(at: point, value: start))
  }

  /// ½ h (G∘U − G): only trees whose branches are all single vertices.
  public func series(orders: Int) -> EtaSeries {
    EtaSeries(Rational(1, 2) * BSeries.euler(maximumOrder: orders + 1).fieldAlong)
  }
}
