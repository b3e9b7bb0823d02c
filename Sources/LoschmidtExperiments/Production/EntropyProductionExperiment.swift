import LoschmidtDynamics
import LoschmidtNumerics
import LoschmidtReports
import LoschmidtThermodynamics

/// The experiment `entropy-production`: Σ ln K(x′|x)/K(x|x′) over paths after burn-in, in nats, beside what is exact.
///
/// | figure | what it is | unit |
/// |---|---|---|
/// | `per-step` | the mean of the sum, ÷ steps | nats |
/// | `per-time` | the same ÷ elapsed time t = Σ η | nats per unit of time |
/// | `medium` | the mean of the sum over the whole path | nats |
/// | `boundary` | E ln p_0(x_0)/p_0(x_n), so that E R = medium + boundary | nats |
/// | `exact.per-step` | of the stationary state | nats |
/// | `exact.continuum` | of the Ornstein–Uhlenbeck process with the same drift and diffusion | nats per unit of time |
/// | `leading.per-step` | (η³T/6) E L‴², what the finite step of Langevin dynamics alone produces | nats |
/// | `excess` | E ln π(x_n)/π(x_0) ÷ steps with the stationary law π | nats |
/// | `housekeeping` | `per-step` − `excess`: E Σ ln K/K⁺ ÷ steps, K⁺ the dual kernel | nats |
/// | `extended`, `marginal` | per step, with the batches as part of the path, and summed over | nats |
/// | `tur.bound` | ρ ln((1 + ρ)/(1 − ρ)), ρ = E d/√E d², of a current d that other trajectories chose | nats |
/// | `tur.estimate` | 2J²/Var ÷ η for the best combination, less `tur.bias` | nats per unit of time |
/// | `tur.bias` | what 2J²/Var ÷ η is too large by, which was subtracted | nats per unit of time |
///
/// The verdict `exact.per-step` is about the ratio of measured to exact, or about the difference where the exact value is
/// 0; then the margin is in nats.
public struct EntropyProductionExperiment: ReplayableExperiment {
  let plan: SimulationPlan
  let settings: EntropyProductionSettings

  /// The experiment with a plan for all its steps.
  public init(plan: SimulationPlan, settings: EntropyProductionSettings) {
    self.plan = plan
    self.settings = settings
  }

  /// Simulates one ensemble, and compares.
  public func run(_ context: RunContext) throws -> ExperimentResult {
    var result = ExperimentResult(kind: EntropyProductionSettings.name, title: settings.title)
    var figures = EntropyProductionFigures(plan, settings.ensemble)
    if let obstacle = try ProductionObstacle.find(plan) {
      result.figures = figures.missing(obstacle)
      return result
    }
    let exact = Self.exact(plan)
    let currentObstacle = figures.currentObstacle(exact)
    let outcome = try ensemble(context).run(context.watch("paths"), merge: { $0.append($1) }) {
      ProductionObserver(
        boundary: boundaryObstacle == nil ? plan.process.initialLaw : nil, stationary: exact.stationary,
        countsCurrents: currentObstacle == nil, steps: settings.ensemble.steps)
    }
    result.remarks += outcome.remarks(of: settings.ensemble.trajectories)
    result.remarks += remarks
    figures.lostRatios = outcome.missingRatio
    var sums = ProductionSums()
    for partial in outcome.partials { sums.append(partial) }
    // Exact values may take longer than the simulation: what was measured is kept first.
    let stopped = ExactFigures(unknown: "the run was stopped before it was computed")
    func all(_ values: ExactFigures) -> [EntropyProductionFigures.Figure] {
      figures.all(
        sums, values, isConfined: exact.isConfined, boundaryObstacle: boundaryObstacle,
        currentObstacle: currentObstacle)
    }
    result.figures = all(stopped)
    context.keep(result)
    context.begin("exact values")
    var values = context.isStopped() ? stopped : ExactFigures(plan, exact)
    if context.isStopped() { values = stopped }
    result.figures = all(values)
    result.remarks += values.remark.map { [$0] } ?? []
    if settings.hasExactValue { result.verdicts.append(verdict(sums, values, exact, outcome, context)) }
    return result
  }

  /// The ensemble; where there is no density, its trajectories without path ratios.
  public func ensemble(_ context: RunContext) throws -> Ensemble {
    let hasRatio = try ProductionObstacle.find(plan) == nil
    let isMarginal = try hasRatio && plan.marginalBatches != nil && plan.missingMarginalDensity() == nil
    var ensemble = Ensemble(
      plan, start: plan.process.initialLaw, key: context.key, trajectories: settings.ensemble.trajectories,
      burnIn: settings.ensemble.burnIn, steps: settings.ensemble.steps,
      options: PathOptions(
        extended: hasRatio, marginalNoiseFactors: isMarginal ? [1] : [], keepsPathsWithoutRatio: true))
    ensemble.sizedFor = context.sizedFor
    return ensemble
  }

  /// What is known exactly, or why nothing is.
  static func exact(_ plan: SimulationPlan) -> Result<ExactProduction, ExactProduction.Unknown> {
    do { return .success(try ExactProduction(plan)) } catch { return .failure(error) }
  }

  /// Why there is no boundary term.
  private var boundaryObstacle: String? {
    if settings.ensemble.burnIn > 0 { return "after 'burn-in' the law of the start is unknown" }
    if !plan.process.initialLaw.hasDensity {
      return "a start at a point has no density; write normal(mean, standard deviation) for every parameter"
    }
    if plan.process.initialLaw.hasUniform {
      return "a uniform start has paths that end outside of it, where its density is 0; write normal(…)"
    }
    return nil
  }

