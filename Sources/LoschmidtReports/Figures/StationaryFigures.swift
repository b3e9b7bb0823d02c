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
    let figure = DeviationFigure.figure(
      "moments", title: "Stationary moments against their exact values",
      subject: "Measured minus exact value in standard errors, of the mean and the variance of each observable.",
      axis: "observable", names: places.map { names[$0] },
      series: [("mean", places.map { means[$0] }), ("variance", places.map { variances[$0] })])
    return figure.map { [$0] } ?? []
  }

  private static func deviations(_ table: Table, _ value: String, _ error: String, _ exact: String) -> [Double?] {
    zip(zip(table.reals(value), table.reals(error)), table.reals(exact)).map { measured, exact in
      DeviationFigure.deviation(measured.0, error: measured.1, exact: exact)
    }
  }
}
