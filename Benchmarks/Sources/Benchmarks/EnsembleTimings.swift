import LoschmidtDynamics
import LoschmidtNumerics
import LoschmidtThermodynamics

/// Times of whole ensembles beside hand-written C: steps of trajectories, from the text of a scenario, with path ratios.
struct EnsembleTimings {
  let stopwatch: Stopwatch

  /// The table, and the names of the cases beyond the limit.
  func run() throws -> (text: String, failures: [String]) {
    var table = TextTable([
      "ensembles with path ratios, ns a step of a trajectory", "engine", "C by hand", "ratio", "quartiles", "best",
      "limit", "two threads", "scaling", "best",
    ])
    var failures: [String] = []
    for item in EnsembleCase.all {
      let ensemble = try item.ensemble(trajectories: EnsembleCase.trajectories, steps: EnsembleCase.steps)
      try check(item, ensemble)
      let units = Double(EnsembleCase.trajectories * EnsembleCase.steps)
      let times = stopwatch.measure([
        (units, { Self.simulate(ensemble, threads: 1) }),
        (units, { _ = item.handwritten(UInt64(EnsembleCase.trajectories), UInt32(EnsembleCase.steps)) }),
        (units, { Self.simulate(ensemble, threads: 2) }),
      ])
      let ratios = zip(times[0], times[1]).map { $0 / $1 }
      let scaling = zip(times[0], times[2]).map { $0 / $1 }.median
      // The best turns of each: what a machine that does nothing else would show.
      let best = times.map { $0.quantile(0) }
      table.append([
        item.name, times[0].median.cell, times[1].median.cell, ratios.median.cell,
        "\(ratios.quantile(0.25).cell)-\(ratios.quantile(0.75).cell)", (best[0] / best[1]).cell,
        EnsembleCase.limit.cell, times[2].median.cell, scaling.cell, (best[0] / best[2]).cell,
      ])
      if ratios.median > EnsembleCase.limit { failures.append(item.name) }
    }
    return (table.text, failures)
  }

  private static func simulate(_ ensemble: Ensemble, threads: Int) {
    do {
      _ = try ensemble.run(RunWatch(threads: threads)) { PathRatioObserver(initial: nil, final: nil) }
    } catch {
      preconditionFailure("the ensemble ran before: \(error)")
    }
  }

  /// Both must have simulated the same process: the means of the log-ratios agree within six standard errors.
  private func check(_ item: EnsembleCase, _ ensemble: Ensemble) throws {
    let result = try ensemble.run { PathRatioObserver(initial: nil, final: nil) }
    let values = result.partials.flatMap(\.extended)
    let count = Double(values.count)
    let mean = values.reduce(0, +) / count
    let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (count - 1)
    let other = item.handwritten(UInt64(EnsembleCase.trajectories), UInt32(EnsembleCase.steps))
    precondition(
      abs(mean - other) <= 6 * (2 * variance / count).squareRoot(),
      "\(item.name): the mean log-ratio is \(mean) by the engine, \(other) by hand")
  }
}
