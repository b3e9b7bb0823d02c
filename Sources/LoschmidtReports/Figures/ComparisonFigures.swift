/// Noise models side by side on one problem: table `models`.
enum ComparisonFigures {
  static func figures(_ experiment: ExperimentResult) -> [Figure] {
    guard experiment.kind == "noise-comparison", let table = experiment.table("models") else { return [] }
    return [
      figure(
        table, "loss", "Stationary loss by noise model", .init("stationary loss", unit: "loss"),
        measured: ("stationary_loss", "stationary_loss_se"), exact: nil),
      figure(
        table, "covariance", "Spread of the parameters by noise model", .init("trace of covariance", unit: "θ^2"),
        measured: ("trace_covariance", "trace_covariance_se"), exact: "exact_trace_covariance"),
      figure(
        table, "entropy", "Entropy production by noise model", .init("entropy per step", unit: "nats"),
        measured: ("entropy_production", "entropy_production_se"), exact: nil),
      figure(
        table, "distance", "Distance to the reference model",
        .init("energy distance", unit: table.unit(of: "distance_to_reference") ?? "θ"),
        measured: ("distance_to_reference", "distance_se"), exact: nil),
    ].compactMap { $0 }
  }

  private static func figure(
    _ table: Table, _ name: String, _ title: String, _ axis: Figure.Axis, measured: (value: String, error: String),
    exact: String?
  ) -> Figure? {
    let (values, errors) = (table.reals(measured.value), table.reals(measured.error))
    func rows(_ values: [Double?], _ errors: [Double?]?, shift: Double) -> [[Double]] {
      values.enumerated().compactMap { row, value in value.map { [Double(row) + shift, $0, errors?[row] ?? 0] } }
    }
    let points = rows(values, errors, shift: exact == nil ? 0 : -0.1)
    let isWhole = points.count == table.rows.count
    guard !points.isEmpty else { return nil }
    return Figure(
      name, title: title,
      caption:
        "Each noise model on the same problem, by its row in the table, with one standard error where there is one."
        + (isWhole ? "" : " Where there is no point the table says why.")
        + (exact == nil ? "" : " Exact values stand beside the measured ones where they are known."),
      horizontal: .init("noise model", categories: names(table)), vertical: axis,
      series: [
        .init("measured", .points(joined: false), colour: 1, rows: points),
        .init(
          "exact", .points(joined: false), colour: 2, rows: exact.map { rows(table.reals($0), nil, shift: 0.1) } ?? []),
      ])
  }

  /// The models without their settings, by number: settings would find no room.
  private static func names(_ table: Table) -> [String] {
    table.words("model").enumerated().map { row, text in "\(row) \(text.prefix { $0 != ":" })" }
  }
}
