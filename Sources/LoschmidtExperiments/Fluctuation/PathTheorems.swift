import Foundation
import LoschmidtDynamics
import LoschmidtNumerics
import LoschmidtReports
import LoschmidtThermodynamics

/// The integral and the detailed theorem of one ensemble of paths.
struct PathTheorems {
  private let experiment: FluctuationTheoremExperiment
  private let context: RunContext
  private var settings: FluctuationTheoremSettings { experiment.settings }

  init(_ experiment: FluctuationTheoremExperiment, _ context: RunContext) {
    self.experiment = experiment
    self.context = context
  }

  /// R of every trajectory, and of the controls: with a noise covariance that is too large, and with one that is too small.
  struct Sample {
    var values: [Double]
    var controls: [[Double]]
  }

  /// - Returns: The test of the kernel on these paths.
  func run(into result: inout ExperimentResult) throws -> KernelFigure {
    let laws = try experiment.boundaryLaws()
    let ensemble = experiment.ensemble(0, start: laws.initial, options: options, context)
    let outcome = try ensemble.run(context.watch("paths"), merge: { $0.append($1) }) {
      PathRatioObserver(initial: laws.initial, final: laws.final)
    }
    let ratios = outcome.partials.first ?? PathRatios()
    result.remarks += outcome.remarks(of: settings.ensemble.trajectories)
    let sample = sample(ratios)
    result.samples.append(
      SampleArray(
        "R", about: "R of every path, in the order of the trajectories.", unit: "nats", sample.values,
        diverged: outcome.divergedCount))
    // Of many paths each of the following takes seconds: what is done of it stays when the run is stopped.
    context.keep(result)
    context.begin("exact path", growing: [.steps])
    let exact = exactPath(laws)
    context.begin("verdicts on paths", growing: [.trajectories])
    appendFigures(sample, exact, ratios, to: &result)
    context.keep(result)
    // A density with a model of its own has the factor already.
    let kernel = KernelFigure(
      ratios.residuals, outcome, noiseFactor: experiment.plan.integratesNoise ? 1 : settings.misspecifiedNoise)
    if settings.theorems.contains(.integral) {
      try decideIntegral(sample, exact, kernel, outcome, into: &result)
      context.keep(result)
    }
    if settings.theorems.contains(.detailed) { try decideDetailed(sample, kernel, outcome, into: &result) }
    kernel.put(into: &result)
    context.keep(result)
    if let table = FluctuationHistogram.table(forward: sample.values, reverse: sample.values.map { -$0 }) {
      result.tables.append(("histogram", table))
    }
    return kernel
  }

  /// What is accumulated: the wrong models of a marginal path need densities of their own.
  var options: PathOptions {
    let plan = experiment.plan
    let isMarginal = plan.integratesNoise || settings.level == .marginal && plan.marginalBatches != nil
    let factors = [settings.misspecifiedNoise] + controlFactors
    return PathOptions(extended: !isMarginal, marginalNoiseFactors: isMarginal ? factors : [], residuals: true)
  }

  /// The factors on the noise covariance of the controls: those of the tested model times c and over c.
  private var controlFactors: [Double] {
    settings.control.map { [settings.misspecifiedNoise * $0, settings.misspecifiedNoise / $0] } ?? []
  }

  /// R = boundary + bulk of the model that is tested, and R of the control.
  func sample(_ ratios: PathRatios) -> Sample {
    if ratios.marginal.isEmpty {
      func values(_ factor: Double) -> [Double] {
        PowerControl.values(boundary: ratios.boundary, bulk: ratios.extended, factor: factor)
      }
      return Sample(values: values(settings.misspecifiedNoise), controls: controlFactors.map(values))
    }
    let all = ratios.marginal.map { bulk in zip(ratios.boundary, bulk).map { $0 + $1 } }
    return Sample(values: all[0], controls: Array(all.dropFirst()))
  }

  /// R of the true model as a Gaussian functional, where the process is linear and its start normal.
  private func exactPath(_ laws: (initial: any StartLaw, final: any StartLaw)) -> GaussianPath? {
    guard settings.misspecifiedNoise == 1, let process = LinearProcess(experiment.plan),
      let initial = GaussianLaw(laws.initial), let final = GaussianLaw(laws.final)
    else { return nil }
    // The law at the end of burn-in starts the path.
    let ensemble = settings.ensemble
    guard let start = process.propagated(initial, from: 0, count: ensemble.burnIn), ensemble.burnIn == 0 else {
      return nil
    }
    return process.logRatio(from: 0, count: ensemble.steps, initial: start, final: final)
  }

