import LoschmidtNumerics

/// What the potentials need to know about the derivative ΛH of the field at one block of points; computed once per point.
public struct LocalCurvature: Sendable, Equatable {
  /// Λ, in whose inverse all norms are taken.
  public let metric: PositiveMatrix
  /// The largest eigenvalue of ΛH per lane, raised by the bound of its error.
  public let largestEigenvalues: [Double]
  /// ‖ΛH‖ in the Λ⁻¹ norm, per lane.
  public let operatorNorms: [Double]

  /// A curvature that is already known.
  ///
  /// - Parameters:
  ///   - metric: Λ.
  ///   - largestEigenvalues: One per lane.
  ///   - operatorNorms: One per lane.
  public init(metric: PositiveMatrix = .identity, largestEigenvalues: [Double], operatorNorms: [Double]) {
    precondition(largestEigenvalues.count == operatorNorms.count, "every lane has one eigenvalue and one norm")
    self.metric = metric
    self.largestEigenvalues = largestEigenvalues
    self.operatorNorms = operatorNorms
  }

  /// Finds the curvature of G = Λg by Lanczos' method.
  ///
  /// The eigenvalue is raised by its residual and by 8 ε‖ΛH‖, so that at ηλ_max = 1 rounding does not decide.
  ///
  /// - Complexity: At most `maximumIterations` directional derivatives.
  public init(
    of field: some VectorField, at point: Block, metric: PositiveMatrix = .identity, maximumIterations: Int = 100
  ) {
    let lanczos = Lanczos(
      dimension: field.dimension, lanes: field.lanes, metric: metric, maximumIterations: maximumIterations
    ) { field.derivative(along: [(direction: $0, multiplicity: 1)], at: point) }
    let norms = lanczos.norms
    self.init(
      metric: metric,
      largestEigenvalues: lanczos.largest.indices.map {
        lanczos.largest[$0] + lanczos.largestResidual[$0] + 8 * Double.ulpOfOne * norms[$0]
      },
      operatorNorms: norms)
  }

  /// 8 ε (|θ| ‖ΛH‖ + |G|) per lane: how well a difference of two values of G near θ is known.
  ///
  /// The first term comes from rounding the points, the second from rounding the values. Divided by |F|, it is the
  /// rounding floor of every force that is made of differences of gradients.
  public func differenceRounding(at point: Block, value: Block) -> [Double] {
    let points = metric.inverseNorms(point)
    let values = metric.inverseNorms(value)
    return operatorNorms.indices.map {
      8 * Double.ulpOfOne * (points[$0] * operatorNorms[$0] + values[$0])
    }
  }
}
