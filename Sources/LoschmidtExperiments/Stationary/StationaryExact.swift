import LoschmidtDynamics
import LoschmidtNumerics
import LoschmidtThermodynamics

/// The exact values of a stationary state, or why there are none: known before the run.
struct StationaryExact {
  /// The exact mean and variance of an observable.
  struct Value {
    var mean: Double?
    var variance: Double?
    /// Why a number that is `nil` is not known.
    var reason: String
  }

  /// Mean and covariance of θ.
  let moments: StationaryMoments?
  /// The mean of θ, which may exist where the covariance does not.
  let mean: [Double]?
  /// Why they are not known, or a number of them does not exist.
  let reason: String
  /// One for each observable.
  let observables: [Value]

  /// The values of averages over a number of steps.
  init(_ plan: SimulationPlan, step: Int, steps: Int, observables: [(name: String, expression: Expression)]) {
    let sentence: String
    do throws(StationaryMoments.Missing) {
      let moments = try StationaryMoments(plan, step: step).withoutRounding(of: plan, step: step)
      if steps % moments.period == 0 {
        self.moments = moments
        mean = moments.mean
        reason = "the exact value is not finite"
        self.observables = observables.map { Self.value($0.expression, moments, plan) }
        return
      }
      sentence =
        "with the batches of epochs exact values are for averages over whole epochs; make 'steps' a multiple of "
        + "\(moments.period)"
    } catch {
      sentence = error.sentence
      if case .noSecondMoments(_, let mean?) = error {
        moments = nil
        self.mean = mean
        reason = sentence
        self.observables = observables.map { Self.value($0.expression, mean: mean, plan, otherwise: sentence) }
        return
      }
    }
    (moments, mean) = (nil, nil)
    reason = sentence
    self.observables = observables.map { _ in Value(reason: sentence) }
  }

  /// The mean alone of what is affine in θ, where there is no variance.
  private static func value(
    _ expression: Expression, mean: [Double], _ plan: SimulationPlan, otherwise reason: String
  ) -> Value {
    let form = QuadraticForm(expression, parameters: plan.process.parameters, common: plan.program.common)
    guard let form, form.matrix.largestEntry == 0 else { return Value(reason: reason) }
    return Value(mean: form.value(at: mean), reason: reason)
  }

  static func value(_ expression: Expression, _ moments: StationaryMoments, _ plan: SimulationPlan) -> Value {
    let form = QuadraticForm(expression, parameters: plan.process.parameters, common: plan.program.common)
    guard let form else { return Value(reason: "the observable is not a polynomial of degree two or less") }
    let (mean, variance) = (moments.mean(of: form), moments.variance(of: form))
    let exceeds = "the exact value is not finite"
    guard mean.isFinite else { return Value(reason: exceeds) }
    if variance?.isFinite == false { return Value(mean: mean, reason: exceeds) }
    return Value(
      mean: mean, variance: variance,
      reason: "the stationary law is not normal, and the variance of a square needs its fourth moments")
  }

  /// One for each mean and variance that is known, and one for the covariance of θ.
  var verdictCount: Int {
    observables.reduce(moments == nil ? 0 : 1) { $0 + ($1.mean == nil ? 0 : 1) + ($1.variance == nil ? 0 : 1) }
  }
}

extension SimulationPlan {
  /// Why there is no fluctuation-dissipation relation of the steps, without a full stop; `nil` where there is one.
  ///
  /// Its sides are means of squares, and the error of their ratio is one of fourth powers.
  var missingRelation: String? {
    if process.algorithm is ModifiedSDE {
      return "the relation is one of gradients that are drawn, and an equation draws none"
    }
    if descent == nil { return "the relation is known for the steps of 'gradient-descent' only" }
    return MissingMoments(noiseOf: self).reason(order: 4)
  }
}

extension StationaryMoments.Missing {
  /// Why exact moments are not known, without a full stop.
  var sentence: String {
    switch self {
    case .otherRule: return "exact values are known for 'gradient-descent' and 'modified-sde' only"
    case .notQuadratic:
      return
        "exact values are known for quadratic losses and linear forces of up to \(QuadraticProcess.largestDimension) "
        + "coordinates only (\(StationaryMoments.largestBatchDimension) with noise that depends on them)"
    case .noDensity: return "steps leave some directions without noise, so that the stationary state has no density"
    case .dependentBatches:
      return "the noise of neighbouring steps is not independent; of such noise the epochs of 'minibatch' are known"
    case .tooManyOrders: return "an epoch has too many orders of its batches to average over; take fewer or larger ones"
    case .forceWithBatches:
      return "exact values with minibatches or noise that depends on θ are for a loss without 'force'"
    case .infiniteVariance: return "the noise has no variance, and so the stationary state has none"
    case .labelNotAffine:
      return "the gradient is not affine in the parameters and the noisy column together, so that moments do not close"
    case .noMinimum: return "the mean curvature of the loss is not positive definite"
    case .equationNotQuadratic:
      return
        "exact values of a modified equation are known for quadratic losses and linear forces of up to "
        + "\(QuadraticMoments.largestStationaryDimension) coordinates only"
    case .equationUnstable: return "the modified equation has no stationary state with second moments"
    case .integratorUnstable:
      return "the steps by which the equation is integrated have no stationary second moments; take more 'substeps'"
    case .noEquation: return "the steps are those of no equation; only 'modified-sde' has a continuum"
    case .unstable: return "there is no stationary state: the learning rate is beyond the edge of stability"
    case .unconfined:
      return
        "there is no stationary state at any learning rate: in some direction the loss is flat or falls, or the force does "
        + "not lead back"
    case .noSecondMoments(let steps, _):
      return steps.map { $0.reason(order: 2) }
        ?? "second moments of θ grow without limit; whether there is a stationary law is not known"
    }
  }
}
