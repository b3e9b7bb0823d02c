/// Averages over paths in time, with their errors as bands: table `path`.
enum RelaxationFigures {
  private static let losses = ["loss", "effective-loss"]
  private static let rate = "entropy-production-rate"

  static func figures(_ experiment: ExperimentResult) -> [Figure] {
    guard experiment.kind == "relaxation", let table = experiment.table("path") else { return [] }
    let others = table.words("observable").distinct.filter { !losses.contains($0) && $0 != rate }
    // A drift is of the second order in the learning rate: beside its charge it would be a flat line at 0.
    let charges = others.filter { $0.hasPrefix("charge.") }
    let drifts = others.filter { $0.hasPrefix("charge-drift.") }
    let own = others.filter { !charges.contains($0) && !drifts.contains($0) }
    let fixed = [
      figure(table, losses, name: "loss", title: "The loss in time", axis: .init("mean loss", unit: "loss")),
      figure(
        table, [rate], name: "rate", title: "Entropy production in time",
        axis: .init("entropy production rate", unit: "nats/time")),
    ]
    return fixed.compactMap { $0 }
      + figures(table, own, name: "observables", title: "Observables in time", axis: .init("mean", unit: "observable"))
      + figures(table, charges, name: "charges", title: "Charges in time", axis: .init("mean charge", unit: "[θ]²"))
      + figures(
        table, drifts, name: "drifts", title: "The predicted drift of the charges in a step",
        axis: .init("mean drift per step", unit: "[θ]²"))
  }

  /// Figures of at most four quantities each, `name`, `name-1` and so on.
  private static func figures(
    _ table: Table, _ names: [String], name: String, title: String, axis: Figure.Axis
  ) -> [Figure] {
    stride(from: 0, to: names.count, by: 4).compactMap { first in
      figure(
        table, Array(names[first..<min(first + 4, names.count)]), name: first == 0 ? name : "\(name)-\(first / 4)",
        title: title, axis: axis)
    }
  }

  private static func figure(
    _ table: Table, _ names: [String], name: String, title: String, axis: Figure.Axis
  ) -> Figure? {
    let observables = table.words("observable")
    let numbers = ["time", "mean", "standard_error"].map { table.reals($0) }
    let means = names.map { name in
      table.rows.indices.compactMap { row -> [Double]? in
        guard observables[row] == name, let time = numbers[0][row], let mean = numbers[1][row] else { return nil }
        return [time, mean, numbers[2][row] ?? 0]
      }
    }
    // A single record is no line.
    guard means.contains(where: { $0.count > 1 }) else { return nil }
    let values = means.joined().map { $0[1] }
    // What falls by more than this is seen on a logarithmic axis only.
    let isLogarithmic = (values.min() ?? 0) > 0 && (values.max() ?? 0) > 30 * (values.min() ?? 0)
    var vertical = axis
    vertical.scale = isLogarithmic ? .logarithmic : .linear
    var series: [Figure.Series] = []
    for (index, (observable, rows)) in zip(names, means).enumerated() {
      let band = rows.map { row -> [Double] in
        let lower = row[1] - 2 * row[2]
        return [row[0], isLogarithmic ? max(lower, 0.1 * row[1]) : lower, row[1] + 2 * row[2]]
      }
      series.append(.init(nil, .band, colour: index + 1, rows: band))
      series.append(.init(observable.shortened, .line, colour: index + 1, rows: rows.map { [$0[0], $0[1]] }))
    }
    return Figure(
      name, title: title,
      caption: "Averages over independent paths; the bands are two standard errors wide either way.",
      horizontal: .init("time t", unit: "units of η"), vertical: vertical, series: series)
  }
}
