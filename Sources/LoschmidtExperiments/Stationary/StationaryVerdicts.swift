import LoschmidtDynamics
import LoschmidtNumerics
import LoschmidtReports
import LoschmidtThermodynamics

/// The verdicts of `stationary`: whether the state is stationary, then one for each exact value.
///
/// Margins: that of the settings itself for the ratio; times the standard deviation of the observable for a mean (the
/// exact one where it is known), times the exact value for a variance and for the trace of the covariance. The error of a
/// variance is taken as at least that of the expected one.
struct StationaryVerdicts {
  private let experiment: StationaryExperiment
  private let sample: StationarySample
  private let outcome: EnsembleResult<StationarySample>
  private let level: SharedLevel
  private var settings: EnsembleSettings { experiment.settings.ensemble }

  init(
    _ experiment: StationaryExperiment, _ sample: StationarySample, _ context: RunContext,
    _ outcome: EnsembleResult<StationarySample>
  ) {
    self.experiment = experiment
    self.sample = sample
    self.outcome = outcome
    level = context.level(experiment.settings.ensemble.alpha)
  }

  var all: [Verdict] {
    var verdicts = experiment.plan.missingRelation == nil ? [stationary] : []
    let missing = experiment.missing
    for ((name, expression), (product, exact)) in zip(
      experiment.settings.observables, zip(sample.observables, experiment.exact.observables))
    {
      let degree = missing.degree(of: expression)
      if let mean = exact.mean {
        let scale = (exact.variance ?? product.covariance).squareRoot()
        verdicts.append(
          verdict(
            "mean.\(name)", "mean.\(name): the stationary mean is the exact one at finite η", product.mean,
            product.meanStandardError, expected: mean, scale: scale, missing: missing.reason(power: 2, degree: degree)))
      }
      if let variance = exact.variance {
        verdicts.append(
          verdict(
            "variance.\(name)", "variance.\(name): the stationary variance is the exact one at finite η",
            product.covariance, Self.atLeast(product.covarianceStandardError, of: product.covariance, at: variance),
            expected: variance, scale: variance, missing: missing.reason(power: 4, degree: degree)))
      }
    }
    if let moments = experiment.exact.moments {
      let trace = moments.covariance.trace
      verdicts.append(
        verdict(
          "covariance", "covariance: the trace of the stationary covariance of θ is the exact one at finite η",
          sample.spread.mean, Self.atLeast(sample.spread.standardError, of: sample.spread.mean, at: trace),
          expected: trace, scale: trace, missing: missing.reason(order: 4)))
    }
    return verdicts
  }

  /// The error of a variance, or that of the expected one with the same relative error where it is larger.
  ///
  /// The measured error grows with the measured variance: one that is small by chance comes with an error that is too
  /// small, and would be rejected several times as often as the level says.
  static func atLeast(_ standardError: Double, of estimate: Double, at expected: Double) -> Double {
    estimate > 0 ? max(standardError, standardError * expected / estimate) : standardError
  }

  private func verdict(
    _ name: String, _ claim: String, _ estimate: Double, _ standardError: Double, expected: Double, scale: Double,
    missing: String?
  ) -> Verdict {
    if let missing { return .undecided(name, claim, "the estimate has no standard error: \(missing)") }
    let outcome = decide(estimate, standardError, expected: expected, scale: scale)
    return Verdict(name: name, claim: claim, outcome: outcome, level: level, reason: outcome.sentence)
  }

  private func decide(_ estimate: Double, _ standardError: Double, expected: Double, scale: Double) -> VerdictOutcome {
    let count = sample.dissipation.count
    // A quantity that does not vary at all leaves rounding for a margin.
    let rounding = 64 * Double.ulpOfOne * max(abs(expected), scale.isFinite ? scale : 0)
    let margin = scale.isFinite ? settings.margin * scale : settings.margin
    let rule = EquivalenceRule(margin: max(margin, .leastNormalMagnitude), level: level.perTest)
    return rule.decide(
      estimate: estimate, expected: expected, standardError: standardError, trajectories: count,
      degreesOfFreedom: count > 1 ? Double(count - 1) : nil, roundingBound: rounding
    ).honouring(outcome)
  }

  // MARK: Stationarity

  private var stationary: Verdict {
    let claim = "stationary: E θ·ĝ = (η/2) E ĝᵀΛĝ + Σ T, as in a stationary state"
    if let reason = experiment.missing.reason(order: 2) {
      return .undecided("stationary", claim, "the two sides of the relation are infinite: \(reason)")
    }
    if let reason = experiment.missing.reason(order: 4) {
      return .undecided("stationary", claim, "the estimate has no standard error: \(reason)")
    }
    let ratio = sample.dissipation.count > 1 ? sample.ratio : (.nan, .nan)
    var decision = decide(ratio.value, ratio.standardError, expected: 1, scale: 1)
    var reason = decision.sentence
    if let drift = largestDrift {
      let size = NumberText.rounded(drift.size, digits: 3)
      if drift.pValue < level.perTest {
        if decision.status == .pass {
          decision.status = .undecided
          decision.trajectoriesToDecide = nil
        }
        reason +=
          "; but the mean of \(drift.name) differs by \(size) standard errors between the first and the second "
          + "half of the steps: a longer 'burn-in' is needed"
      } else {
        reason +=
          "; the two halves of the steps agree, the largest difference is \(size) standard errors "
          + "(\(drift.name))"
      }
    }
    return Verdict(name: "stationary", claim: claim, outcome: decision, level: level, reason: reason)
  }

  /// The quantity whose mean differs most between the halves of the counted steps, in standard errors, with the p-value
  /// of the largest of so many differences.
  private var largestDrift: (name: String, size: Double, pValue: Double)? {
    let names =
      experiment.settings.observables.map(\.name) + experiment.plan.process.parameters.coordinateNames
      + ["the fluctuation-dissipation relation"]
    var largest: (name: String, size: Double)?
    for (name, moments) in zip(names, sample.drifts) {
      let size = abs(moments.mean) / moments.standardError
      if size.isFinite, size > largest?.size ?? -1 { largest = (name, size) }
    }
    guard let largest,
      let tail = try? TailProbabilities.studentTTail(
        largest.size, degreesOfFreedom: Double(sample.dissipation.count - 1))
    else { return nil }
    return (largest.name, largest.size, min(1, 2 * tail * Double(sample.drifts.count)))
  }
}
