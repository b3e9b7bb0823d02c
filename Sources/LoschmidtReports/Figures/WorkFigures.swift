/// The laws of the work done forward and taken back, which cross at the free energy difference: table `work`.
enum WorkFigures {
  static func figures(_ experiment: ExperimentResult) -> [Figure] {
    guard let table = experiment.table("work") else { return [] }
    let columns = ["lower", "upper", "forward", "reverse", "forward_se", "reverse_se"].map { table.reals($0) }
    func steps(_ column: Int) -> [[Double]] {
      table.rows.indices.compactMap { row in
        guard let lower = columns[0][row], let upper = columns[1][row], let density = columns[column][row] else {
          return nil
        }
        return [lower, upper, density]
      }
    }
    func points(_ column: Int) -> [[Double]] {
      zip(steps(column), columns[column + 2]).map { row, error in [0.5 * (row[0] + row[1]), row[2], error ?? 0] }
        .filter { $0[1] > 0 }
    }
    let highest = (steps(2) + steps(3)).map { $0[2] }.max() ?? 0
    var series: [Figure.Series] = [
      .init("−W backward", .steps, colour: 2, rows: steps(3)), .init("W forward", .steps, colour: 1, rows: steps(2)),
      .init(nil, .points(joined: false), colour: 2, rows: points(3)),
      .init(nil, .points(joined: false), colour: 1, rows: points(2)),
    ]
    if let difference = experiment.number("free-energy.exact")?.value {
      series.insert(
        .init("ΔF, exact", .dashes, colour: 0, rows: [[difference, 0], [difference, 1.05 * highest]]), at: 0)
    }
    let unit = table.unit(of: "lower") ?? "loss"
    let figure = Figure(
      "work", title: "The law of the work, forward and backward",
      caption:
        "Density of the work W over forward paths, and of −W over backward ones, with one standard error. Crooks' theorem "
        + "says that they are equal where the work is the free energy difference ΔF.",
      horizontal: .init("work W", unit: unit), vertical: .init("density", unit: "1/\(unit)"), series: series)
    return figure.map { [$0] } ?? []
  }
}