  private var remarks: [String] {
    var remarks: [String] = []
    let ensemble = settings.ensemble
    if plan.isHomogeneous, ensemble.burnIn == 0 {
      remarks.append(
        "There is no burn-in: the means include the way from the initial law to the stationary state.")
    }
    if let batches = plan.process.gradient as? Minibatch, batches.sampling == .reshuffle {
      let epoch = plan.program.sampleCount / batches.size
      if ensemble.steps % epoch != 0 || ensemble.burnIn % epoch != 0 {
        remarks.append(
          "Reshuffled batches read backwards are as probable over whole epochs only, and here an epoch has \(epoch) steps; "
            + "make 'steps' and 'burn-in' multiples of it.")
      }
    }
    return remarks
  }

  // MARK: The verdict

  private static let ratioClaim =
    "exact.per-step: the entropy production per step is that of the stationary state; the estimate is their ratio"
  private static let zeroClaim =
    "exact.per-step: the stationary state produces no entropy; estimate and margin are in nats per step"

  private func verdict(
    _ sums: ProductionSums, _ values: ExactFigures, _ known: Result<ExactProduction, ExactProduction.Unknown>,
    _ outcome: EnsembleResult<ProductionSums>, _ context: RunContext
  ) -> Verdict {
    let level = context.level(settings.ensemble.alpha)
    guard let exact = values.perStep else {
      return .undecided("exact.per-step", Self.ratioClaim, values.unknown)
    }
    let moments = Moments(sums.ratios.extended)
    guard moments.count > 1 else {
      return .undecided("exact.per-step", Self.ratioClaim, "fewer than two trajectories were finished")
    }
    if let reason = outcome.missingRatio { return .undecided("exact.per-step", Self.ratioClaim, reason) }
    let figures = EntropyProductionFigures(plan, settings.ensemble)
    if let reason = figures.missingRatio(power: 2) {
      return .undecided("exact.per-step", Self.ratioClaim, "the estimate has no standard error: \(reason)")
    }
    let isZero = abs(exact) <= ExactProduction.rounding
    let unit = Double(settings.ensemble.steps) * (isZero ? 1 : exact)
    let rule = EquivalenceRule(margin: settings.ensemble.margin, level: level.perTest)
    func decide(_ shift: Double, _ allowance: Double, _ factor: Double) -> VerdictOutcome {
      rule.decide(
        estimate: moments.mean / unit, expected: (isZero ? 0 : context.expectedFactor) + shift,
        standardError: factor * moments.standardError / abs(unit), trajectories: moments.count,
        degreesOfFreedom: Double(moments.count - 1), skewness: moments.skewness,
        roundingBound: (isZero ? ExactProduction.rounding : 0) + values.error / abs(isZero ? 1 : exact) + allowance)
    }
    let guardian = StationarityGuard(
      change: change(sums, unit: isZero ? 1 : exact), relaxation: relaxation(known, unit: isZero ? 1 : exact),
      ensemble: settings.ensemble, level: level.perTest)
    var decision = guardian.honoured(decide(0, 0, 1)) { decide($0, $1, 1) }
    if let rare {
      decision = rare.honoured(decision, order: 2, level: level.perTest) { decide(0, 0, $0) }
    }
    decision = decision.honouring(outcome)
    return Verdict(
      name: "exact.per-step", claim: isZero ? Self.zeroClaim : Self.ratioClaim, outcome: decision, level: level,
      reason: decision.sentence)
  }

  /// The samples that batches are drawn from, around the stationary state where that is known.
  private var rare: RareSamples? {
    guard let moments = try? StationaryMoments(plan, step: 0) else { return nil }
    return RareSamples(
      plan, settings.ensemble, mean: moments.mean, variances: moments.mean.indices.map { moments.covariance[$0, $0] })
  }

  /// The production per step of the second half of the steps minus that of the first, over the unit.
  private func change(_ sums: ProductionSums, unit: Double) -> Moments {
    sums.change(steps: settings.ensemble.steps, unit: unit)
  }

  /// What is known of the way to the stationary state.
  private func relaxation(
    _ known: Result<ExactProduction, ExactProduction.Unknown>, unit: Double
  ) -> StationarityGuard.Relaxation {
    let ensemble = settings.ensemble
    if case .success(.gaussian(let chain)) = known,
      let transient = GaussianTransient(
        chain, start: plan.process.initialLaw, burnIn: ensemble.burnIn, steps: ensemble.steps)
    {
      return .exact(bias: transient.production / unit)
    }
    return plan.relaxationFactor(step: 0).map { .factor($0) } ?? .unknown
  }

  // MARK: What is shown beforehand

  /// The settings as they were understood.
  public var resolved: [(key: String, value: String)] { settings.ensemble.resolved }

  /// Trajectories × steps × the samples of a gradient.
  public var estimatedSampleGradients: Double? {
    let isMarginal = plan.marginalBatches != nil && (try? plan.missingMarginalDensity()) == .some(nil)
    return settings.ensemble.estimatedSampleGradients(plan, isMarginal: isMarginal)
  }
}

extension ProductionSums {
  /// The production per step of the second half of the steps minus that of the first, over the unit.
  func change(steps: Int, unit: Double = 1) -> Moments {
    let half = steps / 2
    guard half > 0 else { return Moments() }
    return Moments(
      zip(ratios.extended, firstHalf).map { total, first in
        ((total - first) / Double(steps - half) - first / Double(half)) / unit
      })
  }
}

extension Result<ExactProduction, ExactProduction.Unknown> {
  /// The stationary law, where it is Gaussian.
  var stationary: GaussianLaw? {
    if case .success(.gaussian(let chain)) = self { chain.stationary } else { nil }
  }

  /// Whether the process is known to have a stationary law.
  var isConfined: Bool {
    if case .success = self { true } else { false }
  }
}
