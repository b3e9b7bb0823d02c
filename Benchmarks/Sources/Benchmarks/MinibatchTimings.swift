import LoschmidtDynamics
import LoschmidtNumerics

/// Times of ensembles of stochastic gradient descent beside hand-written C: steps of trajectories, from the text of a scenario.
struct MinibatchTimings {
  let stopwatch: Stopwatch

  /// The table, and the names of the cases beyond their limits.
  func run() throws -> (text: String, failures: [String]) {
    var table = TextTable([
      "minibatches of 4 of 64, ns a step of a trajectory", "lanes", "engine", "C by hand", "ratio", "quartiles", "best",
      "limit",
    ])
    var failures: [String] = []
    for item in MinibatchCase.all {
      let ensemble = try item.ensemble()
      try check(item, ensemble)
      let units = Double(item.trajectories * item.steps)
      let times = stopwatch.measure([
        (units, { Self.simulate(ensemble) }),
        (units, { _ = item.handwritten(UInt64(item.trajectories), UInt32(item.steps)) }),
      ])
      let ratios = zip(times[0], times[1]).map { $0 / $1 }
      table.append([
        item.name, "\(ensemble.lanes)", times[0].median.cell, times[1].median.cell, ratios.median.cell,
        "\(ratios.quantile(0.25).cell)-\(ratios.quantile(0.75).cell)",
        (times[0].quantile(0) / times[1].quantile(0)).cell, item.limit?.cell ?? "",
      ])
      if let limit = item.limit, ratios.median > limit { failures.append(item.name) }
    }
    return (table.text, failures)
  }

  private static func simulate(_ ensemble: Ensemble) {
    do {
      _ = try ensemble.run { LastCoordinate() }
    } catch {
      preconditionFailure("the ensemble ran before: \(error)")
    }
  }

  /// Both must have simulated the same process: the means of the last coordinate agree within six standard errors.
  private func check(_ item: MinibatchCase, _ ensemble: Ensemble) throws {
    let values = try ensemble.run { LastCoordinate() }.partials.flatMap { $0 }
    let count = Double(values.count)
    let mean = values.reduce(0, +) / count
    let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (count - 1)
    let other = item.handwritten(UInt64(item.trajectories), UInt32(item.steps))
    precondition(
      values.count == item.trajectories && abs(mean - other) <= 6 * (2 * variance / count).squareRoot(),
      "\(item.name): the mean of the last coordinate is \(mean) by the engine, \(other) by hand")
  }
}
