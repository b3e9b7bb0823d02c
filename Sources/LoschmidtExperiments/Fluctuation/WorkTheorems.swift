import LoschmidtDynamics
import LoschmidtNumerics
import LoschmidtReports
import LoschmidtThermodynamics

/// Jarzynski's equality and Crooks' theorem of a driven process, both directions from equilibrium.
struct WorkTheorems {
  private let experiment: FluctuationTheoremExperiment
  private let context: RunContext
  private let temperature: Double
  private let equilibria: (start: Equilibrium, end: Equilibrium)
  private var settings: FluctuationTheoremSettings { experiment.settings }
  private var freeEnergy: Double { equilibria.end.freeEnergy - equilibria.start.freeEnergy }

  init(_ experiment: FluctuationTheoremExperiment, _ context: RunContext) throws {
    guard let temperature = experiment.plan.singleTemperature else {
      preconditionFailure("the reader of scenarios refuses work theorems with several temperatures")
    }
    let clock = experiment.plan.clock
    self.experiment = experiment
    self.context = context
    self.temperature = temperature
    equilibria = (
      try Equilibrium(experiment.plan, time: clock.time(0), temperature: temperature),
      try Equilibrium(experiment.plan, time: clock.time(clock.steps), temperature: temperature)
    )
  }

  /// - Returns: The test of the kernel on the paths of both directions.
  func run(into result: inout ExperimentResult) throws -> KernelFigure {
    let forward = try ensemble(.forward, "forward paths", &result)
    let forwardSample = SampleArray(
      "W", about: "The work W of every forward path, in the order of the trajectories.", unit: "loss",
      forward.work.work, diverged: forward.result.divergedCount)
    var kept = result
    kept.samples.append(forwardSample)
    context.keep(kept)
    let backward = try ensemble(.reverse, "backward paths", &result)
    context.begin("verdicts on work", growing: [.trajectories])
    result.samples += [
      forwardSample,
      SampleArray(
        "W-backward", about: "The work W of every backward path, in the order of the trajectories.", unit: "loss",
        backward.work.work, diverged: backward.result.divergedCount),
    ]
    context.keep(result)
    appendWork(forward.work, to: &result)
    context.keep(result)
    appendFreeEnergies(forward.work, backward.work, to: &result)
    appendExact(to: &result)
    let kernel = kernel(forward)
    let both = kernel.with(self.kernel(backward))
    if settings.theorems.contains(.jarzynski) {
      let outcome = gated(try jarzynski(forward.work.work, backward.work.work), kernel).honouring(forward.result)
      append("jarzynski", "jarzynski: ⟨e^−W/T⟩ = e^−ΔF/T over forward paths from equilibrium", outcome, to: &result)
      context.keep(result)
    }
    if settings.theorems.contains(.crooks) {
      let outcome = gated(try crooks(forward.work.work, backward.work.work), both)
        .honouring(forward.result).honouring(backward.result)
      append("crooks", "crooks: P_F(W)/P_B(−W) = e^(W − ΔF)/T for forward and backward paths", outcome, to: &result)
      context.keep(result)
    }
    let isAlone = !settings.theorems.contains(.integral) && !settings.theorems.contains(.detailed)
    if isAlone,
      let table = FluctuationHistogram.table(
        forward: forward.work.work.map { ($0 - freeEnergy) / temperature },
        reverse: backward.work.work.map { (-$0 - freeEnergy) / temperature })
    {
      result.tables.append(("histogram", table))
    }
    if let table = FluctuationHistogram.shiftedTable(
      forward: forward.work.work, reverse: backward.work.work.map { -$0 }, unit: "loss")
    {
      result.tables.append(("work", table))
    }
    return both
  }

  private func kernel(_ ensemble: (work: DrivenWork, result: EnsembleResult<DrivenWork>)) -> KernelFigure {
    KernelFigure(ensemble.work.residuals, ensemble.result, noiseFactor: settings.misspecifiedNoise)
  }

  /// W of a density with a wrong noise may deviate by less than the margin: a pass needs the test of the kernel.
  private func gated(_ outcome: VerdictOutcome, _ kernel: KernelFigure) -> VerdictOutcome {
    kernel.combine(outcome, level: context.level(settings.ensemble.alpha).perTest, control: settings.control)
  }

