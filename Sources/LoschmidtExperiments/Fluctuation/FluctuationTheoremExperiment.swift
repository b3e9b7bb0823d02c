import LoschmidtDynamics
import LoschmidtNumerics
import LoschmidtReports
import LoschmidtThermodynamics

/// The experiment `fluctuation-theorem`: which fluctuation theorems hold, decided with error bars.
///
/// R is the log-ratio of forward and backward path probability at finite η, in nats; work and free energies are in units of
/// the loss. Every verdict uses the level α divided by the number of statistical verdicts of the scenario.
public struct FluctuationTheoremExperiment: Experiment {
  let plan: SimulationPlan
  let settings: FluctuationTheoremSettings
  /// The number of the first of its ensembles, where it is a part of another experiment.
  var firstEnsemble = 0

  /// The experiment with a plan for all its steps.
  public init(plan: SimulationPlan, settings: FluctuationTheoremSettings) {
    self.plan = plan
    self.settings = settings
  }

  /// Trajectories of other ensembles of the experiment have numbers from here on.
  static func firstTrajectory(ofEnsemble number: Int) -> UInt64 { UInt64(number) << 48 }

  /// Simulates what the theorems need, and decides.
  public func run(_ context: RunContext) throws -> ExperimentResult {
    var result = ExperimentResult(kind: FluctuationTheoremSettings.name, title: settings.title)
    let asksPaths = settings.theorems.contains(.integral) || settings.theorems.contains(.detailed)
    result.remarks += remarksOnStart
    var kernel = KernelFigure()
    if asksPaths { kernel = try PathTheorems(self, context).run(into: &result) }
    if settings.theorems.contains(where: \.needsProtocol) {
      context.keep(result)
      kernel.append(try WorkTheorems(self, context).run(into: &result))
      kernel.put(into: &result)
    }
    if settings.theorems.contains(.hatanoSasa) {
      context.keep(result)
      kernel.append(try SplitTheorem(self, context).run(into: &result))
      kernel.put(into: &result)
    }
    context.keep(result)
    if let repetitions = settings.repetitions, !context.isStopped() {
      try VerdictErrors(self, context, repetitions: repetitions).run(into: &result)
    }
    return result
  }

  /// The ensemble of one kind, with random numbers of its own.
  func ensemble(
    _ number: Int, start: any StartLaw, trajectories: Int? = nil, options: PathOptions, _ context: RunContext
  ) -> Ensemble {
    var ensemble = Ensemble(
      plan, start: start, key: context.key, trajectories: trajectories ?? settings.ensemble.trajectories,
      burnIn: settings.ensemble.burnIn, steps: settings.ensemble.steps, options: options)
    ensemble.firstTrajectory = Self.firstTrajectory(ofEnsemble: firstEnsemble + number)
    ensemble.sizedFor = context.sizedFor
    return ensemble
  }

  /// The laws from which forward and reversed paths start.
  func boundaryLaws() throws -> (initial: any StartLaw, final: any StartLaw) {
    if settings.startsInEquilibrium, let temperature = plan.singleTemperature {
      let start = try Equilibrium(plan, time: plan.clock.time(0), temperature: temperature).start
      if case .given(let law) = settings.reverseInitial { return (start, law) }
      return (start, start)
    }
    let law = plan.process.initialLaw
    switch settings.reverseInitial {
    case .same: return (law, law)
    case .given(let other): return (law, other)
    case .stationary:
      guard let start = LinearProcess(plan)?.chain(0)?.stationary.start else {
        preconditionFailure("the reader of scenarios refuses an unknown stationary law")
      }
      return (start, start)
    }
  }

  /// The settings as they were understood.
  public var resolved: [(key: String, value: String)] {
    var lines = settings.ensemble.resolved
    lines.append(("theorems", settings.theorems.map(\.rawValue).joined(separator: ", ")))
    lines.append(("level", settings.level.rawValue))
    switch settings.reverseInitial {
    case .same: lines.append(("reverse-initial", "same"))
    case .stationary: lines.append(("reverse-initial", "stationary: \(drawnStart ?? "unknown")"))
    case .given(let law): lines.append(("reverse-initial", "\(law.coordinates.count) distributions"))
    }
    if settings.startsInEquilibrium { lines.append(("initial", "boltzmann: \(drawnStart ?? "unknown")")) }
    lines.append(("control", settings.control.map { NumberText.shortest($0) } ?? "none"))
    if settings.misspecifiedNoise != 1 {
      lines.append(("misspecify", "noise \(NumberText.shortest(settings.misspecifiedNoise))"))
    }
    if let repetitions = settings.repetitions {
      let factors = settings.calibrationFactors.map(NumberText.shortest).joined(separator: ", ")
      lines.append(("calibration", "\(repetitions) repetitions, noise \(factors)"))
    }
    return lines
  }

  /// Trajectories × steps × the samples of a gradient, for each ensemble.
  public var estimatedSampleGradients: Double? {
    let ensembles = settings.theorems.contains(where: \.needsProtocol) ? 2.0 : 1
    let repeats = Double((settings.repetitions ?? 0) + 1)
    let isMarginal = settings.level == .marginal
    return ensembles * repeats * settings.ensemble.estimatedSampleGradients(plan, isMarginal: isMarginal)
  }
}

extension EnsembleSettings {
  /// The settings as they were understood, key by key.
  var resolved: [(key: String, value: String)] {
    [
      ("trajectories", "\(trajectories)"), ("steps", "\(steps)"), ("burn-in", "\(burnIn)"),
      ("alpha", NumberText.shortest(alpha)), ("margin", NumberText.shortest(margin)),
    ]
  }

  /// Trajectories × steps × the samples of a gradient.
  func estimatedSampleGradients(_ plan: SimulationPlan, isMarginal: Bool = false) -> Double {
    let samples = plan.program.sampleCount
    let process = plan.process
    let each = process.algorithm.sampleGradients(
      process.gradient, sampleCount: samples, dimension: plan.program.dimension)
    let batch = isMarginal ? max(samples, each) : each
    return Double(trajectories) * Double(burnIn + steps) * Double(batch)
  }
}
