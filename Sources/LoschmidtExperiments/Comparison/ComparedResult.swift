import LoschmidtDynamics
import LoschmidtNumerics
import LoschmidtReports
import LoschmidtThermodynamics

/// What was found about one noise model.
struct ComparedResult {
  /// The model.
  let model: ComparedModel
  /// Averages, points at the end and the entropy production.
  let sample: ComparisonSample
  /// What was subtracted from θ before its powers were averaged.
  let origin: [Double]
  /// How the trajectories ended.
  let outcome: EnsembleResult<ComparisonSample>
  /// The verdict `detailed`, or why there is none.
  let theorem: Result<Verdict, TheoremObstacle>

  private var dimension: Int { model.plan.program.dimension }

  /// E L.
  var loss: (value: Double, standardError: Double) { sample.loss }

  /// tr Cov θ.
  var trace: (value: Double, standardError: Double) { sample.traceOfCovariance(dimension: dimension) }

  /// By how much rounding may move the trace; `nil` where that makes no difference.
  func traceRounding(step: Int) -> Double? {
    let dimension = dimension
    let found = sample.sums.jackknifeAll { (means: [Double]) -> [Double] in
      var values: [Double] = []
      for i in 0..<dimension {
        let (first, second) = (means[1 + 4 * i], means[2 + 4 * i])
        values.append(second - first * first)
      }
      return values
    }
    var variances: [Double] = []
    for estimate in found { variances.append(estimate.value.isFinite ? max(0, estimate.value) : 0) }
    guard variances.count == origin.count else { return nil }
    return PositionRounding(model.plan, step: step, means: origin, variances: variances).ofTrace(variances)
  }

  /// The mean of the coordinates' kurtosis.
  var kurtosis: (value: Double, standardError: Double) { sample.kurtosis(dimension: dimension) }

  /// The tail index of the distance from the coordinates' medians at the end, from the √n largest of n.
  var tail: HillEstimator? {
    guard sample.finalPoints.count >= 100 else { return nil }
    let radii = radii
    return HillEstimator(radii, count: Int(Double(radii.count).squareRoot()))
  }

  /// The distances of the points at the end from the coordinates' medians.
  private var radii: [Double] {
    let points = sample.finalPoints
    let centre = (0..<dimension).map { i in points.map { $0[i] }.sorted()[points.count / 2] }
    return points.map { point in
      zip(point, centre).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
    }
  }

  /// Why the trace and the kurtosis have no standard error: told from the points where nothing else tells.
  var missingTraceError: String? {
    guard !sample.finalPoints.isEmpty, !model.missing.isKnown(order: 4) else { return nil }
    return TailGate(radii).reason(power: 2)
  }

  /// Entropy production per step, in nats.
  func production(steps: Int) -> (value: Double, standardError: Double) {
    (sample.production.mean / Double(steps), sample.production.standardError / Double(steps))
  }
}