  private func ensemble(
    _ direction: PathOptions.Direction, _ name: String, _ result: inout ExperimentResult
  ) throws -> (work: DrivenWork, result: EnsembleResult<DrivenWork>) {
    let isForward = direction == .forward
    let clock = experiment.plan.clock
    let times = (clock.time(0), clock.time(clock.steps))
    let ensemble = experiment.ensemble(
      isForward ? 1 : 2, start: isForward ? equilibria.start.start : equilibria.end.start,
      options: PathOptions(direction: direction, extended: true, work: true, residuals: true), context)
    let watch = context.watch(name)
    let outcome = try ensemble.run(watch, merge: { $0.append($1) }) {
      WorkObserver(temperature: temperature, times: isForward ? times : (times.1, times.0))
    }
    var work = outcome.partials.first ?? DrivenWork()
    result.remarks += outcome.remarks(of: settings.ensemble.trajectories, called: "the ensemble of \(name)")
    if settings.misspecifiedNoise != 1 { work = misspecified(work) }
    return (work, outcome)
  }

  /// The work of a model whose noise covariance is wrong by a factor: the action heat is divided by it.
  private func misspecified(_ work: DrivenWork) -> DrivenWork {
    var wrong = work
    for index in work.work.indices {
      wrong.actionHeat[index] = work.actionHeat[index] / settings.misspecifiedNoise
      wrong.work[index] = work.work[index] + work.actionHeat[index] - wrong.actionHeat[index]
    }
    return wrong
  }

  // MARK: Figures

  private func appendWork(_ work: DrivenWork, to result: inout ExperimentResult) {
    let finished = FinishedTrajectories(count: work.work.count)
    func mean(_ name: String, _ values: [Double]) -> (name: String, value: FigureValue) {
      let moments = Moments(values)
      return (name, .measured(moments.mean, moments.standardError, unit: "loss", otherwise: finished.reason))
    }
    let moments = Moments(work.work)
    result.figures += [
      mean("work.mean", work.work),
      (
        "work.variance",
        .measured(
          moments.variance, moments.varianceStandardError, unit: "loss^2", otherwise: finished.reason(needed: 4))
      ),
      mean("protocol-work.mean", work.protocolWork), mean("shadow-work.mean", work.shadowWork),
      mean("action-heat.mean", work.actionHeat), mean("energy-heat.mean", work.energyHeat),
    ]
  }

  private func appendFreeEnergies(_ forward: DrivenWork, _ backward: DrivenWork, to result: inout ExperimentResult) {
    let few = FinishedTrajectories(count: min(forward.work.count, backward.work.count)).reason
    let exact = settings.misspecifiedNoise == 1 ? exactProtocol : nil
    func estimate(_ work: [Double], _ law: GaussianPath?, reversed: [Double]) -> FigureValue {
      let few = FinishedTrajectories(count: work.count).reason
      let divergence = law.map { $0.kDivergence * temperature }
      guard
        let estimate = try? JarzynskiEstimate(
          work: work, temperature: temperature, divergence: divergence?.isFinite == true ? divergence : nil,
          reversed: reversed)
      else { return .missing(few, unit: "loss") }
      return estimate.average.figure(
        estimate.freeEnergy, estimate.standardError, unit: "loss", otherwise: few)
    }
    let pairs = try? ForwardBackwardPairs(forward: forward.work, backward: backward.work, temperature: temperature)
    result.figures += [
      (
        "free-energy.jarzynski",
        estimate(forward.work, exact?.exactWork, reversed: backward.work.map { -$0 })
      ),
      (
        "free-energy.bar",
        pairs.map { bennett($0, otherwise: few) } ?? .missing(few, unit: "loss")
      ),
      ("free-energy.exact", .exact(freeEnergy, unit: "loss")),
      ("free-energy.protocol-work-only", estimate(forward.protocolWork, exact?.protocolWork, reversed: [])),
    ]
    guard let average = try? average(forward.work, backward.work) else { return }
    result.figures += average.figures(prefix: "jarzynski")
  }

  /// ΔF by Bennett's ratio, without an error where the directions mix too little for one.
  private func bennett(_ pairs: ForwardBackwardPairs, otherwise few: String) -> FigureValue {
    guard pairs.overlap >= CrooksVerdict.requiredOverlap else {
      let reason = VerdictReason.littleOverlap(expected: pairs.overlap, required: CrooksVerdict.requiredOverlap)
      return .withoutError(pairs.freeEnergy, unit: "loss", reason: "no error: " + reason.clause)
    }
    return .measured(pairs.freeEnergy, pairs.freeEnergyStandardError, unit: "loss", otherwise: few)
  }

  /// The average of e^−(W − ΔF)/T over forward paths.
  private func average(_ work: [Double], _ backward: [Double]) throws -> ExponentialAverage {
    let exact = settings.misspecifiedNoise == 1 ? exactProtocol : nil
    let divergence = exact.map { $0.exactWork.kDivergence * temperature }
    return try ExponentialAverage(
      work.map { ($0 - freeEnergy) / temperature }, divergence: divergence?.isFinite == true ? divergence : nil,
      reversed: backward.map { (-$0 - freeEnergy) / temperature })
  }

