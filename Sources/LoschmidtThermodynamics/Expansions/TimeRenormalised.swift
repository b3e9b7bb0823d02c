import LoschmidtNumerics

/// TR: the mismatch of one step and n steps of η/n, normalised to agree with the others at leading order.
///
/// F = −(n/(n−1)) [S^n_{η/n}(θ) − U_η(θ)] / η. Without cancellation, F = (1/(n−1)) Σ_{j=1}^{n−1} [G(θ_j) − G(θ)] along the
/// sub-steps, and for n = ∞ F = (1/η) ∫₀^η [G(θ(s)) − G(θ)] ds along the flow θ′ = −G (theory of the expansions,
/// identity 3). The rounding floor is 8 ε (|θ| ‖ΛH‖ + |G|) / |F| relative.
public struct TimeRenormalised: IrreversibilityPotential {
  /// n; `nil` for the flow, n = ∞.
  public let steps: Int?

  /// The potential with n = `steps` ≥ 2.
  public init(steps: Int) {
    precondition(steps >= 2, "a step is compared with at least 2 sub-steps")
    self.steps = steps
  }

  private init() { steps = nil }

  /// n = ∞: a step compared with the flow.
  public static let flow = TimeRenormalised()

  /// `TR2`, `TR4`, … or `TRinf`.
  public var name: String { steps.map { "TR\($0)" } ?? "TRinf" }

  /// The mean gradient change along the sub-steps; n gradients, or an adaptive integration for n = ∞.
  public func force(
    of field: some VectorField, at point: Block, learningRate: Double, curvature: LocalCurvature
  ) throws -> PotentialForce {
    let start = field.evaluate(at: point)
    let rounding = curvature.differenceRounding(at: point, value: start)
    guard let steps else {
      let flow = FlowMismatch(
        field: field, point: point, start: start, learningRate: learningRate, rounding: rounding,
        curvature: curvature.operatorNorms.max() ?? 0)
      return try flow.force(metric: curvature.metric)
    }
    var position = point
    var gradient = start
    var sum = Block(dimension: field.dimension, lanes: field.lanes)
    for _ in 1..<steps {
      position.add(gradient, times: -learningRate / Double(steps))
      gradient = field.evaluate(at: position)
      sum.add(gradient)
      sum.add(start, times: -1)
    }
    sum.scale(by: 1 / Double(steps - 1))
    return PotentialForce(
      force: sum, truncationErrors: [Double](repeating: 0, count: sum.lanes), roundingBounds: rounding)
  }

  /// From n-fold Euler, of which h Σ_{j<n} G(θ_j) = n × its displacement; from the exact flow for n = ∞.
  public func series(orders: Int) -> EtaSeries {
    guard let steps else { return EtaSeries(BSeries.exactFlow(maximumOrder: orders + 1)) }
    let map = BSeries.euler(times: steps, step: Rational(1, steps), maximumOrder: orders + 1)
    return EtaSeries(Rational(steps, steps - 1) * map)
  }

  /// The series of the inverse question, f_n + G: the field f_n whose n Euler steps of η/n make one step of size η.
  ///
  /// f_n = (n/η)(U^{1/n} − 1) id (theory of the expansions, identity 5); it tends to DE as n → ∞.
  public static func inverseSeries(steps: Int, orders: Int) -> EtaSeries {
    precondition(steps >= 1, "a root of a step needs at least 1 sub-step")
    let root = BSeries.newtonSeriesOfEuler(maximumOrder: orders + 1) { power in
      (1..<power).reduce(Rational(1, steps)) { $0 * (Rational(1, steps) - Rational($1)) / Rational($1 + 1) }
    }
    return EtaSeries(Rational(-steps) * root)
  }
}
