import LoschmidtDynamics
import LoschmidtNumerics
import LoschmidtReports
import LoschmidtThermodynamics

/// The calibration of the verdict `detailed`: how often it passes, fails and stays undecided on fresh ensembles, for the
/// true model and for models whose noise covariance is wrong on purpose.
struct VerdictErrors {
  private let experiment: FluctuationTheoremExperiment
  private let context: RunContext
  private let repetitions: Int

  init(_ experiment: FluctuationTheoremExperiment, _ context: RunContext, repetitions: Int) {
    self.experiment = experiment
    self.context = context
    self.repetitions = repetitions
  }

  func run(into result: inout ExperimentResult) throws {
    let theorems = PathTheorems(experiment, context)
    let laws = try experiment.boundaryLaws()
    let factors = experiment.settings.calibrationFactors
    let level = context.level(experiment.settings.ensemble.alpha).perTest
    let isMarginal = !theorems.options.marginalNoiseFactors.isEmpty
    let options = PathOptions(extended: !isMarginal, marginalNoiseFactors: isMarginal ? factors : [])
    var counts = [VerdictCalibration](repeating: VerdictCalibration(), count: factors.count)
    for repetition in 0..<repetitions where !context.isStopped() {
      let (what, share) = ("calibration \(repetition + 1) of \(repetitions)", 1 / Double(repetitions))
      let watch = context.watch(what, stage: "calibration", share: share, growing: [.repetitions])
      let ensemble = experiment.ensemble(16 + repetition, start: laws.initial, options: options, context)
      let outcome = try ensemble.run(watch, merge: { $0.append($1) }) {
        PathRatioObserver(initial: laws.initial, final: laws.final)
      }
      guard !outcome.isStopped else { break }
      let ratios = outcome.partials.first ?? PathRatios()
      context.begin(
        "verdicts of the calibration", share: share, growing: [.trajectories, .repetitions], telling: what)
      for (model, factor) in factors.enumerated() {
        let values =
          isMarginal
          ? zip(ratios.boundary, ratios.marginal[model]).map { $0 + $1 }
          : PowerControl.values(boundary: ratios.boundary, bulk: ratios.extended, factor: factor)
        // Where every trajectory diverged there is nothing to test.
        let status =
          try values.isEmpty
          ? .undecided : theorems.signTest(values, level: level, repetition: 1 + repetition).status
        counts[model].add(status)
      }
    }
    result.tables.append(("calibration", table(factors, counts)))
  }

  private func table(_ factors: [Double], _ counts: [VerdictCalibration]) -> Table {
    var table = Table(
      columns: ["noise", "trajectories", "repetitions", "pass", "fail", "undecided"].map { Table.Column($0) })
    for (factor, count) in zip(factors, counts) {
      func share(_ status: VerdictStatus) -> Cell {
        count.repetitions > 0 ? .real(count.share(of: status)) : .missing(reason: "no repetition was finished")
      }
      table.append([
        .real(factor), .integer(experiment.settings.ensemble.trajectories), .integer(count.repetitions), share(.pass),
        share(.fail), share(.undecided),
      ])
    }
    return table
  }
}