  /// The exact laws of a quadratic process, in the physical convention.
  private func appendExact(to result: inout ExperimentResult) {
    guard settings.misspecifiedNoise == 1, let driven = exactProtocol else { return }
    let (work, jumps) = (driven.exactWork, driven.protocolWork)
    let argument = 1 / temperature
    let (mean, variance) = work.moments
    let biased = -temperature * jumps.cumulantGenerating(argument)
    // Where the path theorems are asked too, these names are those of their R, whose reversed paths start from q.
    if !result.figures.contains(where: { $0.name == "exact.mean" }) {
      let divergence = work.kDivergence
      result.figures += [
        ("exact.mean", .known((mean - freeEnergy) / temperature, unit: "nats", otherwise: "the mean is not finite")),
        (
          "exact.variance",
          .known(variance / (temperature * temperature), unit: "nats^2", otherwise: "the variance is not finite")
        ),
        (
          "exact.k-divergence",
          .known(divergence * temperature, otherwise: "E e^−kR is finite for all k that were tried, up to 2^30")
        ),
      ]
    }
    result.figures += [
      ("exact.work.mean", .known(mean, unit: "loss", otherwise: "the mean is not finite")),
      ("exact.protocol-work.mean", .known(jumps.mean, unit: "loss", otherwise: "the mean is not finite")),
      ("exact.shadow-work.mean", .known(driven.shadowWork.mean, unit: "loss", otherwise: "the mean is not finite")),
      (
        "exact.free-energy.protocol-work-only",
        .known(biased, unit: "loss", otherwise: "E e^−W/T of the protocol work diverges")
      ),
    ]
    appendShadow(to: &result)
  }

  /// The second exact route: the shadow potential, for which the protocol work alone obeys Jarzynski's equality.
  private func appendShadow(to result: inout ExperimentResult) {
    guard let shadow = protocolWork(.shadow), let difference = try? shadow.freeEnergyDifference() else { return }
    let estimate = -temperature * shadow.protocolWork.cumulantGenerating(1 / temperature)
    let none = "the shadow potential has no equilibrium"
    result.figures += [
      ("shadow.free-energy.exact", .known(difference, unit: "loss", otherwise: none)),
      ("shadow.free-energy.jarzynski", .known(estimate, unit: "loss", otherwise: none)),
      ("shadow.work.mean", .known(shadow.protocolWork.mean, unit: "loss", otherwise: none)),
    ]
  }

  private var exactProtocol: GaussianProtocol? { protocolWork(.physical) }

  /// The driven process where it is quadratic with an identity preconditioner and one learning rate.
  private func protocolWork(_ convention: GaussianProtocol.Convention) -> GaussianProtocol? {
    let clock = experiment.plan.clock
    guard let process = LinearProcess(experiment.plan), clock.isConstant,
      experiment.plan.descent?.preconditioner == .identity
    else { return nil }
    let potentials = (0...clock.steps).compactMap { process.potential(time: clock.time($0)) }
    guard potentials.count == clock.steps + 1 else { return nil }
    return try? GaussianProtocol(
      potentials: potentials, learningRate: clock.setting(0).learningRate, temperature: temperature,
      convention: convention)
  }

  // MARK: Verdicts

  private func jarzynski(_ work: [Double], _ backward: [Double]) throws -> VerdictOutcome {
    guard !work.isEmpty else { return VerdictOutcome(status: .undecided, reasons: [.noEstimate]) }
    let level = context.level(settings.ensemble.alpha)
    return try average(work, backward).outcome(level: level.perTest, margin: settings.ensemble.margin)
  }

  private func crooks(_ forward: [Double], _ backward: [Double]) throws -> VerdictOutcome {
    guard !forward.isEmpty, !backward.isEmpty else {
      return VerdictOutcome(status: .undecided, reasons: [.noEstimate])
    }
    let pairs = try ForwardBackwardPairs(forward: forward, backward: backward, temperature: temperature)
    let level = context.level(settings.ensemble.alpha)
    return CrooksVerdict(
      pairs, freeEnergy: freeEnergy, level: level.perTest, margin: settings.ensemble.margin,
      roundingBound: 64 * Double.ulpOfOne * Double(settings.ensemble.steps + 2) * energyScale(forward + backward)
    ).outcome
  }

  /// The largest energy that is subtracted from another one: free energies are as large as the energies they come from.
  private func energyScale(_ work: [Double]) -> Double {
    let free = max(abs(equilibria.start.freeEnergy), abs(equilibria.end.freeEnergy))
    return work.reduce(max(temperature, free)) { max($0, abs($1)) }
  }

  private func append(_ name: String, _ claim: String, _ outcome: VerdictOutcome, to result: inout ExperimentResult) {
    result.verdicts.append(
      Verdict(
        name: name, claim: claim, outcome: outcome, level: context.level(settings.ensemble.alpha),
        reason: outcome.sentence))
  }
}