  private func appendFigures(
    _ sample: Sample, _ exact: GaussianPath?, _ ratios: PathRatios, to result: inout ExperimentResult
  ) {
    let values = sample.values
    let moments = Moments(values)
    let finished = FinishedTrajectories(count: values.count)
    let few = finished.reason
    let negative = Double(values.count { $0 < 0 }) / Double(values.count)
    let minority = values.reduce(0) { $0 + 1 / (1 + exp(abs($1))) }
    result.figures += [
      ("mean", .measured(moments.mean, moments.standardError, unit: "nats", otherwise: few)),
      (
        "variance",
        .measured(
          moments.variance, moments.varianceStandardError, unit: "nats^2", otherwise: finished.reason(needed: 4))
      ),
      (
        "negative-fraction",
        .measured(negative, (negative * (1 - negative) / Double(values.count)).squareRoot(), otherwise: few)
      ),
      ("expected-minority", .descriptive(minority, otherwise: few)),
    ]
    let boundary = Moments(ratios.boundary)
    let bulk = Moments(zip(values, ratios.boundary).map { $0 - $1 })
    result.figures += [
      ("boundary.mean", .measured(boundary.mean, boundary.standardError, unit: "nats", otherwise: few)),
      ("medium.mean", .measured(bulk.mean, bulk.standardError, unit: "nats", otherwise: few)),
    ]
    guard let exact else { return }
    let (mean, variance) = exact.moments
    let divergence = exact.kDivergence
    result.figures += [
      ("exact.mean", .known(mean, unit: "nats", otherwise: "the mean is not finite")),
      ("exact.variance", .known(variance, unit: "nats^2", otherwise: "the variance is not finite")),
      ("exact.k-divergence", .known(divergence, otherwise: "E e^−kR is finite for all k that were tried, up to 2^30")),
    ]
  }

  // MARK: Verdicts

  private func decideIntegral(
    _ sample: Sample, _ exact: GaussianPath?, _ kernel: KernelFigure, _ ensemble: EnsembleResult<PathRatios>,
    into result: inout ExperimentResult
  ) throws {
    let values = sample.values
    let none = "no trajectory was finished"
    guard !values.isEmpty else {
      for name in ["integral.estimate", "integral.effective-sample-size", "integral.largest-share"] {
        result.figures.append((name, .missing(none)))
      }
      return result.verdicts.append(.undecided("integral", Self.integralClaim, none))
    }
    let divergence = exact.map(\.kDivergence)
    let average = try ExponentialAverage(values, divergence: divergence?.isFinite == true ? divergence : nil)
    result.figures += average.figures(prefix: "integral")
    let level = context.level(settings.ensemble.alpha)
    let controlled = PowerControl.combine(
      average.outcome(level: level.perTest, margin: settings.ensemble.margin),
      controls: try sample.controls.map { try ExponentialAverage($0) }, level: level.perTest,
      margin: settings.ensemble.margin)
    let outcome = kernel.combine(controlled, level: level.perTest).honouring(ensemble)
    result.verdicts.append(
      Verdict(
        name: "integral", claim: Self.integralClaim, outcome: outcome, level: level, reason: outcome.sentence))
  }

  private static let integralClaim = "integral: ⟨e^−R⟩ = 1 over forward paths"
  private static let detailedClaim = "detailed: P(R)/P(−R) = e^R, and so R is positive with probability 1/(1 + e^−|R|)"

  private func decideDetailed(
    _ sample: Sample, _ kernel: KernelFigure, _ ensemble: EnsembleResult<PathRatios>,
    into result: inout ExperimentResult
  ) throws {
    let level = context.level(settings.ensemble.alpha)
    guard !sample.values.isEmpty else {
      let none = "no trajectory was finished"
      for name in ["detailed.slope", "detailed.score", "detailed.p", "control.p", "control.inverse.p"] {
        result.figures.append((name, .missing(none)))
      }
      return result.verdicts.append(.undecided("detailed", Self.detailedClaim, none))
    }
    let test = try signTest(sample.values, level: level.perTest)
    let vanishes = "R vanishes to rounding on every path"
    result.figures += [
      (
        "detailed.slope",
        .measured(
          test.slope ?? .nan, test.slopeStandardError ?? .nan,
          otherwise: test.score == nil ? vanishes : "the signs of R have no finite slope")
      ),
      ("detailed.score", .descriptive(test.score, otherwise: vanishes)),
      ("detailed.p", .descriptive(test.pValue, otherwise: vanishes)),
    ]
    let controls = try sample.controls.map { try signTest($0, level: level.perTest) }
    for (place, name) in ["control.p", "control.inverse.p"].enumerated() {
      result.figures.append(
        (
          name,
          place < controls.count
            ? .descriptive(controls[place].pValue, otherwise: vanishes) : .missing("the control was left out")
        ))
    }
    let outcome = kernel.combine(PowerControl.combine(test, controls: controls), level: level.perTest)
      .honouring(ensemble)
    result.verdicts.append(
      Verdict(
        name: "detailed", claim: Self.detailedClaim, outcome: outcome, level: level, reason: outcome.sentence))
  }

  /// The sign test; magnitudes of R of the size of its rounding are left out.
  func signTest(_ values: [Double], level: Double, repetition: Int = 0) throws -> SignTest {
    try SignTest(
      values, level: level, margin: settings.ensemble.margin, seed: context.key.word &+ UInt64(repetition),
      roundingBound: roundingBound)
  }

  /// A bound of the rounding of R: a few units in the last place for every step and coordinate.
  private var roundingBound: Double {
    let terms = Double(settings.ensemble.steps + 2) * Double(experiment.plan.program.dimension)
    return 64 * Double.ulpOfOne * terms
  }
}

extension Verdict {
  /// A verdict that nothing could be said about.
  static func undecided(_ name: String, _ claim: String, _ reason: String) -> Verdict {
    Verdict(name: name, claim: claim, status: .undecided, reason: reason)
  }
}
