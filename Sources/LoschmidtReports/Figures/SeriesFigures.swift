/// The size of the coefficients in the η-series of each force: table `series`.
enum SeriesFigures {
  static func figures(_ experiment: ExperimentResult) -> [Figure] {
    guard experiment.kind == "potentials", let table = experiment.table("series") else { return [] }
    return table.words("point").distinct.prefix(FigureGallery.mostPoints).compactMap { figure(table, point: $0) }
  }

  private static func figure(_ table: Table, point: String) -> Figure? {
    let (points, names) = (table.words("point"), table.words("potential"))
    let (powers, values, errors) = (table.reals("power"), table.reals("coefficient"), table.reals("coefficient_se"))
    var squares: [String: [Int: (value: Double, error: Double)]] = [:]
    for row in table.rows.indices where points[row] == point {
      guard let power = powers[row], let value = values[row] else { continue }
      let error = errors[row] ?? 0
      var sum = squares[names[row], default: [:]][Int(power)] ?? (0, 0)
      sum.value += value * value
      sum.error += error * error
      squares[names[row], default: [:]][Int(power)] = sum
    }
    let potentials = names.distinct
    let greatest = squares.values.flatMap { $0.values.map { $0.value.squareRoot() } }.max() ?? 0
    let series = potentials.enumerated().map { index, name in
      // Side by side, so that equal coefficients do not hide each other.
      let shift = 0.08 * (Double(index) - 0.5 * Double(potentials.count - 1))
      let rows = (squares[name] ?? [:]).sorted { $0.key < $1.key }.compactMap { power, sum -> [Double]? in
        let norm = sum.value.squareRoot()
        // Smaller than this it is the rounding of a zero.
        return norm > 1e-13 * greatest ? [Double(power) + shift, norm, sum.error.squareRoot()] : nil
      }
      return Figure.Series(name, .points(joined: true), colour: index + 1, rows: rows)
    }
    let orders = powers.compactMap { $0 }.max() ?? 1
    return Figure(
      "series-\(point)", title: "Coefficients of the series in η, point \(point)",
      caption:
        "The Euclidean norm of the coefficient of each power of the learning rate η in the series of each force, exact. "
        + "All share the first; coefficients that vanish are not drawn.",
      horizontal: .init("power of η", unit: nil, range: 0.5...(orders + 0.5)),
      vertical: .init("norm of coefficient", unit: "loss/θ/time^power", scale: .logarithmic), series: series)
  }
}
