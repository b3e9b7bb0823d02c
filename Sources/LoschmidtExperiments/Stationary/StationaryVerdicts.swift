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
  private let expectedFactor: Double
  private let rest: StationaryRest
  private let rare: RareSamples?
  private var settings: EnsembleSettings { experiment.settings.ensemble }

  init(
    _ experiment: StationaryExperiment, _ sample: StationarySample, _ context: RunContext,
    _ outcome: EnsembleResult<StationarySample>
  ) {
    self.experiment = experiment
    self.sample = sample
    self.outcome = outcome
    let rest = StationaryRest(experiment.plan, step: experiment.settings.ensemble.burnIn, sample)
    self.rest = rest
    rare = RareSamples(
      experiment.plan, experiment.settings.ensemble, mean: experiment.exact.mean ?? rest.means,
      variances: experiment.exact.moments.map { moments in rest.means.indices.map { moments.covariance[$0, $0] } }
        ?? rest.variances)
    expectedFactor = context.expectedFactor
    level = context.level(experiment.settings.ensemble.alpha)
  }

  var all: [Verdict] {
    var verdicts = experiment.plan.missingRelation == nil ? [stationary] : []
    let missing = experiment.missing
    let tails = tails
    for (index, ((name, expression), (product, exact))) in zip(
      experiment.settings.observables, zip(sample.observables, experiment.exact.observables)
    ).enumerated() {
      let degree = missing.degree(of: expression)
      let deviation = rest.deviation(of: form(expression))
      let spread = max(exact.variance ?? 0, product.covariance)
      if let mean = exact.mean {
        let scale = (exact.variance ?? product.covariance).squareRoot()
        verdicts.append(
          verdict(
            "mean.\(name)", "mean.\(name): the stationary mean is the exact one at finite η", product.mean,
            product.meanStandardError, expected: mean, scale: scale, change: change(sample.drifts, index),
            rounding: deviation.flatMap { PositionRounding.ofMean(variance: spread, deviation: $0) },
            order: max(1, degree ?? 2),
            missing: missing.reason(power: 2, degree: degree) ?? tails.reason(observable: index, power: 1)))
      }
      if let variance = exact.variance {
        verdicts.append(
          verdict(
            "variance.\(name)", "variance.\(name): the stationary variance is the exact one at finite η",
            product.covariance, Self.atLeast(product.covarianceStandardError, of: product.covariance, at: variance),
            expected: variance, scale: variance, change: change(sample.squareDrifts, index),
            rounding: deviation.flatMap { PositionRounding.ofVariance(spread, deviation: $0) },
            order: 2 * max(1, degree ?? 2),
            missing: missing.reason(power: 4, degree: degree) ?? tails.reason(observable: index, power: 2)))
      }
    }
    if let moments = experiment.exact.moments {
      let trace = moments.covariance.trace
      verdicts.append(
        verdict(
          "covariance", "covariance: the trace of the stationary covariance of θ is the exact one at finite η",
          sample.spread.mean, Self.atLeast(sample.spread.standardError, of: sample.spread.mean, at: trace),
          expected: trace, scale: trace, change: sample.spreadDrift, bias: transient?.trace,
          rounding: rest.ofTrace(exact: moments.covariance), order: 2,
          missing: missing.reason(order: 4) ?? tails.reason(distance: 2)))
    }
    return verdicts
  }

  private func form(_ expression: Expression) -> QuadraticForm? {
    QuadraticForm(
      expression, parameters: experiment.plan.process.parameters, common: experiment.plan.program.common)
  }

  /// The error of a variance, or that of the expected one with the same relative error where it is larger.
  ///
  /// The measured error grows with the measured variance: one that is small by chance comes with an error that is too
  /// small, and would be rejected several times as often as the level says.
  static func atLeast(_ standardError: Double, of estimate: Double, at expected: Double) -> Double {
    estimate > 0 ? max(standardError, standardError * expected / estimate) : standardError
  }

  private var tails: StationaryTails {
    StationaryTails(sample, observables: experiment.settings.observables.count, missing: experiment.missing)
  }

  private func verdict(
    _ name: String, _ claim: String, _ estimate: Double, _ standardError: Double, expected: Double, scale: Double,
    change: Moments, bias: Double? = nil, rounding: Double?, order: Int, missing: String?
  ) -> Verdict {
    if let missing { return .undecided(name, claim, "the estimate has no standard error: \(missing)") }
    func again(_ shift: Double, _ allowance: Double, _ factor: Double) -> VerdictOutcome {
      decide(
        estimate, factor * standardError, expected: expected * expectedFactor + shift, scale: scale,
        allowance: allowance, rounding: rounding)
    }
    // A change that is rounding is none.
    let change = abs(change.mean) <= rounding ?? 0 ? Moments() : change
    let guardian = StationarityGuard(
      change: change, relaxation: bias.map { .exact(bias: $0) } ?? relaxation, ensemble: settings,
      level: level.perTest)
    var outcome = guardian.honoured(again(0, 0, 1)) { again($0, $1, 1) }
    if let rare {
      outcome = rare.honoured(outcome, order: order, level: level.perTest) { again(0, 0, $0) }
    }
    outcome = outcome.honouring(self.outcome)
    return Verdict(name: name, claim: claim, outcome: outcome, level: level, reason: outcome.sentence)
  }

  private func change(_ drifts: [Moments], _ index: Int) -> Moments {
    drifts.indices.contains(index) ? drifts[index] : Moments()
  }

  /// What is left of the start, where the process is a Gaussian chain.
  private var transient: GaussianTransient? {
    let plan = experiment.plan
    guard plan.isHomogeneous, let chain = LinearProcess(plan)?.chain(0) else { return nil }
    return GaussianTransient(
      chain, start: plan.process.initialLaw, burnIn: settings.burnIn, steps: settings.steps)
  }

  private var relaxation: StationarityGuard.Relaxation {
    experiment.plan.relaxationFactor(step: settings.burnIn).map { .factor($0) } ?? .unknown
  }

  private func decide(
    _ estimate: Double, _ standardError: Double, expected: Double, scale: Double, allowance: Double = 0,
    rounding more: Double? = nil
  ) -> VerdictOutcome {
    let count = sample.dissipation.count
    // A quantity that does not vary at all leaves rounding for a margin.
    let rounding = max(64 * Double.ulpOfOne * max(abs(expected), scale.isFinite ? scale : 0), more ?? 0)
    let margin = scale.isFinite ? settings.margin * scale : settings.margin
    let rule = EquivalenceRule(margin: max(margin, more ?? 0, .leastNormalMagnitude), level: level.perTest)
    return rule.decide(
      estimate: estimate, expected: expected, standardError: standardError, trajectories: count,
      degreesOfFreedom: Double(count - 1), roundingBound: rounding + allowance)
  }

  // MARK: Stationarity

  private var stationary: Verdict {
    let claim = "stationary: E θ·ĝ = (η/2) E ĝᵀΛĝ + Σ T, as in a stationary state"
    if let reason = rest.missingRelation { return .undecided("stationary", claim, reason) }
    if let reason = experiment.missing.reason(order: 2) {
      return .undecided("stationary", claim, "the two sides of the relation are infinite: \(reason)")
    }
    if let reason = experiment.missing.reason(order: 4) ?? tails.relation {
      return .undecided("stationary", claim, "the estimate has no standard error: \(reason)")
    }
    let ratio = sample.dissipation.count > 1 ? sample.ratio : (.nan, .nan)
    let rounding = rest.ofRatio
    // The halves compare the sides of the relation by their difference, and the ratio is one over the right side.
    let right = sample.dissipation.count > 1 ? abs(sample.dissipation.mean[1]) : .nan
    func again(_ shift: Double, _ allowance: Double, _ factor: Double) -> VerdictOutcome {
      decide(
        ratio.value, factor * ratio.standardError, expected: expectedFactor + shift, scale: 1,
        allowance: rounding + (allowance > 0 ? allowance / right : 0))
    }
    let guardian = StationarityGuard(
      change: sample.drifts.last ?? Moments(), relaxation: relaxation, ensemble: settings, level: level.perTest)
    var decision = guardian.honoured(again(0, 0, 1)) { again($0, $1, 1) }
    if let rare { decision = rare.honoured(decision, order: 2, level: level.perTest) { again(0, 0, $0) } }
    decision = decision.honouring(outcome)
    var reason = decision.sentence
    if let drift = largestDrift {
      let size = NumberText.rounded(drift.size, digits: 3)
      if drift.pValue < level.perTest {
        if decision.status != .undecided {
          decision.status = .undecided
          decision.trajectoriesToDecide = nil
        }
        reason +=
          "; but the mean of \(drift.name) differs by \(size) standard errors between the first and the second "
          + "half of the steps: \(StationarityGuard.advice(settles: experiment.exact.moments != nil))"
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
    let own = experiment.settings.observables
    for (index, (name, moments)) in zip(names, sample.drifts).enumerated() {
      // A change that is rounding is none.
      let place = index - own.count
      let dimension = experiment.plan.program.dimension
      var bound: Double?
      if place < 0 { bound = rest.deviation(of: form(own[index].expression)) }
      if 0..<dimension ~= place { bound = rest.deviation(ofCoordinate: place) }
      if abs(moments.mean) <= bound ?? 0 { continue }
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
