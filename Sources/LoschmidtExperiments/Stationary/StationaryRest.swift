import LoschmidtDynamics
import LoschmidtNumerics
import LoschmidtThermodynamics

/// What rounding may do to the numbers of `stationary`: a state that rests, or nearly so, has no others.
struct StationaryRest {
  private let rounding: PositionRounding
  private let sizes: [Double]
  /// E θ_i and Var θ_i, as measured.
  let means, variances: [Double]
  private let sample: StationarySample

  /// The bounds around what was measured.
  init(_ plan: SimulationPlan, step: Int, _ sample: StationarySample) {
    let d = plan.program.dimension
    // All pairs i ≤ j, row by row, or the diagonal alone.
    let isDiagonal = sample.coordinates.count == d
    var place = 0
    var diagonal: [TimeAveragedProduct] = []
    for i in 0..<d where place < sample.coordinates.count {
      diagonal.append(sample.coordinates[place])
      place += isDiagonal ? 1 : d - i
    }
    (means, variances) = (diagonal.map(\.mean), diagonal.map(\.covariance))
    sizes = diagonal.map { product in
      let size = (product.mean * product.mean + max(0, product.covariance)).squareRoot()
      return size.isFinite ? size : 0
    }
    rounding = PositionRounding(plan, step: step, sizes: sizes, variances: variances)
    self.sample = sample
  }

  /// By how much rounding may move an observable, where it is a polynomial of degree two or less.
  func deviation(of form: QuadraticForm?) -> Double? { form.map { rounding.deviation(of: $0, sizes: sizes) } }

  /// The same of the trace of the covariance of θ, where that matters.
  func ofTrace(exact: DenseMatrix) -> Double? {
    rounding.ofTrace(variances.indices.map { max(variances[$0], exact[$0, $0]) })
  }

  /// By how much it may move coordinate i.
  func deviation(ofCoordinate i: Int) -> Double { rounding.positions[i] }

  /// Why the fluctuation-dissipation relation compares nothing, without a full stop; `nil` where it does.
  ///
  /// Its right side is half the mean square of a step over the learning rate.
  var missingRelation: String? {
    guard sample.dissipation.count > 1 else { return nil }
    let (left, right) = (abs(sample.dissipation.mean[0]), abs(sample.dissipation.mean[1]))
    guard right <= rounding.relation else { return nil }
    if left == 0, right == 0 { return "both sides of the relation vanish" }
    return left <= rounding.relation
      ? "nothing moves: both sides are rounding" : "nothing moves: a step is smaller than the rounding of θ"
  }

  /// What rounding may do to the ratio of its sides; 0 where that makes no difference.
  var ofRatio: Double {
    guard sample.dissipation.count > 1 else { return 0 }
    let relative = 2 * (rounding.relation / abs(sample.dissipation.mean[1])).squareRoot()
    return relative * PositionRounding.irrelevance > 1 ? relative : 0
  }
}
