/// How the forces of the four potentials approach their leading order as the learning rate shrinks: table `forces`.
enum ConvergenceFigures {
  static func figures(_ experiment: ExperimentResult) -> [Figure] {
    guard experiment.kind == "potentials", let forces = experiment.table("forces"),
      let leading = forces.place(of: "leading")
    else { return [] }
    let others = [".series", "_se", "_error"]
    let names = forces.columns[(leading + 1)...].map(\.name).filter { name in !others.contains { name.hasSuffix($0) } }
    let deviations = Deviations(forces, names: names, errors: experiment.table("errors"))
    return deviations.points.prefix(FigureGallery.mostPoints).compactMap { point in
      figure(point, deviations, names, experiment.table("limits"))
    }
  }

  private static func figure(_ point: String, _ deviations: Deviations, _ names: [String], _ limits: Table?) -> Figure?
  {
    var series: [Figure.Series] = []
    var exact: [String] = []
    for (index, name) in names.enumerated() {
      let rows = deviations.rows(point: point, potential: name)
      // What is within ten times its own error of zero has no place on a logarithmic axis.
      let visible = rows.filter { $0[1] > max(1e-14, 10 * $0[2]) }
      if !rows.isEmpty, visible.isEmpty { exact.append(name) }
      let slope = slope(limits, point, name).map { ", slope \($0)" } ?? ""
      series.append(Figure.Series(name + slope, .points(joined: true), colour: index + 1, rows: visible))
    }
    let all = series.flatMap(\.rows)
    guard let first = all.map({ $0[0] }).min(), let last = all.map({ $0[0] }).max(), first < last else { return nil }
    let lowest = all.map { $0[1] / $0[0] }.min() ?? 1
    let guide = [first, last].map { [$0, 0.5 * lowest * $0] }
    series.insert(Figure.Series("slope 1", .dashes, colour: 0, rows: guide), at: 0)
    var caption =
      "How far each force F is from the leading order they share, ‖F − leading‖/‖leading‖ with the Euclidean norm, "
      + "over the learning rate. A line of slope 1 means that they agree to leading order. The bars are the bounds of "
      + "truncation and rounding; most are smaller than the points."
    if !exact.isEmpty {
      caption += " \(exact.joined(separator: " and ")) cannot be told from the leading force, and would lie at 0."
    }
    return Figure(
      "convergence-\(point)", title: "Agreement of the potentials at small steps, point \(point)", caption: caption,
      horizontal: .init("learning rate η", unit: "time", scale: .logarithmic),
      vertical: .init("relative deviation", unit: nil, scale: .logarithmic), series: series)
  }

  private static func slope(_ limits: Table?, _ point: String, _ name: String) -> String? {
    guard let limits else { return nil }
    let rows = zip(limits.words("point"), limits.words("potential"))
    for ((place, potential), slope) in zip(rows, limits.reals("slope")) where place == point && potential == name {
      return slope.map { NumberText.rounded($0, digits: 4) }
    }
    return nil
  }
}

/// ‖F − leading‖/‖leading‖ for each point, learning rate and potential, with the bound of its error.
private struct Deviations {
  private struct Sums {
    var leading = 0.0
    var deviations: [Double?]
  }

  private struct Key: Hashable {
    var point: String
    var eta: Double
  }

  private struct Entry: Hashable {
    var key: Key
    var potential: String
  }

  private var keys: [Key] = []
  private var sums: [Key: Sums] = [:]
  private var errors: [Entry: Double] = [:]
  private let names: [String]

  init(_ forces: Table, names: [String], errors table: Table?) {
    self.names = names
    let (points, etas, leading) = (forces.words("point"), forces.reals("eta"), forces.reals("leading"))
    let columns = names.map { forces.reals($0) }
    for row in forces.rows.indices {
      guard let eta = etas[row], let base = leading[row] else { continue }
      let key = Key(point: points[row], eta: eta)
      if sums[key] == nil { keys.append(key) }
      var sum = sums[key] ?? Sums(deviations: names.map { _ in 0 })
      sum.leading += base * base
      for index in names.indices {
        guard let value = columns[index][row], let before = sum.deviations[index] else {
          sum.deviations[index] = nil
          continue
        }
        sum.deviations[index] = before + (value - base) * (value - base)
      }
      sums[key] = sum
    }
    guard let table else { return }
    let numbers = zip(table.reals("truncation"), table.reals("rounding"))
    for (((point, eta), name), (truncation, rounding)) in zip(
      zip(zip(table.words("point"), table.reals("eta")), table.words("potential")), numbers)
    {
      guard let eta else { continue }
      errors[Entry(key: Key(point: point, eta: eta), potential: name)] = (truncation ?? 0) + (rounding ?? 0)
    }
  }

  var points: [String] { keys.map(\.point).distinct }

  func rows(point: String, potential: String) -> [[Double]] {
    guard let index = names.firstIndex(of: potential) else { return [] }
    return keys.filter { $0.point == point }.sorted { $0.eta < $1.eta }.compactMap { key in
      guard let sum = sums[key], let deviation = sum.deviations[index], sum.leading > 0 else { return nil }
      let norm = sum.leading.squareRoot()
      let error = errors[Entry(key: key, potential: potential)] ?? 0
      return [key.eta, deviation.squareRoot() / norm, error / norm]
    }
  }
}
