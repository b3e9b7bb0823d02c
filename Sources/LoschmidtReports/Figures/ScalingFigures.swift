import Foundation

/// A statistic over the setting that is varied, with the power law fitted to it: table `scan`.
enum ScalingFigures {
  static func figures(_ experiment: ExperimentResult) -> [Figure] {
    guard experiment.kind == "scaling", let table = experiment.table("scan") else { return [] }
    // A statistic that is negative everywhere goes as the power with its sign changed.
    let isNegative = table.reals("statistic").allSatisfy { $0.map { $0 < 0 } ?? true }
    func rows(_ column: String, _ error: String) -> [[Double]] {
      zip(zip(table.reals("value"), table.reals(column)), table.reals(error)).compactMap { pair, error in
        guard let value = pair.0, let signed = pair.1 else { return nil }
        let size = isNegative ? -signed : signed
        return value > 0 && size > 0 ? [value, size, error ?? 0] : nil
      }
    }
    let points = rows("statistic", "standard_error")
    guard !points.isEmpty else { return [] }
    let fit = rows("fit", "fit_se").sorted { $0[0] < $1[0] }
    let band = fit.map { row -> [Double] in
      let factor = exp(2 * row[2] / row[1])
      return [row[0], row[1] / factor, row[1] * factor]
    }
    var caption = "The statistic over the values that were tried, with one standard error."
    if !fit.isEmpty {
      let exponent = experiment.number("exponent").flatMap { number in
        number.value.map { NumberText.estimate($0, standardError: number.standardError ?? 0) }
      }
      caption += " The line is the fit, the band two standard errors of it either way"
      caption += exponent.map { "; its exponent is \($0)." } ?? "."
    }
    let figure = Figure(
      "scan", title: "Scaling and its power law", caption: caption, horizontal: axis(table),
      vertical: .init(
        isNegative ? "−statistic" : "statistic", unit: table.unit(of: "statistic") ?? "observable",
        scale: .logarithmic),
      series: [
        .init("±2 s.e.", .band, colour: 6, rows: band),
        .init("fit", .line, colour: 2, rows: fit.map { [$0[0], $0[1]] }),
        .init("measured", .points(joined: false), colour: 1, rows: points),
      ])
    return figure.map { [$0] } ?? []
  }

  /// The setting that is varied, which the unit of its column tells.
  private static func axis(_ table: Table) -> Figure.Axis {
    let unit = table.unit(of: "value")
    let names = [
      "time": "learning rate η", "samples": "batch size B", "loss": "temperature T", "steps": "amplification l",
    ]
    let name = unit.flatMap { names[$0] } ?? "value"
    return Figure.Axis(name, unit: unit ?? "setting", scale: .logarithmic)
  }
}
