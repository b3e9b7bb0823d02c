/// Measured means and variances of the stationary state against their exact values: table `moments`.
enum StationaryFigures {
  /// More than these would not find room for their names.
  private static let mostObservables = 12

  static func figures(_ experiment: ExperimentResult) -> [Figure] {
    guard experiment.kind == "stationary", let table = experiment.table("moments") else { return [] }
    let means = deviations(table, "mean", "mean_se", "exact_mean")
    let variances = deviations(table, "variance", "variance_se", "exact_variance")
    let places = table.rows.indices.filter { means[$0] != nil || variances[$0] != nil }.prefix(mostObservables)
    let names = table.words("observable")
    func rows(_ values: [Double?], shift: Double) -> [[Double]] {
      places.enumerated().compactMap { place, row in values[row].map { [Double(place) + shift, $0, 1] } }
    }
    let ends = [-0.6, Double(places.count) - 0.4]
    let figure = Figure(
      "moments", title: "Stationary moments against their exact values",
      caption:
        "Measured minus exact value in standard errors, of the mean and the variance of each observable. Nineteen of "
        + "twenty points should lie in the band of two standard errors.",
      horizontal: .init("observable", categories: places.map { names[$0] }),
      vertical: .init("deviation", unit: "standard errors"),
      series: [
        .init("±2 s.e.", .band, colour: 6, rows: ends.map { [$0, -2, 2] }),
        .init(nil, .dashes, colour: 0, rows: ends.map { [$0, 0] }),
        .init("mean", .points(joined: false), colour: 1, rows: rows(means, shift: -0.1)),
        .init("variance", .points(joined: false), colour: 2, rows: rows(variances, shift: 0.1)),
      ])
    return places.isEmpty ? [] : figure.map { [$0] } ?? []
  }

  private static func deviations(_ table: Table, _ value: String, _ error: String, _ exact: String) -> [Double?] {
    zip(zip(table.reals(value), table.reals(error)), table.reals(exact)).map { measured, exact in
      guard let value = measured.0, let error = measured.1, let exact, error > 0 else { return nil }
      return (value - exact) / error
    }
  }
}
