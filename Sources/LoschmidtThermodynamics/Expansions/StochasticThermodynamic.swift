import LoschmidtNumerics

/// ST: the entropy that one step produces in the medium, in the limit of vanishing temperature.
///
/// φ = (η/16) (g + g′)ᵀΛ(g + g′), g′ = g(θ − ηΛg), and F = −Λ∇φ = −(η/8) [DG + (I − ηDG) DG′] (G + G′), exactly (theory of
/// the expansions, identity 6): DG = ΛH at θ and DG′ = ΛH′ at the next point. Nothing nearly equal is subtracted.
public struct StochasticThermodynamic: IrreversibilityPotential {
  /// Creates the potential.
  public init() {}

  /// `ST`.
  public var name: String { "ST" }

  /// The force; two gradients and three directional derivatives.
  ///
  /// Its rounding bound is that of a difference of gradients times η‖ΛH‖, at least 16 ε |F|.
  public func force(
    of field: some VectorField, at point: Block, learningRate: Double, curvature: LocalCurvature
  ) -> PotentialForce {
    let start = field.evaluate(at: point)
    let next = point.moved(along: start, by: -learningRate)
    let sum = field.evaluate(at: next) + start
    var force = field.derivative(along: [(direction: sum, multiplicity: 1)], at: point)
    let turned = field.derivative(along: [(direction: sum, multiplicity: 1)], at: next)
    force.add(turned)
    force.add(field.derivative(along: [(direction: turned, multiplicity: 1)], at: point), times: -learningRate)
    force.scale(by: -learningRate / 8)
    let differences = curvature.differenceRounding(at: point, value: start)
    let norms = curvature.metric.inverseNorms(force)
    let bounds = norms.indices.map {
      max(differences[$0] * learningRate * curvature.operatorNorms[$0], 16 * Double.ulpOfOne * norms[$0])
    }
    return PotentialForce(
      force: force, truncationErrors: [Double](repeating: 0, count: force.lanes), roundingBounds: bounds)
  }

  /// φ per lane, in units of the loss: (η/16) |G + G′|² in the Λ⁻¹ norm; two gradients.
  public func potential(
    of field: some VectorField, at point: Block, learningRate: Double, metric: PositiveMatrix = .identity
  ) -> [Double] {
    let start = field.evaluate(at: point)
    let sum = field.evaluate(at: point.moved(along: start, by: -learningRate)) + start
    return metric.inverseProducts(sum, sum).map { learningRate / 16 * $0 }
  }

  /// (1/8) h [DG + (I + hDG) DG∘U] (G + G∘U), h = −η.
  public func series(orders: Int) -> EtaSeries {
    let identity = BSeries.identity(maximumOrder: orders + 1)
    let euler = BSeries.euler(maximumOrder: orders + 1)
    let sum = identity.fieldAlong + euler.fieldAlong
    let turned = euler.derivativeAlong(appliedTo: sum)
    let force = identity.derivativeAlong(appliedTo: sum) + turned + identity.derivativeAlong(appliedTo: turned)
    return EtaSeries(Rational(1, 8) * force)
  }

  /// The coefficients of η¹, η², … of φ, per lane: those of η^k come from pairs of trees with k + 1 vertices in all.
  ///
  /// - Returns: `orders` arrays with one value per lane.
  public func potentialSeries(
    orders: Int, of field: some VectorField, at point: Block, metric: PositiveMatrix = .identity
  ) -> [[Double]] {
    // G + G′ = Σ_k ((−η)^k/k!) D^kG[G, …, G], and twice the term k = 0.
    let start = field.evaluate(at: point)
    var terms = [2 * start]
    var factorial = 1.0
    for k in 1..<max(1, orders) {
      factorial *= -Double(k)
      terms.append((1 / factorial) * field.derivative(along: [(direction: start, multiplicity: k)], at: point))
    }
    return (0..<orders).map { power in
      var sums = [Double](repeating: 0, count: field.lanes)
      for k in 0...power {
        for (lane, value) in metric.inverseProducts(terms[k], terms[power - k]).enumerated() {
          sums[lane] += value / 16
        }
      }
      return sums
    }
  }
}
