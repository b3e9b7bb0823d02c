/// Measured minus exact values in standard errors, beside the band where nineteen of twenty should lie.
enum DeviationFigure {
  /// One picture of all deviations.
  ///
  /// - Parameters:
  ///   - name: The name of the figure.
  ///   - title: Its title.
  ///   - subject: The first sentence of the caption: what is measured.
  ///   - axis: What the names are.
  ///   - names: The names.
  ///   - series: A label, and a deviation for each name, `nil` where there is none; several stand side by side.
  /// - Returns: The picture; `nil` where there is no deviation to draw.
  static func figure(
    _ name: String, title: String, subject: String, axis: String, names: [String],
    series: [(label: String, deviations: [Double?])]
  ) -> Figure? {
    let ends = [-0.6, Double(names.count) - 0.4]
    let points = series.enumerated().map { index, own in
      let shift = 0.2 * (Double(index) - Double(series.count - 1) / 2)
      return Figure.Series(
        own.label, .points(joined: false), colour: index + 1,
        rows: own.deviations.enumerated().compactMap { place, value in value.map { [Double(place) + shift, $0, 1] } })
    }
    guard points.contains(where: { !$0.rows.isEmpty }) else { return nil }
    return Figure(
      name, title: title,
      caption: "\(subject) Nineteen of twenty points should lie in the band of two standard errors.",
      horizontal: .init(axis, categories: names), vertical: .init("deviation", unit: "standard errors"),
      series: [
        .init("±2 s.e.", .band, colour: 6, rows: ends.map { [$0, -2, 2] }),
        .init(nil, .dashes, colour: 0, rows: ends.map { [$0, 0] }),
      ] + points)
  }

  /// (value − exact)/error; `nil` where one of them is missing, or the error is 0.
  static func deviation(_ value: Double?, error: Double?, exact: Double?) -> Double? {
    guard let value, let error, let exact, error > 0 else { return nil }
    return (value - exact) / error
  }
}
