import LoschmidtDynamics
import LoschmidtNumerics
import LoschmidtReports
import LoschmidtThermodynamics

/// The theorem of Hatano and Sasa, with the adiabatic and the non-adiabatic part of the entropy production.
struct SplitTheorem {
  private let experiment: FluctuationTheoremExperiment
  private let context: RunContext
  private var settings: FluctuationTheoremSettings { experiment.settings }

  init(_ experiment: FluctuationTheoremExperiment, _ context: RunContext) {
    self.experiment = experiment
    self.context = context
  }

  /// - Returns: The test of the kernel on these paths.
  func run(into result: inout ExperimentResult) throws -> KernelFigure {
    let plan = experiment.plan
    context.begin("stationary laws", growing: [.steps])
    guard let process = LinearProcess(plan), let chains = chains(process) else {
      preconditionFailure("the reader of scenarios refuses an unknown stationary law")
    }
    let laws = chains.map(\.stationary)
    guard let start = laws[0].start,
      let final = process.propagated(laws[0], from: 0, count: settings.ensemble.steps)
    else { preconditionFailure("a stationary law has a positive definite covariance") }
    let ensemble = experiment.ensemble(3, start: start, options: PathOptions(extended: true, residuals: true), context)
    let outcome = try ensemble.run(context.watch("stationary split"), merge: { $0.append($1) }) {
      StationarySplitObserver(laws: laws.map(misspecified), final: misspecified(final))
    }
    let split = misspecified(outcome.partials.first ?? StationarySplit())
    result.remarks += outcome.remarks(of: settings.ensemble.trajectories)
    result.samples.append(
      SampleArray(
        "hatano-sasa", about: "Hatano and Sasa's Y of every path, in the order of the trajectories.", unit: "nats",
        split.hatanoSasa, diverged: outcome.divergedCount))
    context.keep(result)
    let steps = settings.ensemble.steps
    let sequence = plan.isHomogeneous ? [GaussianChain](repeating: chains[0], count: steps + 1) : chains
    context.begin("exact split", growing: [.steps])
    let exact = settings.misspecifiedNoise == 1 ? try? EntropySplit(chains: sequence) : nil
    context.begin("verdicts on the split", growing: [.trajectories])
    appendFigures(split, exact, to: &result)
    context.keep(result)
    let kernel = KernelFigure(split.residuals, outcome, noiseFactor: settings.misspecifiedNoise)
    try decide(split, exact?.hatanoSasa.kDivergence, outcome, kernel, into: &result)
    return kernel
  }

  /// The law that a model says whose noise covariance is wrong by a factor: linear chains from such a law keep it.
  private func misspecified(_ law: GaussianLaw) -> GaussianLaw {
    let factor = settings.misspecifiedNoise
    guard factor != 1 else { return law }
    guard let wrong = try? GaussianLaw(mean: law.mean, covariance: factor * law.covariance) else {
      preconditionFailure("a covariance times a positive number is one")
    }
    return wrong
  }

  /// The split of that model: the medium is divided by the factor.
  private func misspecified(_ split: StationarySplit) -> StationarySplit {
    var wrong = split
    for index in split.medium.indices { wrong.medium[index] = split.medium[index] / settings.misspecifiedNoise }
    return wrong
  }

  /// The chains at t_0 (the law of the start), t_1, …, t_n; two equal ones where nothing changes.
  func chains(_ process: LinearProcess) -> [GaussianChain]? {
    let plan = experiment.plan
    let steps = settings.ensemble.steps
    if plan.isHomogeneous { return process.chain(0).map { [$0, $0] } }
    // The law of the start belongs to the potential at t_0, with the kernel of the first step.
    guard let first = process.initialChain else { return nil }
    let rest = (0..<steps).compactMap { process.chain($0) }
    return rest.count == steps ? [first] + rest : nil
  }

  private func appendFigures(_ split: StationarySplit, _ exact: EntropySplit?, to result: inout ExperimentResult) {
    let few = FinishedTrajectories(count: split.hatanoSasa.count).reason
    func mean(_ name: String, _ values: [Double]) -> (name: String, value: FigureValue) {
      let moments = Moments(values)
      return (name, .measured(moments.mean, moments.standardError, unit: "nats", otherwise: few))
    }
    result.figures += [
      mean("hatano-sasa.mean", split.hatanoSasa), mean("adiabatic.mean", split.adiabatic),
      mean("nonadiabatic.mean", split.nonadiabatic),
    ]
    guard let exact else { return }
    for (name, path) in [
      ("hatano-sasa", exact.hatanoSasa), ("adiabatic", exact.adiabatic), ("nonadiabatic", exact.nonadiabatic),
    ] {
      result.figures.append(
        ("exact.\(name).mean", .known(path.mean, unit: "nats", otherwise: "the mean is not finite")))
    }
  }

  private func decide(
    _ split: StationarySplit, _ divergence: Double?, _ ensemble: EnsembleResult<StationarySplit>,
    _ kernel: KernelFigure, into result: inout ExperimentResult
  ) throws {
    let claim = "hatano-sasa: ⟨e^−Y⟩ = 1 with Y = Σ φ_{k+1}(x_k) − φ_k(x_k), φ = −ln of the stationary density"
    guard !split.hatanoSasa.isEmpty else {
      return result.verdicts.append(.undecided("hatano-sasa", claim, "no trajectory was finished"))
    }
    let average = try ExponentialAverage(
      split.hatanoSasa, divergence: divergence?.isFinite == true ? divergence : nil)
    result.figures += average.figures(prefix: "hatano-sasa")
    let level = context.level(settings.ensemble.alpha)
    let outcome = kernel.combine(
      average.outcome(level: level.perTest, margin: settings.ensemble.margin), level: level.perTest,
      control: settings.control
    ).honouring(ensemble)
    result.verdicts.append(
      Verdict(name: "hatano-sasa", claim: claim, outcome: outcome, level: level, reason: outcome.sentence))
  }
}
