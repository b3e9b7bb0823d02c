import Foundation

/// A statistic over the setting that is varied, with the power law fitted to it: table `scan`.
enum ScalingFigures {
  static func figures(_ experiment: ExperimentResult) -> [Figure] {
    guard experiment.kind == "scaling", let table = experiment.table("scan") else { return [] }
    let columns = ["value", "statistic", "standard_error"].map { table.reals($0) }
    let points = table.rows.indices.compactMap { row -> [Double]? in
      guard let value = columns[0][row], let statistic = columns[1][row], value > 0, statistic > 0 else { return nil }
      return [value, statistic, columns[2][row] ?? 0]
    }
    var series: [Figure.Series] = [.init("measured", .points(joined: false), colour: 1, rows: points)]
    var caption = "The statistic over the values that were tried, with one standard error."
    if let fit = Fit(experiment, points) {
      let range = points.map { $0[0] }
      let curve = fit.curve(from: range.min() ?? 1, to: range.max() ?? 1)
      series.insert(
        .init("two standard errors", .band, colour: 6, rows: curve.map { [$0.x, $0.y / $0.factor, $0.y * $0.factor] }),
        at: 0)
      series.insert(.init("fit", .line, colour: 2, rows: curve.map { [$0.x, $0.y] }), at: 1)
      caption += " The line is the power law with exponent \(fit.text); the band is two standard errors of the fit."
    }
    let figure = Figure(
      "scan", title: "Scaling and its power law", caption: caption,
      horizontal: .init("value", unit: table.unit(of: "value") ?? "that of the setting", scale: .logarithmic),
      vertical: .init("statistic", unit: table.unit(of: "statistic") ?? "that of the statistic", scale: .logarithmic),
      series: series)
    return points.isEmpty ? [] : figure.map { [$0] } ?? []
  }

  /// ln y = ln(prefactor) + exponent · ln x, with the error of ln y anywhere.
  private struct Fit {
    let exponent: Double
    let prefactor: Double
    let text: String
    private let exponentVariance: Double
    private let centre: Double
    private let centreVariance: Double

    init?(_ experiment: ExperimentResult, _ points: [[Double]]) {
      guard let exponent = experiment.number("exponent"), let prefactor = experiment.number("prefactor"),
        let slope = exponent.value, let factor = prefactor.value, factor > 0, points.count >= 2
      else { return nil }
      self.exponent = slope
      self.prefactor = factor
      let slopeError = exponent.standardError ?? 0
      text = NumberText.estimate(slope, standardError: slopeError)
      exponentVariance = slopeError * slopeError
      // At the weighted centre of ln x the errors of level and slope are independent; at ln x = 0 the prefactor has both.
      let weights = points.map { $0[2] > 0 ? ($0[1] / $0[2]) * ($0[1] / $0[2]) : 1 }
      centre = zip(points, weights).reduce(0) { $0 + log($1.0[0]) * $1.1 } / weights.reduce(0, +)
      let relative = (prefactor.standardError ?? 0) / factor
      centreVariance = max(0, relative * relative - centre * centre * exponentVariance)
    }

    func curve(from first: Double, to last: Double) -> [(x: Double, y: Double, factor: Double)] {
      (0...40).map { step in
        let logarithm = log(first) + Double(step) / 40 * log(last / first)
        let distance = logarithm - centre
        let error = (centreVariance + distance * distance * exponentVariance).squareRoot()
        return (exp(logarithm), prefactor * exp(exponent * logarithm), exp(2 * error))
      }
    }
  }
}
